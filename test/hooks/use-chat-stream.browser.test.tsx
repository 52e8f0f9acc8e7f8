import { StrictMode, useEffect, useRef } from 'react';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { createChat } from '../../src/compose/create-chat.ts';
import { useChatStream } from '../../src/hooks/use-chat-stream.ts';
import type { Message } from '../../src/message/message.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import type { TurnStats } from '../../src/simulate/ledger.ts';
import { type SimulationOptions, simulationQuery } from '../../src/simulate/options.ts';
import type { Chat } from '../../src/store/chat.ts';
import { webSocketTransport } from '../../src/transport/websocket.ts';

const base = '/__simulate';
const resumable = namedEvents({ resumable: true, idempotent: true });

/** Slow enough to look at, and never silent for long. */
const streaming: SimulationOptions = { script: 'burst', length: 5_000, tokensPerSecond: 50 };

afterEach(cleanup);

function newTurn(name: string): string {
  return `${name}-${crypto.randomUUID()}`;
}

function addressOf(turn: string, options: SimulationOptions, path = 'chat/stream'): string {
  return `${base}/named-events/${path}?${simulationQuery({ pauses: 0, ...options })}&turn=${turn}`;
}

async function statsOf(turn: string): Promise<TurnStats> {
  return (await (await fetch(`${base}/stats?turn=${turn}`)).json()) as TurnStats;
}

function textOf(message: Message | undefined): string {
  return message?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? '';
}

function answerOf(chat: Chat): string {
  return textOf(chat.getSnapshot().conversation.messages.at(-1));
}

/** Every text of the answer that was published, to see that it only grows. */
function watchText(chat: Chat): { readonly shrank: boolean } {
  const seen = { shrank: false };
  let shown = '';
  chat.subscribe(() => {
    const text = answerOf(chat);
    seen.shrank ||= !text.startsWith(shown);
    shown = text;
  });
  return seen;
}

const echo = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ');

describe('useChatStream, in a browser', () => {
  it('sends one request in StrictMode, also from an effect', async () => {
    const turn = newTurn('strict');
    function Greeting() {
      const chat = useChatStream({ url: addressOf(turn, { preset: 'instant', script: 'echo' }), protocol: resumable });
      const { send } = chat;
      useEffect(() => void send('Hello'), [send]);
      return <p data-status={chat.status}>{textOf(chat.messages.at(-1))}</p>;
    }
    const { getByText } = await render(<Greeting />, { wrapper: StrictMode });
    await expect.element(getByText('Hello')).toHaveAttribute('data-status', 'ready');
    expect(await statsOf(turn)).toMatchObject({ attempts: 1, generations: 1, open: 0 });
  });

  it('aborts the request when its component is unmounted, which the server sees', async () => {
    const turn = newTurn('unmount');
    function Owner() {
      const { messages, send } = useChatStream({ url: addressOf(turn, streaming), protocol: resumable });
      return (
        <button type="button" onClick={() => void send('Go on')}>
          {textOf(messages.at(-1)).length > 20 ? 'streaming' : 'send'}
        </button>
      );
    }
    const { getByText, unmount } = await render(<Owner />, { wrapper: StrictMode });
    await getByText('send').click();
    await expect.poll(() => getByText('streaming').query()).not.toBeNull();
    expect(await statsOf(turn)).toMatchObject({ open: 1, aborts: 0 });
    await unmount();
    await expect.poll(() => statsOf(turn)).toMatchObject({ attempts: 1, open: 0, aborts: 1, completed: 0 });
  });
});

