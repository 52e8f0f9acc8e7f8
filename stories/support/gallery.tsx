// Every component once or more, in the states that a reader meets, on one sheet.
import type { ReactElement } from 'react';
import {
  Attachment,
  ChatInput,
  ConnectionBanner,
  type ConnectionState,
  EmptyState,
  ErrorNotice,
  MarkdownText,
  MessageActions,
  MessageBubble,
  PlanList,
  ReasoningPanel,
  SourcesList,
  StreamingMarkdown,
  ThinkingIndicator,
  ToolCallCard,
} from '../../src/index.ts';
import './gallery.css';
import { answer, message, question, sources, text } from './samples.ts';

const frozen = { now: () => 1_000, after: () => () => undefined, nextFrame: () => () => undefined };
const nothing = (): void => undefined;
const parts = { text: MarkdownText };

const waiting: ConnectionState = {
  status: 'waiting',
  attempt: 2,
  retryAt: 13_000,
  cause: { code: 'http-status', status: 503, retryable: true },
} as ConnectionState;

/** `name` tells one sheet from another on the same page. */
export function Gallery({ name }: { readonly name: string }): ReactElement {
  return (
    <section className="gallery rv" aria-label={name}>
      <MessageBubble message={question} footer={<MessageActions message={question} onEdit={nothing} />} />
      <ThinkingIndicator
        delayMs={0}
        phases={[
          { id: `${name}/p1`, type: 'status', state: 'planning', label: 'Read the question', status: 'done' },
          { id: `${name}/p2`, type: 'status', state: 'search', label: 'Searching', status: 'active' },
        ]}
        variant="steps"
      />
      <ReasoningPanel
        part={{ id: `${name}/r`, type: 'reasoning', text: 'Differential pull first.', status: 'complete' }}
        defaultOpen
      />
      <ToolCallCard
        part={{
          id: `${name}/t`,
          type: 'tool',
          callId: 'c1',
          name: 'send_email',
          by: 'server',
          status: 'awaiting',
          argsText: '{}',
          args: { to: 'harbour@example.org' },
          approval: { id: `${name}/ok`, message: 'Send this message to the harbour master?' },
        }}
        onApprove={nothing}
      />
      <MessageBubble
        message={answer}
        parts={parts}
        footer={<MessageActions message={answer} onCopy={nothing} onRegenerate={nothing} onFeedback={nothing} />}
      />
      <MessageBubble
        message={message({
          id: `${name}/cut`,
          status: 'interrupted',
          parts: [text(`${name}/cut/0`, 'In Brest, high water comes at 05:12 and again at')],
          error: { code: 'closed-early', message: 'Stream closed early.', retryable: true },
        })}
        onRetry={nothing}
      />
      <StreamingMarkdown>
        {
          '## A table\n\n| Port | High water |\n| --- | ---: |\n| Brest | 05:12 |\n\n```ts\nconst lunarDay = 24 + 50 / 60;\n```\n\n> A quotation, `code` and [a link](https://example.org/).'
        }
      </StreamingMarkdown>
      <PlanList
        steps={[
          { id: '1', label: 'Read the tables', status: 'done' },
          { id: '2', label: 'Compare the ports', status: 'active' },
          { id: '3', label: 'Write it down', status: 'pending' },
        ]}
      />
      <SourcesList sources={sources.slice(0, 3)} />
      <ErrorNotice error={{ code: 'rate-limited', message: 'Slow down.', retryable: true }} onRetry={nothing} />
      <ConnectionBanner state={waiting} delayMs={0} onRetry={nothing} clock={frozen} />
      <Attachment
        file={{ name: 'tide-tables.pdf', mediaType: 'application/pdf', size: 1_843_200 }}
        onRemove={nothing}
      />
      <EmptyState suggestions={['Why are there two tides a day?']} onSuggestion={nothing} />
      <ChatInput onSend={nothing} defaultValue="And on Sunday?" label={`Your message, ${name}`} />
    </section>
  );
}
