// sse-channel keeps a channel's records and sends a reader who comes back what came after its `Last-Event-ID`.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import SseChannel from 'sse-channel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChat } from '../../src/compose/create-chat.ts';
import { createEventStream } from '../../src/compose/create-event-stream.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { textOf } from './ask.ts';

const retry = { baseMs: 1, minMs: 1 };

interface Served {
  readonly url: string;
  /** The `Last-Event-ID` of each request. */
  readonly asked: (string | undefined)[];
  /** Breaks every connection in mid-air. */
  cut(): void;
  close(): Promise<void>;
}

async function serve(channel: SseChannel): Promise<Served> {
  const asked: (string | undefined)[] = [];
  const replies = new Set<ServerResponse>();
  const server = createServer((request: IncomingMessage, reply: ServerResponse) => {
    asked.push(request.headers['last-event-id'] as string | undefined);
    replies.add(reply);
    // The channel takes the end of a request that is read for the reader's leaving.
    channel.addClient(request, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    cut() {
      for (const reply of replies) reply.socket?.destroy();
      replies.clear();
    },
    close: () =>
      new Promise((resolve) => {
        channel.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

let channel: SseChannel;
let served: Served;
beforeEach(() => {
  channel = new SseChannel({ jsonEncode: true, retryTimeout: 5 });
});
afterEach(() => served.close());

describe('sse-channel', () => {
  it('loses and doubles no event of a stream, however often it is cut', async () => {
    served = await serve(channel);
    const seen: unknown[] = [];
    const stream = createEventStream({
      url: served.url,
      resume: true,
      onEvent: ({ data }) => void seen.push(data),
      retry,
    });
    stream.open();
    for (let round = 0; round < 6; round += 1) {
      await expect.poll(() => served.asked.length).toBe(round + 1);
      for (let index = 1; index <= 10; index += 1) channel.send({ id: round * 10 + index, data: round * 10 + index });
      // Every other time the line is cut with records on their way.
      const arrived = round % 2 === 0 ? round * 10 + 10 : 0;
      await expect.poll(() => seen.length).toBeGreaterThanOrEqual(arrived);
      served.cut();
    }
    await expect.poll(() => seen.length).toBe(60);
    stream.close();
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(served.asked[0]).toBeUndefined();
    expect(served.asked[1]).toBe('10');
  });

  it('goes on with an answer where it was cut', async () => {
    const words = Array.from({ length: 30 }, (_, index) => `word ${index} `);
    let sent = 0;
    const tell = (until: number) => {
      for (; sent < until; sent += 1) channel.send({ id: sent + 1, event: 'token', data: { token: words[sent] } });
    };
    served = await serve(channel);
    const chat = createChat({ url: served.url, protocol: namedEvents({ resumable: true }), retry });
    const answer = chat.send('hello');
    for (const [cuts, until] of [7, 8, 20].entries()) {
      await expect.poll(() => served.asked.length).toBe(cuts + 1);
      tell(until);
      const told = words.slice(0, until).join('');
      await expect.poll(() => textOf(chat.getSnapshot().conversation.messages.at(-1))).toBe(told);
      served.cut();
    }
    await expect.poll(() => served.asked.length).toBe(4);
    tell(30);
    channel.send({ id: 31, event: 'done', data: { status: 'completed' } });
    const { status, message } = await answer;
    expect(status).toBe('complete');
    expect(textOf(message)).toBe(words.join(''));
    expect(served.asked).toEqual([undefined, '7', '8', '20']);
  });
});
