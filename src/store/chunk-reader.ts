// Frames of one attempt to ordered chunks: the adapter's state machine, then the sequence. Skips what does not fit and
// says so, counts heartbeats, and lets nothing through behind the first terminal chunk.
import { ProtocolError } from '../base/errors.ts';
import type { ConnectionItem } from '../connection/connection-state.ts';
import { createSequence, isOverfull, releaseSequence, sequence, type SequenceWindow } from '../message/sequence.ts';
import type { Adapter, Codecs, EndCause, Ending, ReplyHead } from '../protocol/adapter.ts';
import { type Chunk, type ChunkOf, isTerminal } from '../protocol/chunk.ts';
import { type Diagnostics, toProtocolError } from './diagnostics.ts';

type Frames = Extract<ConnectionItem, { kind: 'batch' }>['frames'];
type OneFrame = Frames[number];

export interface ChunkReader {
  /** The adapter's state, for its `resume` and `cancel`. */
  readonly state: unknown;
  readonly window: SequenceWindow;
  /** Chunks wait for a number that has not come. */
  readonly isHolding: boolean;
  /** That number. */
  readonly missing: number | undefined;
  /** More of them than may. */
  readonly isOverfull: boolean;
  /** A terminal chunk came out. */
  readonly isOver: boolean;
  /** A promise only where the adapter unpacks a frame asynchronously. */
  read(frames: Frames): readonly Chunk[] | Promise<readonly Chunk[]>;
  /** What the adapter makes of an end without a terminal chunk. */
  end(why: EndCause): { readonly ending: Ending; readonly chunks: readonly Chunk[] };
  /** Gives up on the gap: what is held comes out in order. */
  release(): readonly Chunk[];
}

export interface ChunkReaderOptions {
  readonly adapter: Adapter;
  readonly codecs: Codecs;
  readonly diagnostics: Diagnostics;
  readonly reply?: ReplyHead | undefined;
  /** The stream begins in the middle: whatever number comes first is the first. */
  readonly midway?: boolean | undefined;
  readonly onHeartbeat: () => void;
}

export function createChunkReader(options: ChunkReaderOptions): ChunkReader {
  const { adapter, codecs, diagnostics, onHeartbeat } = options;
  const { guard } = diagnostics;
  const state = adapter.init(options.reply);
  let window = createSequence(options.midway === true ? 'any' : undefined);
  let isOver = false;
  /** The chunks of the frame being read. */
  let emitted: Chunk[] = [];

  const emit = (chunk: Chunk) => {
    if (chunk.type === 'heartbeat') onHeartbeat();
    emitted.push(chunk);
  };

  /** Orders what was emitted and keeps of it what a reader of the turn is to see. */
  function take(out: Chunk[]) {
    if (emitted.length === 0) return;
    const chunks = emitted;
    emitted = [];
    const [next, ready] = sequence(window, chunks);
    window = next;
    show(ready, out);
  }

  function show(ready: readonly Chunk[], out: Chunk[]) {
    for (const chunk of ready) {
      if (isOver) return;
      if (chunk.type === 'heartbeat') continue;
      if (chunk.type === 'unknown') {
        diagnostics.report(unknownError(chunk), chunk.event);
        continue;
      }
      out.push(chunk);
      isOver = isTerminal(chunk);
    }
  }

  function readOne(frame: OneFrame | undefined, out: Chunk[]) {
    // What it emitted before it threw stands.
    if (frame !== undefined) guard(() => adapter.read(state, frame, emit), undefined);
    take(out);
  }

  function read(frames: Frames, from: number, out: Chunk[]): readonly Chunk[] | Promise<readonly Chunk[]> {
    for (let index = from; index < frames.length && !isOver; index += 1) {
      const frame = frames[index] as OneFrame;
      const prepared = adapter.prepare ? guard(() => adapter.prepare?.(frame, codecs), undefined) : frame;
      if (!(prepared instanceof Promise)) {
        readOne(prepared, out);
        continue;
      }
      return prepared
        .catch((thrown: unknown) => {
          diagnostics.report(toProtocolError(thrown));
          return undefined;
        })
        .then((ready) => {
          readOne(ready, out);
          return read(frames, index + 1, out);
        });
    }
    return out;
  }

  return {
    state,
    get window() {
      return window;
    },
    get isHolding() {
      return window.held.length > 0;
    },
    get missing() {
      return window.held.length > 0 && window.next !== 'any' ? window.next : undefined;
    },
    get isOverfull() {
      return isOverfull(window);
    },
    get isOver() {
      return isOver;
    },
    read: (frames) => read(frames, 0, []),
    end(why) {
      const out: Chunk[] = [];
      const ending = guard(() => adapter.end(state, emit, why), 'cut');
      // A reader that resumes needs no verdict on the cut from two sides: the truncation error is the connection's.
      if (ending === 'cut') emitted = emitted.filter((chunk) => !isTerminal(chunk));
      take(out);
      return { ending, chunks: out };
    },
    release() {
      const out: Chunk[] = [];
      const [next, ready] = releaseSequence(window);
      window = next;
      if (window.gap) diagnostics.report(gapError());
      show(ready, out);
      return out;
    },
  };
}

/** Records that never came, so that the answer has a hole. */
export function gapError(): ProtocolError {
  return new ProtocolError(
    'gap',
    'Numbered records are missing, so the answer has a hole and is incomplete. Call `retry()` for a new answer.',
    { retryable: true },
  );
}

function unknownError(chunk: ChunkOf<'unknown'>): ProtocolError {
  return new ProtocolError(
    'unknown-chunk',
    'The protocol does not know this record, so it was skipped. The rest of the stream is not affected.',
    { field: chunk.event, details: chunk.data },
  );
}
