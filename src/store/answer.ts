// How far the answer has come: which attempt the visible text comes from, what of a replay is withheld behind it, the
// cursor of what is applied, and what was applied after it without one.
import type { Clock } from '../base/clock.ts';
import type { ConnectionItem } from '../connection/connection-state.ts';
import type { Message } from '../message/message.ts';
import { reduceMessage } from '../message/reduce.ts';
import type { ReplyHead } from '../protocol/adapter.ts';
import { type Chunk, type ChunkType, isAborted, isTerminal } from '../protocol/chunk.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { createReplay, type Replay } from './replay.ts';

/** Chunks to apply. `replace`: to an empty message, which is then swapped in. */
export interface ChunkUpdate {
  readonly kind: 'chunks';
  readonly chunks: readonly Chunk[];
  readonly replace?: true;
}

export interface Answer {
  /** The cursor of the last chunk that was applied. */
  readonly cursor: string | undefined;
  /** Reads the present attempt. */
  readonly reader: ChunkReader;
  /** Reads, or has read, the attempt that the visible text comes from. */
  readonly standing: ChunkReader;
  /** How the present attempt's reply is framed; `undefined` before there was one. */
  readonly framing: ReplyHead['framing'] | undefined;
  /** A replay has not yet covered what stands. */
  readonly isBehind: boolean;
  /** What comes may be what was applied already: it has to pass `take`. */
  readonly isRepeating: boolean;
  /** An attempt was opened. */
  begin(mode: Extract<ConnectionItem, { kind: 'open' }>['mode'], reply: ReplyHead): void;
  /** What to hand on of these; `undefined`: nothing yet. */
  take(chunks: readonly Chunk[]): ChunkUpdate | undefined;
  /** Puts a whole replay in the place of what stands, whether it covers it or not. */
  swap(): ChunkUpdate | undefined;
  /** The update is applied: the cursor moves. `true` where something new came with it. */
  applied(update: ChunkUpdate): boolean;
  /** These begin another answer than the one that stands, which must not be glued to it. */
  isAnother(chunks: readonly Chunk[]): boolean;
}

export interface AnswerOptions {
  readonly clock: Clock;
  readonly newReader: (reply: ReplyHead | undefined, midway: boolean) => ChunkReader;
  /** Where an earlier page came to. */
  readonly resume: { readonly cursor?: string | undefined } | undefined;
  /** The message as it stands; without it the chunks are kept, where a replay may have to be measured against them. */
  readonly standing: (() => Message) | undefined;
  /** What the answer began with. */
  readonly base: Message | undefined;
  readonly mayReplay: boolean;
}

/**
 * What is no progress without a cursor: every attempt says it anew, so that a server which dies after it would be tried
 * for ever.
 */
const preliminaries: ReadonlySet<ChunkType> = new Set(['start', 'meta', 'part-end', 'status', 'step', 'usage']);

const blank: Message = {
  id: '',
  role: 'assistant',
  parts: [],
  status: 'pending',
  createdAt: 0,
  metadata: {},
  version: 0,
};

export function createAnswer(options: AnswerOptions): Answer {
  const { clock, newReader, resume } = options;
  let { cursor } = resume ?? {};
  let standing = newReader(undefined, resume !== undefined);
  let replay: (Replay & { readonly reader: ChunkReader }) | undefined;
  let framing: ReplyHead['framing'] | undefined;
  let serverId: string | undefined;
  /** The next `start` tells whether a reply goes on with this answer. */
  let isUnproven = false;
  /** What was applied after the cursor without one of its own. A server that goes on after the cursor sends it again. */
  let unnamed: Chunk[] = [];
  /** How many of those the present attempt seems to have sent again; `undefined`: what comes is new. */
  let repeated: number | undefined;
  const keep = options.standing === undefined && options.mayReplay;
  let kept: Chunk[] = [];
  const visible = options.standing ?? (() => reduceMessage(blank, kept, clock.now()));

  /**
   * Without what is sent again: everything, in order. What stops short of that was no repeat but new, and equal by chance:
   * it is shown when something else comes. New chunks that equal all of them cannot be told from a repeat.
   */
  const fresh = (chunks: readonly Chunk[]): readonly Chunk[] =>
    chunks.flatMap((chunk) => {
      if (repeated === undefined) return chunk;
      if (isSame(chunk, unnamed[repeated])) {
        repeated += 1;
        if (repeated === unnamed.length) repeated = undefined;
        return [];
      }
      const withheld = unnamed.slice(0, repeated);
      repeated = undefined;
      return [...withheld, chunk];
    });

  const swap = (): ChunkUpdate | undefined => {
    if (!replay) return undefined;
    const { reader, chunks } = replay;
    standing = reader;
    replay = undefined;
    kept = [];
    return chunks.length > 0 ? { kind: 'chunks', chunks, replace: true } : undefined;
  };

  return {
    get cursor() {
      return cursor;
    },
    get reader() {
      return replay?.reader ?? standing;
    },
    get standing() {
      return standing;
    },
    get framing() {
      return framing;
    },
    get isBehind() {
      return replay !== undefined;
    },
    get isRepeating() {
      return replay !== undefined || repeated !== undefined;
    },
    begin(mode, reply) {
      replay = undefined;
      isUnproven = mode === 'continue';
      repeated = isUnproven && unnamed.length > 0 ? 0 : undefined;
      if (mode === 'replay') {
        const reader = newReader(reply, false);
        replay = { ...createReplay(visible, options.base), reader };
      } else if (mode === 'first' || framing === undefined) {
        // A turn that began on an earlier page has a place to go on from, but no state.
        standing = newReader(reply, mode === 'continue');
      }
      ({ framing } = reply);
    },
    take(chunks) {
      if (repeated !== undefined) chunks = fresh(chunks);
      const last = chunks[chunks.length - 1];
      if (!last) return undefined;
      if (!replay) return { kind: 'chunks', chunks };
      // A whole answer may replace even what it does not cover; a failed or aborted one may not, and leaves what stands.
      if (replay.add(chunks, clock.now()) || (last.type === 'finish' && !isAborted(last))) return swap();
      return isTerminal(last) ? { kind: 'chunks', chunks: [last] } : undefined;
    },
    swap,
    applied({ chunks }) {
      let isProgress = false;
      for (const chunk of chunks) {
        if (keep) kept.push(chunk);
        if (chunk.type === 'start' && chunk.id !== undefined) serverId = chunk.id;
        if (!preliminaries.has(chunk.type)) isProgress = true;
        // What overtook a gap must not move the cursor past it.
        if (chunk.cursor === undefined || (chunk.seq === undefined && standing.isHolding)) {
          if (chunk.cursor === undefined && cursor !== undefined && chunk.seq === undefined) unnamed.push(chunk);
          continue;
        }
        cursor = chunk.cursor;
        if (unnamed.length > 0) unnamed = [];
        isProgress = true;
      }
      return isProgress;
    },
    isAnother(chunks) {
      if (!isUnproven || serverId === undefined) return false;
      const start = chunks.find((chunk) => chunk.type === 'start');
      if (start?.id === undefined) return false;
      isUnproven = false;
      return start.id !== serverId;
    },
  };
}

function isSame(chunk: Chunk, other: Chunk | undefined): boolean {
  return JSON.stringify(chunk) === JSON.stringify(other);
}
