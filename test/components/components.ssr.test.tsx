// Every component where there is no document.
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ChatInput, LabelsProvider, MessageBubble, MessageList } from '../../src/components.ts';
import { zhCN } from '../../src/labels/zh-cn.ts';
import { part, text } from '../support/messages.ts';
import { samples } from './samples.tsx';

const answer = text('Water');
const source = part('source', { title: 'Tides', url: 'https://tides.example' });
const nothing = (): void => undefined;

describe.each(Object.entries(samples))('%s on a server', (_, { element, words }) => {
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
