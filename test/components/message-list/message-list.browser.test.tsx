import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { MessageList, type Message, type MessageListProps } from '../../../src/components.ts';
import '../../../src/styles/styles.css';
import { painted } from '../../support/devtools.ts';
import { part, text } from '../../support/messages.ts';

const sentence = 'Water gathers in two bulges, one on each side, and the Earth turns beneath both of them in a day. ';

function thread(length: number, from = 0): Message[] {
  return Array.from({ length }, (_, index) => text(`${from + index}: ${sentence}`, { id: `m${from + index}` }));
}

async function setup(props: MessageListProps) {
  const make = (more: Partial<MessageListProps>) => (
    <div style={{ blockSize: 400 }}>
      <MessageList {...props} {...more} />
    </div>
  );
  const { rerender } = await render(make({}));
  await painted();
  const viewport = page.getByRole('region', { name: 'Conversation' }).element() as HTMLElement;
  const topOf = (id: string): number => {
    const row = [...viewport.querySelectorAll('[role=listitem]')].find((one) => one.textContent?.includes(`${id}: `));
    if (row === undefined) throw new Error(`no row ${id}`);
    return row.getBoundingClientRect().top - viewport.getBoundingClientRect().top;
  };
  return {
    viewport,
    topOf,
    fromEnd: () => viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop,
    async update(more: Partial<MessageListProps>) {
      await rerender(make(more));
      await painted();
    },
    /** As a wheel does it: the page hears of it first, then it scrolls. */
    async wheel(deltaY: number) {
      viewport.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true }));
      viewport.scrollBy({ top: deltaY, behavior: 'instant' });
      await painted();
    },
    jump: () => page.getByRole('button', { name: /^Jump to the latest/ }),
  };
}

const grown = (messages: readonly Message[], words: string): Message[] => [
  ...messages.slice(0, -1),
  text(words, { id: messages.at(-1)?.id ?? '', status: 'streaming' }),
];

beforeEach(() => {
  document.documentElement.style.scrollBehavior = 'smooth';
});

afterEach(() => {
  document.documentElement.style.scrollBehavior = '';
  document.documentElement.dir = '';
});

