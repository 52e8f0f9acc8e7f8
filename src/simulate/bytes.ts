// Turns the records of an answer into the bytes of a body, in the pieces they will be written in.
import type { Random } from './random.ts';

/** One write. */
export interface Piece {
  /** How long after the write before it. */
  readonly afterMs: number;
  readonly bytes: Uint8Array;
  /** The newest record of the answer that is out once this has been written; absent where none was completed. */
  readonly upTo: number | undefined;
}

/**
 * How a body is cut into writes: one record each; pieces of `size` bytes; pieces of 1 to `size` bytes; a cut inside
 * every character of more than one byte; or everything in one write, as a proxy does that waits for the end.
 */
export type Chunking =
  | { readonly by: 'record' }
  | { readonly by: 'bytes'; readonly size: number }
  | { readonly by: 'random'; readonly size: number }
  | { readonly by: 'split-utf8' }
  | { readonly by: 'whole' };

export function* chunkBytes(pieces: Iterable<Piece>, chunking: Chunking, random: Random): Iterable<Piece> {
  switch (chunking.by) {
    case 'record':
      yield* pieces;
      return;
    case 'split-utf8':
      for (const piece of pieces) yield* splitCharacters(piece);
      return;
    case 'bytes':
      yield* regroup(pieces, () => chunking.size);
      return;
    case 'random':
      yield* regroup(pieces, () => 1 + random.below(chunking.size));
      return;
    case 'whole':
      yield* regroup(pieces, () => Infinity);
  }
}

/** Holds bytes back until a piece is full, as a buffer on the way would. */
function* regroup(pieces: Iterable<Piece>, nextSize: () => number): Iterable<Piece> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let afterMs = 0;
  let upTo: number | undefined;
  let size = nextSize();
  for (const piece of pieces) {
    afterMs += piece.afterMs;
    let rest = piece.bytes;
    while (heldBytes + rest.length >= size) {
      const taken = size - heldBytes;
      const completes = taken === rest.length ? piece.upTo : undefined;
      yield { afterMs, bytes: joinBytes([...held, rest.subarray(0, taken)]), upTo: completes ?? upTo };
      rest = rest.subarray(taken);
      held = [];
      heldBytes = 0;
      afterMs = 0;
      upTo = undefined;
      size = nextSize();
      if (rest.length === 0) break;
    }
    if (rest.length === 0) continue;
    held.push(rest);
    heldBytes += rest.length;
    upTo = piece.upTo ?? upTo;
  }
  if (heldBytes > 0) yield { afterMs, bytes: joinBytes(held), upTo };
}

function* splitCharacters(piece: Piece): Iterable<Piece> {
  let start = 0;
  for (let index = 1; index < piece.bytes.length; index += 1) {
    // A cut after the first byte of a character: before a continuation byte that follows a leading one.
    const continues = ((piece.bytes[index] ?? 0) & 0xc0) === 0x80;
    const follows = ((piece.bytes[index - 1] ?? 0) & 0xc0) === 0xc0;
    if (!continues || !follows) continue;
    yield { afterMs: start === 0 ? piece.afterMs : 0, bytes: piece.bytes.subarray(start, index), upTo: undefined };
    start = index;
  }
  yield { afterMs: start === 0 ? piece.afterMs : 0, bytes: piece.bytes.subarray(start), upTo: piece.upTo };
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
