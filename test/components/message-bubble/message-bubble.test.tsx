import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import {
  MessageBubble,
  MessageBubbleAuthor,
  MessageBubbleContent,
  MessageBubbleFooter,
  MessageBubbleHeader,
  MessageBubbleRoot,
  MessageBubbleStatus,
  MessageText,
  MemoryLine,
} from '../../../src/components.ts';
import { zhCN } from '../../../src/labels/zh-cn.ts';
import { message, part, text } from '../../support/messages.ts';
import { itConforms } from '../conformance.tsx';

const answer = text('Water runs downhill.');

itConforms('MessageBubble', <MessageBubble message={answer} />, { slot: 'message-bubble', tag: 'article' });
itConforms('MessageBubbleRoot', <MessageBubbleRoot message={answer} />, { slot: 'message-bubble', tag: 'article' });
itConforms('MessageBubbleHeader', <MessageBubbleHeader />, { slot: 'message-bubble-header', tag: 'header' });
itConforms('MessageBubbleAuthor', <MessageBubbleAuthor message={answer} />, {
  slot: 'message-bubble-author',
  tag: 'span',
});
itConforms('MessageBubbleContent', <MessageBubbleContent message={answer} />, {
  slot: 'message-bubble-content',
  tag: 'div',
});
itConforms('MessageBubbleStatus', <MessageBubbleStatus message={{ status: 'failed' }} />, {
  slot: 'message-bubble-status',
  tag: 'p',
});
itConforms('MessageBubbleFooter', <MessageBubbleFooter />, { slot: 'message-bubble-footer', tag: 'footer' });
itConforms('MessageText', <MessageText />, { slot: 'message-text', tag: 'div' });
itConforms('MemoryLine', <MemoryLine />, { slot: 'memory-line', tag: 'p' });

