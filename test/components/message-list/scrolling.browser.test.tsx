// Situations that only real input shows: what the reader does to the transcript, and what the page does to it.
import { useState } from 'react';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ChatInput, MessageList, type Message, type MessageListProps } from '../../../src/components.ts';
import '../../../src/styles/styles.css';
import { devtools, middleOf, painted } from '../../support/devtools.ts';
import { text } from '../../support/messages.ts';

const sentence = 'Water gathers in two bulges, one on each side, and the Earth turns beneath both of them in a day. ';
const thread = (length: number): Message[] =>
  Array.from({ length }, (_, index) => text(`${index}: ${sentence}`, { id: `m${index}` }));
const answer = (sentences: number): Message => text(sentence.repeat(sentences), { id: 'answer', status: 'streaming' });
const question = text('Why twice?', { id: 'question', role: 'user' });
const nothing = (): void => undefined;

/** A swipe goes on after the finger has left. */
async function still(viewport: HTMLElement): Promise<void> {
  let top: number;
  do {
    top = viewport.scrollTop;
    await painted(12);
  } while (viewport.scrollTop !== top);
}

function View({ messages, ...props }: MessageListProps) {
  return (
    <div id="frame" style={{ display: 'flex', flexDirection: 'column', blockSize: 440 }}>
      <MessageList {...props} messages={messages} style={{ flex: 1 }} />
      <ChatInput onSend={nothing} />
    </div>
  );
}

async function setup(messages: readonly Message[], props: Partial<MessageListProps> = {}) {
  const { rerender } = await render(<View {...props} messages={messages} />);
  const viewport = page.getByRole('region', { name: 'Conversation' }).element() as HTMLElement;
  await painted();
  return {
    viewport,
    fromEnd: () => viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop,
    /** How far a row stands below the top edge. */
    topOf(words: string) {
      const row = [...viewport.querySelectorAll('[role=listitem]')].find((one) => one.textContent?.includes(words));
      if (row === undefined) throw new Error(`no row says ${words}`);
      return row.getBoundingClientRect().top - viewport.getBoundingClientRect().top;
    },
    async show(next: readonly Message[], frames?: number) {
      await rerender(<View {...props} messages={next} />);
      await painted(frames);
    },
    jump: () => page.getByRole('button', { name: /^Jump to the latest/ }),
  };
}

/** Turns the wheel or drags over the middle of the viewport; `distance` is how much further up one sees. */
async function swipe(viewport: HTMLElement, distance: number, type: 'touch' | 'mouse'): Promise<void> {
  if (type === 'mouse') await userEvent.wheel(viewport, { delta: { y: -distance } });
  else await drag(viewport, distance);
  await painted(12);
}

async function drag(viewport: HTMLElement, distance: number): Promise<void> {
  const { x, y, scale } = middleOf(viewport);
  await devtools().send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  for (let moved = 0; moved <= distance; moved += 20) {
    await devtools().send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: [{ x, y: y + moved * scale }],
    });
  }
  await devtools().send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** As by pasting. What types, as `userEvent.fill` does over some drivers, would send at every line's end. */
async function write(words: string): Promise<void> {
  const field = page.getByRole('textbox').element() as HTMLTextAreaElement;
  field.focus();
  document.execCommand('insertText', false, words);
  await expect.element(field).toHaveValue(words);
}

afterEach(async () => {
  await page.viewport(800, 600);
});