describe('MessageList in a browser', () => {
  it('begins at the end', async () => {
    const { fromEnd, jump } = await setup({ messages: thread(40) });
    await expect.poll(fromEnd).toBeLessThan(2);
    expect(jump().query()).toBeNull();
  });

  it('follows an answer that grows', async () => {
    const messages = thread(20);
    const { fromEnd, update } = await setup({ messages });
    for (let count = 5; count <= 40; count += 5) {
      await update({ messages: grown(messages, sentence.repeat(count)) });
      await expect.poll(fromEnd).toBeLessThan(2);
    }
  });

  it('lets go when the reader scrolls up, and stays where they are', async () => {
    const messages = thread(40);
    const { viewport, update, wheel, jump } = await setup({ messages });
    await wheel(-300);
    const top = viewport.scrollTop;
    await update({ messages: grown(messages, sentence.repeat(30)) });
    expect(Math.abs(viewport.scrollTop - top)).toBeLessThan(2);
    await expect.element(jump()).toBeVisible();
  });

  it('lets go for a wheel that moves less than a line', async () => {
    const messages = thread(40);
    const { fromEnd, update, wheel } = await setup({ messages });
    await wheel(-8);
    await update({ messages: grown(messages, sentence.repeat(30)) });
    expect(fromEnd()).toBeGreaterThan(100);
  });

  it('follows again once the reader is back at the end', async () => {
    const messages = thread(40);
    const { fromEnd, update, wheel } = await setup({ messages });
    await wheel(-300);
    await wheel(5_000);
    await update({ messages: grown(messages, sentence.repeat(30)) });
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('keeps the reader’s place when older messages come before the others', async () => {
    const messages = thread(40, 100);
    const { topOf, update, wheel } = await setup({ messages });
    await wheel(-1_000);
    const top = topOf('120');
    await update({ messages: [...thread(40, 60), ...messages] });
    expect(Math.abs(topOf('120') - top)).toBeLessThan(2);
  });

  it('keeps it also at the very start, where browsers do not', async () => {
    const messages = thread(40, 100);
    const { viewport, topOf, update } = await setup({ messages });
    viewport.scrollTo({ top: 0, behavior: 'instant' });
    await painted(6);
    const top = topOf('100');
    await update({ messages: [...thread(40, 60), ...messages] });
    await painted(6);
    expect(Math.abs(topOf('100') - top)).toBeLessThan(2);
  });

  it('keeps it when something above grows late, as an image does', async () => {
    const messages = thread(40);
    const { viewport, topOf, wheel } = await setup({ messages });
    await wheel(-600);
    const firstSeen = [...viewport.querySelectorAll('[role=listitem]')].find(
      (row) => row.getBoundingClientRect().top > viewport.getBoundingClientRect().top,
    );
    const id = firstSeen?.textContent?.match(/(\d+): /)?.[1] ?? '';
    const top = topOf(id);
    const above = firstSeen?.previousElementSibling?.previousElementSibling as HTMLElement;
    above.style.paddingBlockEnd = '200px';
    await painted(6);
    expect(Math.abs(topOf(id) - top)).toBeLessThan(2);
  });

  it('keeps the end in view when the viewport shrinks, as for a keyboard', async () => {
    const { viewport, fromEnd } = await setup({ messages: thread(40) });
    const frame = viewport.closest('[data-slot=message-list]')?.parentElement as HTMLElement;
    frame.style.blockSize = '200px';
    await painted(6);
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('lets go while text is being selected', async () => {
    const messages = thread(20);
    const { viewport, update } = await setup({ messages });
    const row = viewport.querySelector('[role=presentation]:last-child > :last-child') as HTMLElement;
    viewport.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    document.getSelection()?.selectAllChildren(row);
    await painted();
    const top = viewport.scrollTop;
    await update({ messages: [...messages, text(sentence.repeat(20), { id: 'next' })] });
    expect(viewport.scrollTop).toBe(top);
    document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    document.getSelection()?.removeAllRanges();
  });

  it('keeps a selection that the browser has not told of before the text grows', async () => {
    const answer = (words: string): Message[] => [
      text('', { id: 'a', parts: [part('text', { id: 't', text: words })], status: 'streaming' }),
    ];
    const { viewport, update } = await setup({ messages: answer('These words grow') });
    const words = page.elementLocator(viewport).getByText('These words grow').element().firstChild as Text;
    getSelection()?.setBaseAndExtent(words, 0, words, 11);
    await update({ messages: answer('These words grow and more') });
    expect([words.data, getSelection()?.toString()]).toEqual(['These words grow and more', 'These words']);
    getSelection()?.removeAllRanges();
  });

  it('counts what came unread, and 19: puts the focus on the newest message after a jump', async () => {
    const messages = thread(40);
    const { update, wheel, fromEnd, viewport } = await setup({ messages });
    await wheel(-500);
    await update({ messages: [...messages, ...thread(2, 40)] });
    const jump = page.getByRole('button', { name: 'Jump to the latest message, 2 new' });
    await jump.click();
    await expect.poll(fromEnd).toBeLessThan(2);
    expect(document.activeElement).toBe(viewport.querySelector('[role=presentation]:last-child > :last-child'));
    await expect.poll(() => jump.query()).toBeNull();
  });

  it('10: scrolls by keyboard', async () => {
    const { viewport } = await setup({ messages: thread(40) });
    viewport.focus();
    const before = viewport.scrollTop;
    await userEvent.keyboard('{PageUp}');
    await expect.poll(() => viewport.scrollTop).toBeLessThan(before);
  });

  it('18: never takes the focus, whatever arrives', async () => {
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    const messages = thread(5);
    const { update } = await setup({ messages });
    await update({ messages: [...messages, text('new', { id: 'new', status: 'streaming' })] });
    await update({ messages: [...messages, text('new', { id: 'new', status: 'failed' })] });
    expect(document.activeElement).toBe(button);
    button.remove();
  });

  it('29: has a word of message 3 of 2,000 in the page, plainly, and mounts no rich row far away', async () => {
    let rich = 0;
    const { viewport } = await setup({
      messages: thread(2_000),
      renderMessage: (message) => {
        rich += 1;
        return <article>{message.parts.map((one) => (one.type === 'text' ? one.text : ''))}</article>;
      },
    });
    expect(viewport.querySelectorAll('[role=listitem]')).toHaveLength(2_000);
    expect(viewport.querySelectorAll('[role=listitem]')[2]?.textContent).toContain('2: Water gathers');
    expect(rich).toBeLessThan(100);
    viewport.scrollTo({ top: 0, behavior: 'instant' });
    await expect.poll(() => viewport.querySelector('[role=listitem] article')?.getAttribute('data-slot')).toBeNull();
  });

  it('fits 320 pixels without a second direction to scroll in', async () => {
    await page.viewport(320, 600);
    const wide = text(`Open https://example.org/${'a'.repeat(200)}`, { id: 'wide' });
    const tool = text('x', { id: 't', parts: [part('tool', { argsText: 'x'.repeat(300), status: 'awaiting' })] });
    const { viewport } = await setup({ messages: [wide, tool] });
    expect(viewport.scrollWidth).toBeLessThanOrEqual(viewport.clientWidth);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
    await page.viewport(800, 600);
  });

  it('stands at the end from right to left as well', async () => {
    document.documentElement.dir = 'rtl';
    const messages = thread(40);
    const { fromEnd, wheel, jump } = await setup({ messages });
    await expect.poll(fromEnd).toBeLessThan(2);
    await wheel(-500);
    const box = jump().element().getBoundingClientRect();
    expect(Math.abs((box.left + box.right) / 2 - window.innerWidth / 2)).toBeLessThan(20);
  });
});