describe('createChat, in a browser', () => {
  const chats: Chat[] = [];
  afterEach(() => {
    for (const chat of chats.splice(0)) chat.dispose();
  });

  function open(turn: string, options: SimulationOptions): Chat {
    const chat = createChat({ url: addressOf(turn, options), protocol: resumable });
    chats.push(chat);
    return chat;
  }

  it('completes in a hidden tab, where nothing is painted', async () => {
    const { requestAnimationFrame } = window;
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    window.requestAnimationFrame = () => 0;
    onTestFinished(() => {
      Reflect.deleteProperty(document, 'visibilityState');
      window.requestAnimationFrame = requestAnimationFrame;
    });
    document.dispatchEvent(new Event('visibilitychange'));
    const turn = newTurn('hidden');
    const chat = open(turn, { script: 'echo', tokensPerSecond: 400 });
    const snapshots = new Set<string>();
    chat.subscribe(() => snapshots.add(answerOf(chat)));
    const { status } = await chat.send(echo);
    expect(status).toBe('complete');
    expect(answerOf(chat)).toBe(echo);
    expect(snapshots.size).toBeGreaterThan(10);
    expect(await statsOf(turn)).toMatchObject({ attempts: 1, generations: 1 });
  });

  it('waits while the browser says that it is offline, and goes on at once when it is not', async () => {
    const turn = newTurn('offline');
    const faults = [{ type: 'cut', at: 4_000, end: 'reset' }] as const;
    const chat = open(turn, { script: 'echo', tokensPerSecond: 400, faults });
    const text = watchText(chat);
    const network = (onLine: boolean): void => {
      // Taking the browser off its network for true would also take it from this test.
      Object.defineProperty(navigator, 'onLine', { value: onLine, configurable: true });
      window.dispatchEvent(new Event(onLine ? 'online' : 'offline'));
    };
    onTestFinished(() => void Reflect.deleteProperty(navigator, 'onLine'));
    const sent = chat.send(echo);
    await expect.poll(() => answerOf(chat)).not.toBe('');
    network(false);
    await expect.poll(() => chat.getSnapshot().connection.status).toBe('offline');
    const before = answerOf(chat);
    expect(await statsOf(turn)).toMatchObject({ attempts: 1, open: 0 });

    network(true);
    const onlineAt = performance.now();
    await expect.poll(() => answerOf(chat).length, { interval: 10, timeout: 10_000 }).toBeGreaterThan(before.length);
    // A second of jitter keeps all clients from coming back in one moment.
    expect(performance.now() - onlineAt).toBeLessThan(10_000);
    expect((await sent).status).toBe('complete');
    expect(answerOf(chat)).toBe(echo);
    expect(text.shrank).toBe(false);
    expect(await statsOf(turn)).toMatchObject({ attempts: 2, generations: 1, overlaps: 0 });
  });

  it('closes when the page goes into the back-forward cache, and goes on from its place when it comes back', async () => {
    const turn = newTurn('bfcache');
    const chat = open(turn, { script: 'echo', tokensPerSecond: 200 });
    const text = watchText(chat);
    const sent = chat.send(echo);
    await expect.poll(() => answerOf(chat).length).toBeGreaterThan(50);

    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await expect.poll(() => statsOf(turn)).toMatchObject({ open: 0, aborts: 1 });
    const left = answerOf(chat);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect((await sent).status).toBe('complete');
    expect(left.length).toBeLessThan(echo.length);
    expect(answerOf(chat)).toBe(echo);
    expect(text.shrank).toBe(false);
    expect(await statsOf(turn)).toMatchObject({ attempts: 2, generations: 1, overlaps: 0 });
  });

  it('says of a seventh stream to one HTTP/1.1 origin that it is one too many, and runs it when another ends', async () => {
    const six = Array.from({ length: 6 }, (_, index) => open(newTurn(`six-${index}`), streaming));
    for (const chat of six) void chat.send('Go on');
    await expect.poll(() => six.every((chat) => answerOf(chat) !== '')).toBe(true);
    const seventh = open(newTurn('seventh'), { preset: 'instant', script: 'echo' });
    const sent = seventh.send('At last');
    await expect
      .poll(() => seventh.getSnapshot().connection)
      .toMatchObject({ status: 'waiting', cause: { code: 'connection-limit' } });
    expect(six.every((chat) => chat.getSnapshot().connection.status === 'open')).toBe(true);
    six[0]?.stop();
    expect((await sent).status).toBe('complete');
    expect(answerOf(seventh)).toBe('At last');
  });

  it('renders each of 20 streams at once no more than once a frame', async () => {
    const tokens = 300;
    const options: SimulationOptions = { script: 'burst', length: tokens, tokensPerSecond: 150 };
    // An HTTP/1.1 origin has room for few streams, and browsers delay many handshakes: most share one socket.
    const transport = webSocketTransport({ multiplex: 'request_id' });
    onTestFinished(() => transport.dispose?.());
    const shared = {
      url: `${base}/named-events/ws/many?${simulationQuery({ pauses: 0, ...options })}`,
      protocol: namedEvents({ resumable: true, idempotent: true, socket: true }),
      transport,
    };
    const many = Array.from({ length: 20 }, (_, index) => {
      if (index < 4) return open(newTurn(`many-${index}`), options);
      const chat = createChat(shared);
      chats.push(chat);
      return chat;
    });

    let frame = 0;
    let frameAt = performance.now();
    let watching = true;
    const nextFrame = (): void => {
      frame += 1;
      frameAt = performance.now();
      if (watching) requestAnimationFrame(nextFrame);
    };
    requestAnimationFrame(nextFrame);
    onTestFinished(() => void (watching = false));

    /** Renders that show more of a text, by stream and frame; changes of status are told at once. */
    const rendersOf = many.map(() => new Map<number, number>());
    function Stream({ chat, index }: { readonly chat: Chat; readonly index: number }) {
      const { messages, status, connection } = useChatStream({ chat });
      const phase = `${status} ${connection.status}`;
      const last = useRef(phase);
      useEffect(() => {
        const renders = rendersOf[index];
        // A frame that takes a quarter of a second is not waited for any longer.
        const isFrame = performance.now() - frameAt < 200;
        if (last.current === phase && isFrame) renders?.set(frame, (renders.get(frame) ?? 0) + 1);
        last.current = phase;
      });
      return <p>{textOf(messages.at(-1)).length}</p>;
    }
    await render(
      <>
        {many.map((chat, index) => (
          <Stream key={chat.id} chat={chat} index={index} />
        ))}
      </>,
    );
    const outcomes = await Promise.all(many.map((chat) => chat.send('Go')));
    expect(outcomes.map(({ status }) => status)).toEqual(many.map(() => 'complete'));
    const whole = answerOf(many[0] as Chat);
    expect(whole.length).toBeGreaterThan(tokens);
    expect(many.every((chat) => answerOf(chat) === whole)).toBe(true);
    for (const renders of rendersOf) {
      expect(renders.size).toBeGreaterThan(1);
      expect(Math.max(...renders.values())).toBe(1);
    }
  });
});
