// A turn in the hands of a test, and a reader that folds it as the chat store does.
import { endMessage, reduceMessage } from '../../src/message/reduce.ts';
import type { Message } from '../../src/message/message.ts';
import type { Codecs } from '../../src/protocol/adapter.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import type { StreamError } from '../../src/base/errors.ts';
import { runTurn, type Turn, type TurnEnding } from '../../src/store/turn.ts';
import type { RunTurnOptions } from '../../src/store/turn-options.ts';
import { chunkAdapter } from '../support/chunk-adapter.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { createFakeEnvironment } from '../support/fake-environment.ts';
import { message } from '../support/messages.ts';
import { createPuppetTransport } from '../support/puppet-transport.ts';

export const url = 'https://example.test/turn';

export const codecs: Codecs = {
  gunzip: async (data) => data,
  decodeUtf8: (data) => new TextDecoder().decode(data),
  decodeBase64: (text) => new Uint8Array(Buffer.from(text, 'base64')),
};

export interface Reading {
  readonly chunks: readonly Chunk[];
  readonly message: Message;
  /** The visible text after every update. */
  readonly texts: readonly string[];
  readonly replaced: number;
  readonly ending: TurnEnding | undefined;
  readonly error: StreamError | undefined;
  readonly done: Promise<void>;
}

export const textOf = (shown: Message): string =>
  shown.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

export const blankMessage = (): Message => message({ id: 'm', role: 'assistant', parts: [], status: 'pending' });

/** Reads a turn to its end and folds it over `standing`. */
export function readTurn(turn: Turn, standing: Message = blankMessage()): Reading {
  const reading = {
    chunks: [] as Chunk[],
    message: standing,
    texts: [] as string[],
    replaced: 0,
    ending: undefined as TurnEnding | undefined,
    error: undefined as StreamError | undefined,
    done: Promise.resolve(),
  };
  reading.done = (async () => {
    for await (const update of turn.updates) {
      if (update.kind === 'end') {
        reading.ending = update.ending;
        reading.error = update.error;
        reading.message = endMessage(reading.message, update.ending, 0);
        continue;
      }
      if (update.replace) {
        reading.replaced += 1;
        reading.chunks = [];
        reading.message = { ...blankMessage(), id: reading.message.id };
      }
      reading.chunks.push(...update.chunks);
      reading.message = reduceMessage(reading.message, update.chunks, 0);
      reading.texts.push(textOf(reading.message));
    }
  })();
  return reading;
}

export function setUp(options: Partial<RunTurnOptions> = {}) {
  const clock = createFakeClock();
  const environment = createFakeEnvironment();
  const transport = createPuppetTransport();
  const diagnostics: StreamError[] = [];
  const turn = runTurn({
    adapter: chunkAdapter(),
    input: { conversation: { id: 'c', messages: [], branches: [] }, trigger: 'send', turn: 'turn-1' },
    transport,
    buildRequest: (draft) => ({
      url,
      method: draft.method,
      ...(draft.headers && { headers: draft.headers }),
      ...(draft.body !== undefined && { body: JSON.stringify(draft.body) }),
    }),
    clock,
    random: () => 0.5,
    environment,
    codecs,
    onDiagnostic: (error) => diagnostics.push(error),
    ...options,
  });
  return { clock, environment, transport, diagnostics, turn };
}

export { settle };
