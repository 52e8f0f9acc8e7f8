import { act, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, it } from 'vitest';
import type { StreamError } from '../../src/base/errors.ts';
import type { ChatOptions } from '../../src/compose/chat-options.ts';
import { localChatStorage } from '../../src/compose/local-chat-storage.ts';
import { useChatStream } from '../../src/hooks/use-chat-stream.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import type { Script, ScriptStep } from '../../src/transport/script.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';

const token = (words: string, id?: string): ScriptStep => ({
  event: 'token',
  data: JSON.stringify({ token: words }),
  ...(id && { id }),
});
const done: ScriptStep = { event: 'done', data: '{}' };

/** What outlives a page: the storage, its locks, and time. */
function createBrowser() {
  const clock = createFakeClock();
  const items = new Map<string, string>();
  const writes: number[] = [];
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, value: string) {
      writes.push(clock.now());
      items.set(key, value);
    },
    removeItem: (key: string) => void items.delete(key),
  };
  return { clock, items, writes, storage, locks: createLocks() };
}

/** One holder at a time, in the order of asking. */
function createLocks(): Pick<LockManager, 'request'> {
  let tail: Promise<unknown> = Promise.resolve();
  const request = (_name: string, { signal }: LockOptions, hold: () => Promise<unknown>) => {
    const mine = tail.then(() => (signal?.aborted ? undefined : hold()));
    tail = mine;
    return mine;
  };
  return { request: request as unknown as LockManager['request'] };
}

function openPage(browser: ReturnType<typeof createBrowser>, script: Script, options: Partial<ChatOptions> = {}) {
  const { clock, storage, locks } = browser;
  const transport = scriptedTransport(script, { clock });
  const diagnostics: StreamError[] = [];
  const isGone = { current: false };
  const ownStorage = {
    ...storage,
    setItem: (key: string, value: string) => (isGone.current ? undefined : storage.setItem(key, value)),
  };
  const persist = localChatStorage({ storage: ownStorage, locks });
  const hook = renderHook(
    () =>
      useChatStream({
        id: 'c1',
        url: '/chat',
        protocol: namedEvents({ resumable: true }),
        transport,
        platform: { clock, random: () => 0 },
        persist,
        onDiagnostic: (error) => void diagnostics.push(error),
        ...options,
      }),
    { wrapper: StrictMode },
  );
  return { ...hook, transport, diagnostics, isGone };
}

const pass = (clock: FakeClock, ms: number) => act(() => clock.pass(ms));
const shown = ({ result }: ReturnType<typeof openPage>) =>
  result.current.messages.map(({ status, parts }) => ({
    status,
    text: parts.map((part) => 'text' in part && part.text).join(),
  }));

/** A page that is gone without a word: what it wrote is all there is, and its lock is free. */
async function crash({ clock }: ReturnType<typeof createBrowser>, page: ReturnType<typeof openPage>) {
  page.isGone.current = true;
  page.unmount();
  await pass(clock, 0);
}

