// One answer in the format of each candidate, and its bytes in pieces as a network would bring them.
import { createRandom } from '../../src/simulate/random.ts';

export interface Formats {
  readonly namedEvents: string;
  readonly aiSdk: string;
  readonly agUi: string;
}

/** Tokens of about four characters, as models make them; now and then more bytes than characters. */
export function tokensOf(count: number): readonly string[] {
  const random = createRandom(4);
  const words = ['the ', 'of a', 'tion', ' and', 'ing ', 'word', ', so', '. It', 'café', ' is\n'] as const;
  return Array.from({ length: count }, () => random.pick(words));
}

/** Records joined, each a string, so that they can be cut at records too. */
export function write(tokens: readonly string[]): { readonly [Name in keyof Formats]: readonly string[] } {
  const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  const data = (record: object): string => `data: ${JSON.stringify(record)}\n\n`;
  const run = { threadId: 'thread-1', runId: 'run-1' };
  const messageId = 'message-1';
  return {
    namedEvents: [
      event('thinking', { status: 'generating', message: 'Writing' }),
      ...tokens.map((token) => event('token', { token })),
      event('done', { status: 'completed' }),
    ],
    aiSdk: [
      data({ type: 'start' }),
      data({ type: 'start-step' }),
      data({ type: 'text-start', id: '0' }),
      ...tokens.map((delta) => data({ type: 'text-delta', id: '0', delta })),
      data({ type: 'text-end', id: '0' }),
      data({ type: 'finish-step' }),
      data({ type: 'finish' }),
      'data: [DONE]\n\n',
    ],
    agUi: [
      data({ type: 'RUN_STARTED', ...run }),
      data({ type: 'TEXT_MESSAGE_START', messageId, role: 'assistant' }),
      ...tokens.map((delta) => data({ type: 'TEXT_MESSAGE_CONTENT', messageId, delta })),
      data({ type: 'TEXT_MESSAGE_END', messageId }),
      data({ type: 'RUN_FINISHED', ...run }),
    ],
  };
}

export const chunkings = ['one event', '1,448 B', '16 KB', 'random'] as const;
export type Chunking = (typeof chunkings)[number];

export function cut(records: readonly string[], chunking: Chunking): readonly Uint8Array[] {
  const encoder = new TextEncoder();
  if (chunking === 'one event') return records.map((record) => encoder.encode(record));
  const bytes = encoder.encode(records.join(''));
  const random = createRandom(7);
  const nextSize = (): number =>
    chunking === 'random' ? 1 + random.below(2_000) : chunking === '16 KB' ? 16_384 : 1_448;
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = nextSize();
    pieces.push(bytes.slice(at, at + size));
    at += size;
  }
  return pieces;
}

/** A reply whose body hands over one piece a read, and makes no more than is read. */
export function replyOf(pieces: readonly Uint8Array[]): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[next++];
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

export function bodyOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const { body } = replyOf(pieces);
  if (body === null) throw new Error('the reply has no body');
  return body;
}
