// Bytes in pieces: the ways a network may cut a stream.
import { createDecoder, type DecoderLimits } from '../../src/wire/decoder.ts';
import type { Frame, TextFraming } from '../../src/wire/frame.ts';

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The pieces between the given positions. */
export function cutAt(bytes: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const edges = [0, ...[...positions].sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}

/** One after the other as they are asked for: millions of them at once would be gigabytes. */
export function* byteByByte(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
}

/** Every way to cut in two, an empty piece at either end included. */
export function* everyTwoParts(bytes: Uint8Array): Generator<Uint8Array[]> {
  for (let at = 0; at <= bytes.length; at++) yield cutAt(bytes, [at]);
}

/** The frames of a connection that delivered these pieces and ended. */
export function framesOf(framing: TextFraming, pieces: Iterable<Uint8Array>, limits?: DecoderLimits): Frame[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true });
  const decoder = createDecoder(framing, limits);
  const frames: Frame[] = [];
  for (const piece of pieces) decoder.push(text.decode(piece, { stream: true }), frames);
  decoder.push(text.decode(), frames);
  decoder.end(frames);
  return frames;
}
