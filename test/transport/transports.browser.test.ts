import { afterEach, describe, expect, it } from 'vitest';
import { fetchEventSourceTransport } from '../../src/transport/fetch-event-source.ts';
import { fetchTransport } from '../../src/transport/fetch.ts';
import type { Transport, TransportRequest } from '../../src/transport/transport.ts';
import { webSocketTransport } from '../../src/transport/websocket.ts';
import type { Frame } from '../../src/wire/frame.ts';

interface Kind {
  readonly name: string;
  readonly make: () => Transport;
  readonly path: string;
  readonly body: string;
  /** The text that a frame carries. */
  readonly textOf: (frame: Frame) => string;
}

const ofEvent = (frame: Frame): string =>
  frame.kind === 'message' && frame.event === 'token' && frame.data !== null ? tokenOf(JSON.parse(frame.data)) : '';

const ofMessage = (frame: Frame): string => {
  if (frame.kind !== 'message' || frame.data === null) return '';
  const { type, data } = JSON.parse(frame.data) as { readonly type: string; readonly data: unknown };
  return type === 'token' ? tokenOf(data) : '';
};

const tokenOf = (data: unknown): string => (data as { readonly token?: string }).token ?? '';

const http = { path: '/__simulate/named-events/chat/stream', body: '{"message":"Hello"}', textOf: ofEvent };
const kinds: readonly Kind[] = [
  { name: 'fetchTransport', make: fetchTransport, ...http },
  { name: 'fetchEventSourceTransport', make: fetchEventSourceTransport, ...http },
  {
    name: 'webSocketTransport',
    make: webSocketTransport,
    path: '/__simulate/named-events/ws/one',
    body: '{"type":"chat","message":"Hello"}',
    textOf: ofMessage,
  },
];

describe.each(kinds)('$name, in a browser', ({ make, path, body, textOf }) => {
  const transports: Transport[] = [];
  afterEach(() => {
    for (const transport of transports.splice(0)) transport.dispose?.();
  });

  const open = (query: string, signal = new AbortController().signal) => {
    const transport = make();
    transports.push(transport);
    const request: TransportRequest = {
      url: `${path}?${query}`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      framings: ['sse', 'socket'],
      signal,
    };
    return transport.open(request);
  };

  /** Reads until a frame satisfies `isLast`, or to the end. */
  const read = async (query: string, isLast: (frame: Frame) => boolean): Promise<string> => {
    let text = '';
    for await (const { frames } of (await open(query)).batches) {
      text += frames.map(textOf).join('');
      if (frames.some(isLast)) break;
    }
    return text;
  };
  const isDone = (frame: Frame): boolean =>
    frame.kind === 'message' && (frame.event === 'done' || (frame.data ?? '').startsWith('{"type":"done"'));

  it('brings the same text however it is cut on the way', async () => {
    const whole = await read('seed=3&preset=instant', isDone);
    expect(whole.length).toBeGreaterThan(20);
    expect(await read('seed=3&preset=bytewise', isDone)).toBe(whole);
  });

  it('ends when it is aborted', async () => {
    const controller = new AbortController();
    const connection = await open('seed=3&tokensPerSecond=50', controller.signal);
    const batches = connection.batches[Symbol.asyncIterator]();
    expect((await batches.next()).done).toBe(false);
    controller.abort();
    expect((await batches.next()).done).toBe(true);
  });

  it('tells where nobody answers', async () => {
    const transport = make();
    transports.push(transport);
    const opened = transport.open({
      url: 'http://127.0.0.1:9/',
      framings: ['sse', 'socket'],
      signal: new AbortController().signal,
    });
    await expect(opened).rejects.toMatchObject({ code: 'connect-failed', retryable: true });
  });
});
