// Runs an adapter over frames as a turn does: reports and skips what does not fit, stops at the terminal chunk, and
// asks what the end means where there was none.
import { expect } from 'vitest';
import { isStreamError, type StreamError } from '../../src/base/errors.ts';
import type { Message } from '../../src/message/message.ts';
import { endMessage, reduceMessage } from '../../src/message/reduce.ts';
import type { Adapter, EndCause, Ending } from '../../src/protocol/adapter.ts';
import { isTerminal, type Chunk } from '../../src/protocol/chunk.ts';
import type { Frame, TextFraming } from '../../src/wire/frame.ts';
import { byteByByte, framesOf, utf8 } from './split.ts';

export interface Drive {
  readonly chunks: readonly Chunk[];
  /** What was reported and skipped. */
  readonly faults: readonly StreamError[];
  /** `terminal`: a terminal chunk came before the end. */
  readonly ending: Ending | 'terminal';
  /** What the chunks make of an empty answer, each folded on its own. */
  readonly message: Message;
}

export function drive<S>(adapter: Adapter<S>, frames: readonly Frame[], why: EndCause = { kind: 'eof' }): Drive {
  const state = adapter.init();
  const chunks: Chunk[] = [];
  const faults: StreamError[] = [];
  let ending: Drive['ending'] | undefined;
  const emit = (chunk: Chunk): void => {
    if (ending === 'terminal') return;
    chunks.push(chunk);
    if (isTerminal(chunk)) ending = 'terminal';
  };
  for (const frame of frames) {
    try {
      adapter.read(state, frame, emit);
    } catch (error) {
      if (!isStreamError(error)) throw error;
      faults.push(error);
    }
  }
  if (ending === undefined) ending = adapter.end(state, emit, why);
  const folded = chunks.reduce((message, chunk) => reduceMessage(message, [chunk], 1000), emptyAnswer);
  const over = chunks.some(isTerminal);
  const message = over ? folded : endMessage(folded, ending === 'cut' ? 'interrupted' : 'unconfirmed', 1000);
  return { chunks, faults, ending, message };
}

/** An answer of which nothing has arrived. */
export const emptyAnswer: Message = {
  id: 'm',
  role: 'assistant',
  parts: [],
  status: 'pending',
  createdAt: 0,
  metadata: {},
  version: 0,
};

/** Feeds a stream whole, in seven-byte pieces and byte by byte; the chunks must not differ. */
export function driveBytes<S>(adapter: Adapter<S>, framing: TextFraming, text: string): Drive {
  const bytes = utf8(text);
  const sevens = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, n) => bytes.subarray(n * 7, n * 7 + 7));
  const whole = drive(adapter, framesOf(framing, [bytes]));
  for (const pieces of [sevens, byteByByte(bytes)]) {
    expect(drive(adapter, framesOf(framing, pieces)).chunks).toEqual(whole.chunks);
  }
  return whole;
}

/** One SSE record a value; a string is sent as it is. */
export function sse(...values: readonly unknown[]): string {
  return values.map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`).join('');
}

export function textOf(message: Message, type: 'text' | 'reasoning' | 'refusal' = 'text'): string {
  return message.parts.flatMap((part) => (part.type === type ? [part.text] : [])).join('');
}

/** Name, arguments, status and, where there is one, result of each tool call. */
export function toolsOf(message: Message): unknown[] {
  return message.parts.flatMap((part) => {
    if (part.type !== 'tool') return [];
    return [[part.name, part.args, part.status, ...(part.result === undefined ? [] : [part.result])]];
  });
}

export function unknownKinds(chunks: readonly Chunk[]): string[] {
  return [...new Set(chunks.flatMap((chunk) => (chunk.type === 'unknown' ? [chunk.event ?? ''] : [])))];
}