describe('the reader looks elsewhere while an answer grows', () => {
  it.each(['mouse', 'touch'] as const)('with a %s: the page lets go, and stays where they are', async (type) => {
    const { viewport, fromEnd, show, jump } = await setup([...thread(40), answer(1)]);
    await swipe(viewport, 200, type);
    await expect.poll(fromEnd).toBeGreaterThan(100);
    await still(viewport);
    const top = viewport.scrollTop;
    await show([...thread(40), answer(40)]);
    expect(Math.abs(viewport.scrollTop - top)).toBeLessThan(2);
    await expect.element(jump()).toBeVisible();
  });

  it('with the keyboard: the page lets go, and follows again after End', async () => {
    const { viewport, fromEnd, show } = await setup([...thread(40), answer(1)]);
    viewport.focus();
    await userEvent.keyboard('{PageUp}');
    await expect.poll(fromEnd).toBeGreaterThan(100);
    const before = fromEnd();
    await show([...thread(40), answer(40)]);
    expect(fromEnd()).toBeGreaterThan(before);
    await userEvent.keyboard('{End}');
    await expect.poll(fromEnd).toBeLessThan(2);
    await painted();
    await show([...thread(40), answer(80)]);
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('with the jump button, which arrives however fast the answer grows', async () => {
    const { viewport, fromEnd, show, jump } = await setup([...thread(40), answer(1)]);
    viewport.scrollTop = 0;
    await userEvent.click(jump());
    for (let sentences = 2; sentences <= 120; sentences += 2) await show([...thread(40), answer(sentences)], 1);
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('with the scrollbar, of which the page hears only that it scrolled', async () => {
    const { viewport, fromEnd, show } = await setup([...thread(40), answer(1)]);
    for (let step = 0; step < 10; step += 1) {
      viewport.scrollTop -= 30;
      await painted(1);
    }
    await show([...thread(40), answer(40)]);
    expect(fromEnd()).toBeGreaterThan(300);
  });

  it('with a search in the page, which scrolls in the very frame in which the answer grows', async () => {
    const { viewport, fromEnd, show } = await setup([...thread(40), answer(1)]);
    viewport.querySelector('[role=listitem]')?.scrollIntoView({ behavior: 'instant' });
    await show([...thread(40), answer(40)]);
    expect(fromEnd()).toBeGreaterThan(1_000);
  });
});

describe('the page changes while the end is in view', () => {
  it('stays there when the composer grows over it', async () => {
    const { viewport, fromEnd } = await setup(thread(40));
    const before = viewport.clientHeight;
    await write('one\ntwo\nthree\nfour\nfive');
    await painted();
    expect(viewport.clientHeight).toBeLessThan(before);
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('stays there when the window is made narrow, and text breaks anew', async () => {
    const { fromEnd } = await setup(thread(40));
    await page.viewport(340, 600);
    await painted(8);
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('stays there when the page is zoomed', async () => {
    const { fromEnd } = await setup(thread(40));
    document.documentElement.style.zoom = '1.5';
    onTestFinished(() => void document.documentElement.style.removeProperty('zoom'));
    await painted(8);
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('stays there when a font arrives late and makes every line longer', async () => {
    const { viewport, fromEnd } = await setup(thread(40));
    const before = viewport.scrollHeight;
    const style = document.createElement('style');
    style.textContent = ':root { --rv-font-body: serif; --rv-text-md: 1.3rem; }';
    document.head.append(style);
    onTestFinished(() => style.remove());
    await painted(8);
    expect(viewport.scrollHeight).toBeGreaterThan(before);
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('stays there when an image in the answer has loaded', async () => {
    const square = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>')}`;
    const picture = (src: string | undefined) => <article>{src !== undefined && <img alt="" src={src} />}</article>;
    function Page() {
      const [src, setSrc] = useState<string>();
      return (
        <>
          <button onClick={() => setSrc(square)}>load</button>
          <MessageList style={{ blockSize: 300 }} messages={thread(30)} footer={picture(src)} />
        </>
      );
    }
    await render(<Page />);
    const viewport = page.getByRole('region', { name: 'Conversation' }).element();
    await painted();
    const before = viewport.scrollHeight;
    await page.getByRole('button', { name: 'load' }).click();
    await expect.poll(() => viewport.scrollHeight).toBeGreaterThan(before + 250);
    await expect.poll(() => viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop).toBeLessThan(2);
  });

  it('is there when it was out of sight meanwhile, as in a hidden tab, where nothing is laid out', async () => {
    const { fromEnd, show } = await setup([...thread(40), answer(1)]);
    const frame = document.querySelector<HTMLElement>('#frame');
    if (frame === null) throw new Error('no frame');
    frame.style.contentVisibility = 'hidden';
    await painted();
    await show([...thread(40), answer(60)]);
    frame.style.contentVisibility = '';
    await painted(8);
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('keeps a place further up through all of it', async () => {
    const { viewport, topOf, show } = await setup([...thread(60), answer(1)]);
    await swipe(viewport, 900, 'mouse');
    const before = topOf('52: ');
    await write('one\ntwo\nthree');
    await show([...thread(60), answer(50)]);
    expect(Math.abs(topOf('52: ') - before)).toBeLessThan(2);
  });
});

describe('an anchored turn', () => {
  const before = thread(40);

  it('brings a new question to the top, where there is room below for an answer', async () => {
    const { topOf, show, jump } = await setup(before, { follow: 'turn' });
    await show([...before, question]);
    await expect.poll(() => Math.abs(topOf('Why twice?'))).toBeLessThan(2);
    expect(jump().query()).toBeNull();
  });

  it('leaves it there while the answer grows, within the viewport and beyond it', async () => {
    const { topOf, fromEnd, show, jump } = await setup(before, { follow: 'turn' });
    await show([...before, question]);
    await expect.poll(() => Math.abs(topOf('Why twice?'))).toBeLessThan(2);
    for (const sentences of [1, 5, 10, 20, 40]) {
      await show([...before, question, answer(sentences)]);
      expect(Math.abs(topOf('Why twice?'))).toBeLessThan(2);
    }
    expect(fromEnd()).toBeGreaterThan(100);
    await expect.element(jump()).toBeVisible();
  });

  it('makes no more room than is missing: a short answer ends at the foot of the viewport', async () => {
    const { viewport, fromEnd, show } = await setup(before, { follow: 'turn' });
    await show([...before, question]);
    await expect.poll(fromEnd).toBeLessThan(2);
    const height = viewport.scrollHeight;
    await show([...before, question, answer(3)]);
    expect(Math.abs(viewport.scrollHeight - height)).toBeLessThan(2);
  });

  it('follows the end again once the reader has gone there', async () => {
    const { fromEnd, show, jump } = await setup(before, { follow: 'turn' });
    await show([...before, question, answer(40)]);
    await jump().click();
    await expect.poll(fromEnd).toBeLessThan(2);
    await painted();
    await show([...before, question, answer(80)]);
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('opens a conversation at its end, and moves nothing when older messages come', async () => {
    const asked = [...before, question, answer(2)];
    const { topOf, fromEnd, show } = await setup(asked, { follow: 'turn' });
    await expect.poll(fromEnd).toBeLessThan(2);
    const top = topOf('Why twice?');
    await show([...Array.from({ length: 20 }, (_, index) => text('earlier', { id: `e${index}` })), ...asked]);
    expect(Math.abs(topOf('Why twice?') - top)).toBeLessThan(2);
  });
});
