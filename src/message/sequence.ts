// The only place that orders. Records that a server numbers come out in order and once; what it does not number passes
// through as it came. Pure: how long a gap is waited for is the caller's, who sees in the window that something is held.
import { type Chunk, isTerminal } from '../protocol/chunk.ts';
import { type CursorLog, emptyCursorLog, logCursor } from './cursor-log.ts';

/** The chunks of one record of the server's: they share its number and its cursor, and go together. */
export type SequenceRecord = readonly Chunk[];

export interface HeldRecord {
  /** Infinity for an end without a number, which comes after everything that is numbered. */
  readonly seq: number;
  readonly record: SequenceRecord;
}

/**
 * What stands between the chunks that came out and the next ones. A value: hand it back with the next chunks.
 *
 * | record                                    | comes out                           | the window          |
 * | ----------------------------------------- | ----------------------------------- | ------------------- |
 * | not numbered, its cursor seen before      | never, unless it ends the turn      | unchanged           |
 * | not numbered                              | at once                             | remembers its cursor |
 * | not numbered, ends the turn, others held  | after them                          | held                |
 * | number below `next`, or held already      | never                               | unchanged           |
 * | number `next`                             | at once, then held ones in turn     | `next` moves on     |
 * | number above `next`                       | when the gap is closed, or released | held                |
 */
export interface SequenceWindow {
  /** The number expected; `any`: whichever comes first. */
  readonly next: number | 'any';
  /** Whether `next` is known: a server that numbers from 1 is told from one whose 0 is late only by waiting. */
  readonly sure: boolean;
  /** In order of their numbers. */
  readonly held: readonly HeldRecord[];
  readonly heldChunks: number;
  /** Characters of the held chunks as JSON: near enough to bytes for a bound. */
  readonly heldChars: number;
  /** A gap was passed over, so the message can never be complete. */
  readonly gap: boolean;
  readonly seen: CursorLog;
}

export interface SequenceLimits {
  /** Default 256. */
  readonly maxChunks: number;
  /** Default 262,144. */
  readonly maxChars: number;
}

export const defaultSequenceLimits: SequenceLimits = { maxChunks: 256, maxChars: 262_144 };

export type SequenceStep = readonly [window: SequenceWindow, ready: readonly Chunk[]];

const nothing: readonly Chunk[] = [];

/**
 * `first` is the server's first number; `undefined`: not known, 0 or 1 is taken for the start; `any`: the stream begins
 * somewhere in the middle, after a reload say.
 */
export function createSequence(first?: number | 'any'): SequenceWindow {
  return {
    next: first ?? 0,
    sure: first !== undefined,
    held: [],
    heldChunks: 0,
    heldChars: 0,
    gap: false,
    seen: emptyCursorLog,
  };
}

/**
 * Takes the chunks that one frame was read as, and gives those whose turn has come. Chunks of a frame with the same
 * number are one record; so are chunks without numbers where the frame has no more than one cursor.
 */
export function sequence(window: SequenceWindow, chunks: readonly Chunk[]): SequenceStep {
  if (chunks.length === 0) return [window, nothing];
  if (isOneRecord(chunks)) return place(window, chunks);
  let last = window;
  const ready: Chunk[] = [];
  for (const record of recordsOf(chunks)) {
    const [next, out] = place(last, record);
    last = next;
    ready.push(...out);
  }
  return [last, ready];
}

/** Gives everything that is held, in order, over whatever is missing. */
export function releaseSequence(window: SequenceWindow): SequenceStep {
  const first = window.held[0];
  if (!first) return [window, nothing];
  // Where the server counts from 1, nothing is missing before its first record.
  const missing = first.seq !== Infinity && (window.sure || first.seq > 1);
  const [rest, ready] = drain({ ...window, next: first.seq === Infinity ? window.next : first.seq, sure: true });
  const [last, others] = releaseSequence(rest);
  return [{ ...last, gap: window.gap || missing || last.gap }, [...ready, ...others]];
}

/** More is held than may be: the gap is waited for no longer. */
export function isOverfull(window: SequenceWindow, limits: SequenceLimits = defaultSequenceLimits): boolean {
  return window.heldChunks > limits.maxChunks || window.heldChars > limits.maxChars;
}

function place(window: SequenceWindow, record: SequenceRecord): SequenceStep {
  const seq = record[0]?.seq;
  const cursor = record.find((chunk) => chunk.cursor !== undefined)?.cursor;
  if (seq === undefined) {
    if (window.held.length > 0 && record.some(isTerminal)) return hold(window, Infinity, record);
    if (cursor === undefined) return [window, record];
    const seen = logCursor(window.seen, cursor);
    if (seen !== window.seen) return [{ ...window, seen }, record];
    // An end is never a repeat, because the first would have ended the turn.
    return [window, record.some(isTerminal) ? record : nothing];
  }
  const next = window.next === 'any' ? seq : window.next;
  if (seq < next || window.held.some((held) => held.seq === seq)) return [window, nothing];
  if (seq > next) return hold(window, seq, record);
  if (window.held.length === 0) return [{ ...window, next: seq + 1, sure: true }, record];
  const [last, others] = drain({ ...window, next: seq + 1, sure: true });
  return [last, [...record, ...others]];
}

function hold(window: SequenceWindow, seq: number, record: SequenceRecord): SequenceStep {
  const after = window.held.findIndex((held) => held.seq > seq);
  const at = after < 0 ? window.held.length : after;
  return [
    {
      ...window,
      held: [...window.held.slice(0, at), { seq, record }, ...window.held.slice(at)],
      heldChunks: window.heldChunks + record.length,
      heldChars: window.heldChars + sizeOf(record),
    },
    nothing,
  ];
}

/** Takes out what is held from `next` on, up to the next gap. */
function drain(window: SequenceWindow): SequenceStep {
  const ready: Chunk[] = [];
  let { next, heldChunks, heldChars } = window;
  let taken = 0;
  for (const { seq, record } of window.held) {
    if (seq !== next && seq !== Infinity) break;
    taken += 1;
    heldChunks -= record.length;
    heldChars -= sizeOf(record);
    if (seq !== Infinity) next = seq + 1;
    ready.push(...record);
  }
  return [{ ...window, next, held: window.held.slice(taken), heldChunks, heldChars }, ready];
}

/** Cuts a frame's chunks into records. */
function* recordsOf(chunks: readonly Chunk[]): Generator<SequenceRecord> {
  let start = 0;
  for (let index = 1; index <= chunks.length; index += 1) {
    const [before, chunk] = [chunks[index - 1], chunks[index]];
    if (chunk && before?.seq === chunk.seq && (chunk.seq !== undefined || before?.cursor === chunk.cursor)) continue;
    yield chunks.slice(start, index);
    start = index;
  }
}

function isOneRecord(chunks: readonly Chunk[]): boolean {
  const seq = chunks[0]?.seq;
  let cursor: string | undefined;
  for (const chunk of chunks) {
    if (chunk.seq !== seq) return false;
    if (seq !== undefined || chunk.cursor === undefined) continue;
    if (cursor !== undefined && cursor !== chunk.cursor) return false;
    cursor = chunk.cursor;
  }
  return true;
}

function sizeOf(record: SequenceRecord): number {
  return JSON.stringify(record).length;
}
