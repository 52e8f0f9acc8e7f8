// Runs an adapter over frames the way a turn does, and says what a reader of the turn would see as chunks: errors that
// end nothing, the end of the connection and the order of numbered records included.
import { gunzipSync } from 'node:zlib';
import { isStreamError } from '../../src/base/errors.ts';
import { createSequence, releaseSequence, sequence } from '../../src/message/sequence.ts';
import type { Adapter, Codecs, EndCause, Ending, ReplyHead } from '../../src/protocol/adapter.ts';
import { type Chunk, isTerminal } from '../../src/protocol/chunk.ts';
import type { Frame } from '../../src/wire/frame.ts';

export const codecs: Codecs = {
  gunzip: async (data) => new Uint8Array(gunzipSync(data)),
  decodeUtf8: (data) => new TextDecoder().decode(data),
  decodeBase64: (text) => new Uint8Array(Buffer.from(text, 'base64')),
};

export interface TurnEnd {
  readonly chunks: readonly Chunk[];
  /** The same chunks, those of one frame together. */
  readonly records: readonly (readonly Chunk[])[];
  /** What was thrown and skipped. */
  readonly faults: readonly Error[];
  /** Absent when a terminal chunk came before the end of the connection. */
  readonly ending?: Ending;
  /** How many of the frames were read before the turn was over. */
  readonly used: number;
}

/** What the adapter itself makes of the frames: its chunks up to the first terminal one, and its word on the end. */
export async function readTurn(
  adapter: Adapter,
  frames: readonly Frame[],
  { why = { kind: 'eof' }, head }: { readonly why?: EndCause; readonly head?: ReplyHead } = {},
): Promise<TurnEnd> {
  const records: Chunk[][] = [];
  const faults: Error[] = [];
  let record: Chunk[] = [];
  let over = false;
  const emit = (chunk: Chunk): void => {
    if (over) return;
    record.push(chunk);
    over = isTerminal(chunk);
  };
  /** Only a `ProtocolError` may be thrown: anything else fails the test that runs this. */
  const skip = (error: unknown): void => {
    if (!isStreamError(error) || error.name !== 'ProtocolError') throw error;
    faults.push(error);
    // In its place among the chunks, so that a test can see where it was.
    emit({ type: 'error', code: error.code, fatal: false });
  };
  const close = (): void => {
    if (record.length > 0) records.push(record);
    record = [];
  };
  const state = adapter.init(head);
  let used = 0;
  let ending: Ending | undefined;
  for (const frame of frames) {
    used += 1;
    try {
      adapter.read(state, adapter.prepare === undefined ? frame : await adapter.prepare(frame, codecs), emit);
    } catch (error) {
      skip(error);
    }
    close();
    if (over) break;
  }
  if (!over) {
    const said = adapter.end(state, emit, why);
    ending = over ? undefined : said;
    close();
  }
  return { chunks: records.flat(), records, faults, used, ...(ending === undefined ? undefined : { ending }) };
}
/** All that a turn shows: ordered, and with the end put into words. */
export async function runTurn(
  adapter: Adapter,
  frames: readonly Frame[],
  why: EndCause = { kind: 'eof' },
): Promise<readonly Chunk[]> {
  const { records, ending } = await readTurn(adapter, frames, { why });
  const ordered = inOrder(records);
  if (ending === undefined) return ordered;
  if (ending !== 'cut') return [...ordered, { type: 'finish', reason: 'unknown' }];
  const code = ordered.every((chunk) => chunk.type === 'heartbeat') ? 'empty-stream' : 'closed-early';
  const details = why.kind === 'close' ? { details: { closeCode: why.code } } : undefined;
  return [...ordered, { type: 'error', code, retryable: true, ...details }];
}

/** Numbered chunks once and in order; what never came is reported once and the rest handed over. */
function inOrder(records: TurnEnd['records']): readonly Chunk[] {
  const out: Chunk[] = [];
  let window = createSequence();
  for (const record of records) {
    const [next, ready] = sequence(window, record);
    window = next;
    out.push(...ready);
  }
  const [{ gap }, late] = releaseSequence(window);
  out.push(...late);
  return gap ? [...out, { type: 'error', code: 'gap', fatal: false }] : out;
}
