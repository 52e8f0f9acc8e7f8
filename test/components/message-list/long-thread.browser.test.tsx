// A thread of 2,000 messages: cheap, and whole for everyone who looks for a word in it.
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { MessageList, type Message } from '../../../src/components.ts';
import '../../../src/styles/styles.css';
import { devtools, painted } from '../../support/devtools.ts';
import { text } from '../../support/messages.ts';

const rendered = new Map<string, number>();
let messages: Message[];

function renderMessage(message: Message) {
  rendered.set(message.id, (rendered.get(message.id) ?? 0) + 1);
  return <article data-rich="">{message.parts.map((one) => (one.type === 'text' ? one.text : ''))}</article>;
}

const view = () => (
  <div style={{ blockSize: 500 }}>
    <MessageList messages={messages} renderMessage={renderMessage} />
  </div>
);

const rich = () => document.querySelectorAll('[data-rich]').length;
const viewport = () => page.getByRole('region', { name: 'Conversation' }).element() as HTMLElement;

function thread(length: number): Message[] {
  return Array.from({ length }, (_, index) =>
    text(`${'The tide comes twice a day, and later each time. '.repeat(8)} word${index}`, { id: `m${index}` }),
  );
}

beforeEach(() => {
  rendered.clear();
  messages = thread(400);
});

describe('MessageList with hundreds of messages', () => {
  it('mounts few rich rows, each once', async () => {
    await render(view());
    await painted();
    expect(rich()).toBeGreaterThan(10);
    expect(rich()).toBeLessThan(40);
    expect(new Set(rendered.values())).toEqual(new Set([1]));
  });

  it('renders one row for a token, and lays out no other', async () => {
    const { rerender } = await render(view());
    await painted(12);
    rendered.clear();
    for (let token = 0; token < 20; token += 1) {
      messages = [...messages.slice(0, -1), text(`${'The tide comes twice. '.repeat(30 + token)}`, { id: 'm399' })];
      await rerender(view());
      await painted(1);
    }
    expect([...rendered]).toEqual([['m399', 20]]);
  });

  it('makes rows rich as they come near, and leaves the others plain', async () => {
    await render(view());
    await painted();
    viewport().scrollTo({ top: viewport().scrollHeight / 2, behavior: 'instant' });
    await expect
      .poll(() => {
        const { top } = viewport().getBoundingClientRect();
        const seen = [...viewport().querySelectorAll('[role=listitem]')].find(
          (row) => row.getBoundingClientRect().bottom > top + 200,
        );
        return seen?.firstElementChild?.hasAttribute('data-rich');
      })
      .toBe(true);
    expect(rich()).toBeLessThan(100);
  });

  it('skips the layout of far rows', async () => {
    await render(view());
    await painted();
    const rows = () => [...viewport().querySelectorAll('[role=listitem]')];
    const isLaidOut = (index: number) => rows().at(index)?.checkVisibility({ contentVisibilityAuto: true });
    await expect.poll(() => [isLaidOut(0), isLaidOut(-1)]).toEqual([false, true]);
  });

  it('can be selected from its first word to its last', async () => {
    await render(view());
    await painted();
    getSelection()?.selectAllChildren(viewport());
    // What is skipped is not, once it is selected: Firefox copies it from the next frame on.
    await expect.poll(() => getSelection()?.toString()).toMatch(/word0\b[\s\S]*word200\b[\s\S]*word399\b/);
    getSelection()?.removeAllRanges();
  });

  it('prints all of it', async () => {
    await render(view());
    await devtools().send('Emulation.setEmulatedMedia', { media: 'print' });
    onTestFinished(async () => void (await devtools().send('Emulation.setEmulatedMedia', { media: '' })));
    await painted();
    const rows = [...viewport().querySelectorAll('[role=listitem]')];
    await expect.poll(() => rows.every((row) => row.checkVisibility({ contentVisibilityAuto: true }))).toBe(true);
    expect(getComputedStyle(viewport()).overflowY).toBe('visible');
  });

  it('prints every row as rich as it is near the viewport', async () => {
    await render(view());
    await expect.poll(rich).toBeGreaterThan(10);
    expect(rich()).toBeLessThan(messages.length);
    // The page is printed as it is when the event is over.
    window.dispatchEvent(new Event('beforeprint'));
    expect(rich()).toBe(messages.length);
  });
});

describe('a word in message 3 of 2,000', () => {
  it('is in the page, where the browser’s search meets it', async () => {
    messages = thread(2_000);
    await render(view());
    await painted();
    // Headless Chromium has no search of its own to ask. It meets text that is in the page, not hidden, and under
    // `content-visibility: auto`, which is searched by its definition; `hidden` would not be.
    const row = viewport().querySelectorAll('[role=listitem]')[3];
    expect(row?.textContent).toMatch(/ word3$/);
    expect(row?.checkVisibility({ visibilityProperty: true, opacityProperty: true })).toBe(true);
    expect(getComputedStyle(row?.parentElement as Element).contentVisibility).toBe('auto');
  });
});
