import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import {
  Announcer,
  Attachment,
  ChatInput,
  ConnectionBanner,
  EmptyState,
  ErrorNotice,
  InlineCitation,
  LabelsProvider,
  MessageActions,
  MessageBubble,
  MessageList,
  PlanList,
  ReasoningPanel,
  SourcesList,
  ThinkingIndicator,
  ToolCallCard,
} from '../../src/components.ts';
import { zhCN } from '../../src/labels/zh-cn.ts';
import { part, text } from '../support/messages.ts';

const source = part('source', { title: 'Tides', url: 'https://tides.example' });
const answer = text('Water');
const nothing = (): void => undefined;

const all: readonly (readonly [string, ReactElement, string])[] = [
  ['Announcer', <Announcer messages={[answer]} />, 'role="status"'],
  ['Attachment', <Attachment file={{ name: 'a.pdf', mediaType: 'application/pdf' }} />, 'a.pdf'],
  ['ChatInput', <ChatInput onSend={nothing} accept="*" />, '<textarea'],
  ['ConnectionBanner', <ConnectionBanner state={{ status: 'offline' }} delayMs={0} />, 'You are offline'],
  ['EmptyState', <EmptyState suggestions={['Why?']} />, 'Why?'],
  ['ErrorNotice', <ErrorNotice error={{ code: 'failed', retryable: true, retryAt: 9e15 }} />, 'reported an error'],
  ['InlineCitation', <InlineCitation index={1} source={source} />, 'https://tides.example'],
  ['MessageActions', <MessageActions message={answer} />, 'Copy'],
  ['MessageBubble', <MessageBubble message={answer} />, 'Water'],
  ['MessageList', <MessageList messages={[answer]} />, 'Water'],
  ['PlanList', <PlanList steps={[{ id: '1', label: 'Find', status: 'active' }]} />, 'Find'],
  ['ReasoningPanel', <ReasoningPanel part={part('reasoning', { text: 'hm', status: 'streaming' })} />, 'hm'],
  ['SourcesList', <SourcesList sources={[source]} />, 'Tides'],
  ['ThinkingIndicator', <ThinkingIndicator delayMs={0} startedAt={1} />, 'Thinking'],
  ['ToolCallCard', <ToolCallCard part={part('tool', { name: 'tides' })} />, 'tides'],
];

describe.each(all)('%s on a server', (_, element, words) => {
  it('renders where there is no document, without a clock and without an inline style', () => {
    expect(typeof document).toBe('undefined');
    const markup = renderToString(element);
    expect(markup).toContain(words);
    expect(markup).not.toMatch(/\sstyle=|seconds/);
    expect(renderToString(element)).toBe(markup);
  });
});

describe('LabelsProvider on a server', () => {
  it('speaks for everything inside', () => {
    const markup = renderToString(
      <LabelsProvider labels={zhCN}>
        <MessageBubble message={answer} />
        <ChatInput onSend={nothing} />
      </LabelsProvider>,
    );
    expect(markup).toContain('助手');
    expect(markup).toContain('输入任何问题');
  });
});

describe('a long conversation on a server', () => {
  it('has every message in its markup, the last ones in full', () => {
    const messages = Array.from({ length: 40 }, (_, index) =>
      text(`Words ${index}`, { parts: [part('text', { text: `Words ${index}` }), source] }),
    );
    const markup = renderToString(<MessageList messages={messages} />);
    expect(markup.match(/Words \d+/g)).toHaveLength(40);
    expect(markup.match(/data-slot="sources-list"/g)).toHaveLength(12);
  });
});