describe('MessageBubble', () => {
  it('is an article named by its author, in text', () => {
    render(<MessageBubble message={answer} />);
    expect(screen.getByRole('article', { name: 'Assistant' }).textContent).toContain('Water runs downhill.');
  });

  it('names another author', () => {
    render(<MessageBubble message={answer} author="Rana" />);
    expect(screen.getByRole('article', { name: 'Rana' })).toBeTruthy();
  });

  it('tells role, status and whether more is expected by attributes', () => {
    const { rerender } = render(<MessageBubble message={text('Wat', { status: 'streaming' })} />);
    const bubble = screen.getByRole('article');
    expect(bubble.dataset).toMatchObject({ role: 'assistant', status: 'streaming', streaming: '' });
    rerender(<MessageBubble message={text('Water', { role: 'user' })} />);
    expect(bubble.dataset).toMatchObject({ role: 'user', status: 'complete' });
    expect('streaming' in bubble.dataset).toBe(false);
  });

  it('keeps line breaks and leaves markdown as it is', () => {
    const { container } = render(<MessageBubble message={text('one\n**two**')} />);
    expect(container.querySelector('[data-slot=message-text]')?.textContent).toBe('one\n**two**');
  });

  it('shows the parts in order, all sources once after them', () => {
    const parts = [
      part('source', { title: 'A' }),
      part('text', { text: 'first' }),
      part('source', { title: 'B' }),
      part('text', { text: 'last' }),
    ];
    const { container } = render(<MessageBubble message={message({ parts })} />);
    const slots = [...(container.querySelector('[data-slot=message-bubble-content]')?.children ?? [])];
    expect(slots.map((slot) => slot.getAttribute('data-slot'))).toEqual([
      'message-text',
      'message-text',
      'sources-list',
    ]);
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
  });

  it('shows nothing of a text that ended without a word', () => {
    const parts = [part('text', { text: 'Hello' }), part('text', { text: '', signature: 's' })];
    const { container } = render(<MessageBubble message={message({ parts })} />);
    expect(container.querySelectorAll('[data-slot="message-text"]')).toHaveLength(1);
  });

  it('says how a message ended that is not whole, in words', () => {
    const { rerender } = render(<MessageBubble message={text('Wat', { status: 'interrupted' })} />);
    expect(screen.getByText('The answer was interrupted. What arrived is kept.')).toBeTruthy();
    rerender(<MessageBubble message={text('Wat', { status: 'unconfirmed' })} />);
    expect(screen.getByText('The end was not confirmed')).toBeTruthy();
    rerender(<MessageBubble message={text('Water')} />);
    expect(document.querySelector('[data-slot=message-bubble-status]')).toBeNull();
  });

  it.each([
    ['length', 'Cut short: the length limit was reached'],
    ['content-filter', 'Stopped by a content filter'],
    ['paused', 'Paused before the end'],
    ['other', 'The end was not confirmed'],
  ] as const)('says that an answer ended by %s is not the whole of it', (finishReason, words) => {
    render(<MessageBubble message={text('Wat', { finishReason })} />);
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('offers to go on with an answer that its server paused, where that is possible', async () => {
    const onResume = vi.fn();
    const paused = text('Half', { finishReason: 'paused' });
    const { rerender } = render(<MessageBubble message={paused} />);
    expect(screen.queryByRole('button')).toBeNull();
    rerender(<MessageBubble message={paused} onResume={onResume} />);
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
    expect(onResume).toHaveBeenCalledTimes(1);
    rerender(<MessageBubble message={paused} onResume={onResume} labels={zhCN} />);
    expect(screen.getByRole('button', { name: '继续' })).toBeTruthy();
    rerender(<MessageBubble message={text('Half', { finishReason: 'length' })} onResume={onResume} />);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it("says nothing of an end that is the answer's own", () => {
    const { rerender } = render(<MessageBubble message={text('Water', { finishReason: 'stop' })} />);
    expect(document.querySelector('[data-slot=message-bubble-status]')).toBeNull();
    rerender(<MessageBubble message={text('Water', { finishReason: 'tool-calls' })} />);
    expect(document.querySelector('[data-slot=message-bubble-status]')).toBeNull();
  });

  it('speaks in the labels it is given', () => {
    render(
      <MessageBubble
        message={text('Eau', { status: 'stopped' })}
        labels={{ authorAssistant: 'Guide', statusStopped: 'Halted' }}
      />,
    );
    expect(screen.getByRole('article', { name: 'Guide' }).textContent).toContain('Halted');
  });

  describe('while the reader waits', () => {
    it('says so at once in an empty answer, before anything has arrived', () => {
      const { container } = render(<MessageBubble message={message({ status: 'pending' })} />);
      expect(container.querySelector('[data-slot=thinking-indicator]')).toBeTruthy();
    });

    it('shows no waiting while text grows', () => {
      const { container } = render(<MessageBubble message={text('Wat', { status: 'streaming' })} />);
      expect(container.querySelector('[data-slot=thinking-indicator]')).toBeNull();
    });

    it('shows the phase that is on below the text', () => {
      const parts = [part('text', { text: 'So far' }), part('status', { label: 'Reading' })];
      const { container } = render(<MessageBubble message={message({ status: 'streaming', parts })} />);
      const last = container.querySelector('[data-slot=message-bubble-content]')?.lastElementChild;
      expect(last?.getAttribute('data-slot')).toBe('thinking-indicator');
    });

    it('is over as soon as the message is', () => {
      const parts = [part('text', { text: 'So far' }), part('status', { label: 'Reading' })];
      const { container } = render(<MessageBubble message={message({ status: 'failed', parts })} />);
      expect(container.querySelector('[data-slot=thinking-indicator]')).toBeNull();
    });
  });

  describe('with a map of parts', () => {
    it('renders a part by the given component', () => {
      render(
        <MessageBubble message={answer} parts={{ text: ({ part: shown }) => <b>{shown.text.toUpperCase()}</b> }} />,
      );
      expect(screen.getByText('WATER RUNS DOWNHILL.').tagName).toBe('B');
    });

    it('hides what is null', () => {
      const parts = [part('source', { title: 'A' }), part('text', { text: 'first' })];
      render(<MessageBubble message={message({ parts })} parts={{ source: null }} />);
      expect(screen.queryByRole('list')).toBeNull();
    });

    it('renders data by name, and what has no component not at all', () => {
      const parts = [
        part('data', { name: 'weather', data: { sky: 'clear' } }),
        part('data', { name: 'unknown', data: 'x' }),
      ];
      render(
        <MessageBubble
          message={message({ parts })}
          parts={{ data: { weather: ({ part: shown }) => <i>{JSON.stringify(shown.data)}</i> } }}
        />,
      );
      expect(screen.getByText('{"sky":"clear"}').tagName).toBe('I');
      expect(document.body.textContent).not.toContain('x');
    });

    it('has a line for memory, with and without words', () => {
      const parts = [
        part('data', { name: 'memory', data: { text: 'Likes tea' } }),
        part('data', { name: 'memory', data: 7 }),
      ];
      render(<MessageBubble message={message({ parts })} />);
      expect(screen.getByText('Memory updated: Likes tea')).toBeTruthy();
      expect(screen.getByText('Memory updated')).toBeTruthy();
    });
  });
});
