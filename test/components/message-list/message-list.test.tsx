import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import {
  MessageList,
  MessageListEarlier,
  MessageListItem,
  MessageListItems,
  MessageListJump,
  MessageListLog,
  MessageListRoot,
  MessageListRun,
  MessageListViewport,
  type Message,
} from '../../../src/components.ts';
import { part, text } from '../../support/messages.ts';
import { itConforms } from '../conformance.tsx';

const two = [text('Why?', { id: 'q', role: 'user' }), text('Because.', { id: 'a' })];

itConforms('MessageList', <MessageList messages={two} />, { slot: 'message-list', tag: 'div' });
itConforms('MessageListRoot', <MessageListRoot />, { slot: 'message-list', tag: 'div' });
itConforms('MessageListViewport', <MessageListViewport />, { slot: 'message-list-viewport', tag: 'div' });
itConforms('MessageListLog', <MessageListLog />, { slot: 'message-list-log', tag: 'div' });
itConforms('MessageListItems', <MessageListItems />, { slot: 'message-list-items', tag: 'div' });
itConforms('MessageListRun', <MessageListRun />, { slot: 'message-list-run', tag: 'div' });
itConforms('MessageListItem', <MessageListItem />, { slot: 'message-list-item', tag: 'div' });
itConforms('MessageListJump', <MessageListJump />, { slot: 'message-list-jump', tag: 'button' });
itConforms('MessageListEarlier', <MessageListEarlier />, { slot: 'message-list-earlier', tag: 'button' });

function thread(length: number): Message[] {
  return Array.from({ length }, (_, index) => text(`Message ${index}`, { id: `m${index}` }));
}

/** Counts how often each row is rendered. */
function countingRenderer() {
  const counts = new Map<string, number>();
  return {
    counts,
    render(message: Message) {
      counts.set(message.id, (counts.get(message.id) ?? 0) + 1);
      return <article>{message.parts.map((one) => (one.type === 'text' ? one.text : ''))}</article>;
    },
  };
}

describe('MessageList', () => {
  it('10: is a named region that the keyboard reaches', () => {
    render(<MessageList messages={two} />);
    expect(screen.getByRole('region', { name: 'Conversation' }).tabIndex).toBe(0);
  });

  it('1: holds a log that is not live, and nothing inside is', () => {
    const { container } = render(<MessageList messages={two} />);
    expect(screen.getByRole('log').getAttribute('aria-live')).toBe('off');
    expect(container.querySelectorAll('[role=status], [role=alert], [aria-live]:not([aria-live=off])')).toHaveLength(0);
  });

  it('9: is never marked busy', () => {
    const { container } = render(<MessageList messages={[text('Wat', { status: 'streaming' })]} />);
    expect(container.querySelector('[aria-busy]')).toBeNull();
  });

  it('11: tells the author of each message in text', () => {
    render(<MessageList messages={two} />);
    expect(screen.getAllByRole('article').map((one) => within(one).getByText(/You|Assistant/).textContent)).toEqual([
      'You',
      'Assistant',
    ]);
  });

  it('12: says that it is a list, which style sheets cannot undo', () => {
    render(<MessageList messages={thread(100)} />);
    const list = screen.getByRole('list');
    expect(within(list).getAllByRole('listitem')).toHaveLength(100);
    // Between a list and its items stands nothing that has a role of its own.
    const between = [...list.children].map((run) => run.getAttribute('role'));
    expect(new Set(between)).toEqual(new Set(['presentation']));
  });

  it('15: keeps the jump button out of reach while the end is in view', () => {
    const { container } = render(<MessageList messages={two} />);
    expect(container.querySelector<HTMLElement>('[data-slot=message-list-jump]')?.hidden).toBe(true);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('29: has a row in the page for each of 2,000 messages, with its words', () => {
    render(<MessageList messages={thread(2_000)} />);
    const rows = document.querySelectorAll('[role=listitem]');
    expect(rows).toHaveLength(2_000);
    expect(rows[2]?.textContent).toContain('Message 2');
  });

  it('renders one row for a token, however long the thread', () => {
    const rows = countingRenderer();
    const messages = thread(300);
    const { rerender } = render(<MessageList messages={messages} renderMessage={rows.render} />);
    rows.counts.clear();
    const grown = [...messages.slice(0, -1), text('Message 299 and more', { id: 'm299' })];
    rerender(<MessageList messages={grown} renderMessage={rows.render} />);
    expect([...rows.counts]).toEqual([['m299', 1]]);
  });

  it('keeps rows and their state when messages come before and after them', async () => {
    function Counter() {
      const [count, setCount] = useState(0);
      return <button onClick={() => setCount(count + 1)}>{count}</button>;
    }
    const renderMessage = () => <Counter />;
    const messages = thread(3);
    const { rerender } = render(<MessageList messages={messages} renderMessage={renderMessage} />);
    const before = screen.getAllByRole('listitem');
    await userEvent.click(within(before[1] as HTMLElement).getByRole('button'));
    const earlier = Array.from({ length: 150 }, (_, index) => text('x', { id: `e${index}` }));
    rerender(
      <MessageList messages={[...earlier, ...messages, text('y', { id: 'later' })]} renderMessage={renderMessage} />,
    );
    const after = screen.getAllByRole('listitem');
    expect(after.slice(150, 153)).toEqual(before);
    expect(within(after[151] as HTMLElement).getByRole('button').textContent).toBe('1');
    expect(after).toHaveLength(154);
  });

  it('shows rows in the order of the messages, also after they changed it', () => {
    const [a, b, c] = thread(3) as [Message, Message, Message];
    const { rerender } = render(<MessageList messages={[a, b, c]} />);
    rerender(<MessageList messages={[c, a]} />);
    rerender(<MessageList messages={[b, c, a]} />);
    expect(screen.getAllByRole('listitem').map((row) => row.textContent?.replace('Assistant', ''))).toEqual([
      'Message 1',
      'Message 2',
      'Message 0',
    ]);
  });

  it('shows what stands for an empty conversation', () => {
    render(<MessageList messages={[]} empty={<p>Nothing yet</p>} />);
    expect(screen.getByText('Nothing yet')).toBeTruthy();
  });

  it('asks for earlier messages where it can', async () => {
    let asked = 0;
    render(<MessageList messages={two} onLoadEarlier={() => (asked += 1)} />);
    await userEvent.click(screen.getByRole('button', { name: 'Load earlier messages' }));
    expect(asked).toBe(1);
  });

  it('passes parts on to its rows', () => {
    render(<MessageList messages={two} parts={{ text: ({ part: shown }) => <b>{shown.text}</b> }} />);
    expect(screen.getByText('Because.').tagName).toBe('B');
  });

  it('speaks in its labels, also inside the rows', () => {
    render(<MessageList messages={two} labels={{ transcript: 'Gespräch', authorUser: 'Du' }} locale="de" />);
    expect(screen.getByRole('region', { name: 'Gespräch' })).toBeTruthy();
    expect(screen.getByRole('article', { name: 'Du' })).toBeTruthy();
  });

  it('shows tools and reasoning of a message that is near', () => {
    const parts = [part('tool', { name: 'search' }), part('reasoning', { text: 'hm', status: 'streaming' })];
    render(<MessageList messages={[text('x', { parts })]} />);
    expect(screen.getByRole('group', { name: 'Tool search' })).toBeTruthy();
    expect(screen.getByText('hm')).toBeTruthy();
  });
});