describe('useChatStream with persist', () => {
  it('shows the conversation again after a reload', async () => {
    const browser = createBrowser();
    const first = openPage(browser, { steps: [token('Hello'), done] });
    await pass(browser.clock, 0);
    await act(() => first.result.current.send('Hi'));
    first.unmount();
    await pass(browser.clock, 0);
    const second = openPage(browser, { steps: [done] });
    expect(second.result.current.messages).toEqual([]);
    await pass(browser.clock, 0);
    expect(shown(second)).toEqual([
      { status: 'complete', text: 'Hi' },
      { status: 'complete', text: 'Hello' },
    ]);
    expect(second.transport.requests).toHaveLength(0);
  });

  it('goes on with the same generation after a reload in the middle of an answer', async () => {
    const browser = createBrowser();
    const first = openPage(browser, { steps: [token('par', '7'), 'stall'] });
    await pass(browser.clock, 0);
    act(() => void first.result.current.send('Hi'));
    await pass(browser.clock, 50);
    act(() => browser.clock.frame());
    act(() => void window.dispatchEvent(new Event('pagehide')));
    const key = first.transport.requests[0]?.request.headers?.['idempotency-key'];
    await crash(browser, first);
    const second = openPage(browser, { steps: [token('tial'), done] });
    await pass(browser.clock, 0);
    expect(shown(second)[1]).toEqual({ status: 'complete', text: 'partial' });
    expect(second.transport.requests).toHaveLength(1);
    expect(second.transport.requests[0]?.request.headers).toMatchObject({
      'last-event-id': '7',
      'idempotency-key': key,
    });
  });

  it('shows the answer as interrupted where the backend cannot resume, and asks for nothing', async () => {
    const browser = createBrowser();
    const protocol = namedEvents();
    const first = openPage(browser, { steps: [token('par'), 'stall'] }, { protocol });
    await pass(browser.clock, 0);
    act(() => void first.result.current.send('Hi'));
    await pass(browser.clock, 50);
    act(() => browser.clock.frame());
    await pass(browser.clock, 1_000);
    await crash(browser, first);
    const second = openPage(browser, { steps: [done] }, { protocol });
    await pass(browser.clock, 0);
    expect(shown(second)[1]).toEqual({ status: 'interrupted', text: 'par' });
    expect(second.result.current.status).toBe('interrupted');
    expect(second.transport.requests).toHaveLength(0);
  });

  it('writes at most once a second, however fast tokens come', async () => {
    const browser = createBrowser();
    const steps = Array.from({ length: 30 }, (): ScriptStep[] => [token('a'), { afterMs: 100 }]).flat();
    const { result } = openPage(browser, { steps: [...steps, done] });
    await pass(browser.clock, 0);
    act(() => void result.current.send('Hi'));
    for (let ms = 0; ms < 3_500; ms += 50) {
      await pass(browser.clock, 50);
      act(() => browser.clock.frame());
    }
    await pass(browser.clock, 1_000);
    expect(result.current.status).toBe('ready');
    const gaps = browser.writes.slice(1).map((at, index) => at - (browser.writes[index] ?? 0));
    expect(browser.writes.length).toBeGreaterThan(2);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  it('lets one page alone go on with an answer; a second shows what is stored', async () => {
    const browser = createBrowser();
    const first = openPage(browser, { steps: [token('par', '7'), 'stall'] });
    await pass(browser.clock, 0);
    act(() => void first.result.current.send('Hi'));
    await pass(browser.clock, 50);
    act(() => browser.clock.frame());
    await pass(browser.clock, 1_000);
    const second = openPage(browser, { steps: [token('tial'), done] });
    await pass(browser.clock, 0);
    expect(shown(second)[1]).toEqual({ status: 'interrupted', text: 'par' });
    expect(second.transport.requests).toHaveLength(0);
    await crash(browser, first);
    await pass(browser.clock, 0);
    expect(second.transport.requests).toHaveLength(1);
    expect(shown(second)[1]).toEqual({ status: 'complete', text: 'partial' });
  });

  it('keeps what was written and not sent', async () => {
    const browser = createBrowser();
    const first = openPage(browser, { steps: [done] });
    await pass(browser.clock, 0);
    act(() => first.result.current.chat.draft.set('Dear'));
    await pass(browser.clock, 1_000);
    await crash(browser, first);
    const second = openPage(browser, { steps: [done] });
    await pass(browser.clock, 0);
    expect(second.result.current.chat.draft.getSnapshot()).toBe('Dear');
  });

  it('ignores a record that is broken, and says so', async () => {
    for (const broken of ['{', '{"format":"rivulet-chat","version":9}', '{"format":"rivulet-chat","version":1}']) {
      const browser = createBrowser();
      browser.items.set('rivulet:chat:c1', broken);
      const { result, diagnostics } = openPage(browser, { steps: [done] });
      await pass(browser.clock, 0);
      expect(result.current.messages).toEqual([]);
      expect(diagnostics.map(({ code }) => code)).toContain('invalid-option');
    }
  });

  it('does not store what is too long, and says so', async () => {
    const browser = createBrowser();
    const { storage, locks } = browser;
    const persist = localChatStorage({ storage, locks, maxChars: 100 });
    const { result, diagnostics } = openPage(browser, { steps: [done] }, { persist });
    await pass(browser.clock, 0);
    await act(() => result.current.send('Hi'));
    await pass(browser.clock, 1_000);
    expect(browser.items.size).toBe(0);
    expect(diagnostics).toMatchObject([{ message: expect.stringContaining('100 characters') as string }]);
  });

  it('keeps what was asked before the record was read', async () => {
    const browser = createBrowser();
    const first = openPage(browser, { steps: [token('Hello'), done] });
    await pass(browser.clock, 0);
    await act(() => first.result.current.send('Hi'));
    first.unmount();
    await pass(browser.clock, 0);
    const second = openPage(browser, { steps: [token('New'), done] });
    await act(() => second.result.current.send('Now'));
    expect(shown(second).map(({ text }) => text)).toEqual(['Now', 'New']);
  });
});
