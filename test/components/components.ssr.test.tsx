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

const all: readonly { readonly name: string; readonly element: ReactElement; readonly words: string }[] = [
  { name: 'Announcer', element: <Announcer messages={[answer]} />, words: 'role="status"' },
  {
    name: 'Attachment',
    element: <Attachment file={{ name: 'a.pdf', mediaType: 'application/pdf' }} />,
    words: 'a.pdf',
  },
  { name: 'ChatInput', element: <ChatInput onSend={nothing} accept="*" />, words: '<textarea' },
  {
    name: 'ConnectionBanner',
    element: <ConnectionBanner state={{ status: 'offline' }} delayMs={0} />,
    words: 'You are offline',
  },
  { name: 'EmptyState', element: <EmptyState suggestions={['Why?']} />, words: 'Why?' },
  {
    name: 'ErrorNotice',
    element: <ErrorNotice error={{ code: 'failed', retryable: true, retryAt: 9e15 }} />,
    words: 'reported an error',
  },
  { name: 'InlineCitation', element: <InlineCitation index={1} source={source} />, words: 'https://tides.example' },
  { name: 'MessageActions', element: <MessageActions message={answer} />, words: 'Copy' },
  { name: 'MessageBubble', element: <MessageBubble message={answer} />, words: 'Water' },
  { name: 'MessageList', element: <MessageList messages={[answer]} />, words: 'Water' },
  { name: 'PlanList', element: <PlanList steps={[{ id: '1', label: 'Find', status: 'active' }]} />, words: 'Find' },
  {
    name: 'ReasoningPanel',
    element: <ReasoningPanel part={part('reasoning', { text: 'hm', status: 'streaming' })} />,
    words: 'hm',
  },
  { name: 'SourcesList', element: <SourcesList sources={[source]} />, words: 'Tides' },
  { name: 'ThinkingIndicator', element: <ThinkingIndicator delayMs={0} startedAt={1} />, words: 'Thinking' },
  { name: 'ToolCallCard', element: <ToolCallCard part={part('tool', { name: 'tides' })} />, words: 'tides' },
];

describe.each(all)('$name on a server', ({ element, words }) => {
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
