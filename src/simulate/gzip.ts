// Wraps a body in gzip without compressing it: stored blocks, each complete with the write it belongs to. A
// CompressionStream would hold text back until its window is full and give other bytes on another machine.
import { joinBytes, type Piece } from './bytes.ts';

const storedMost = 0xffff;

/** The same pieces, readable at once by anything that inflates as it reads. */
export function* gzipPieces(pieces: Iterable<Piece>): Iterable<Piece> {
  const table = crcTable();
  let crc = 0xffff_ffff;
  let length = 0;
  yield { afterMs: 0, bytes: Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff), upTo: undefined };
  for (const piece of pieces) {
    for (const byte of piece.bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
    length = (length + piece.bytes.length) >>> 0;
    for (let start = 0; start < piece.bytes.length; start += storedMost) {
      const block = piece.bytes.subarray(start, start + storedMost);
      const last = start + storedMost >= piece.bytes.length;
      yield { afterMs: start === 0 ? piece.afterMs : 0, bytes: stored(block), upTo: last ? piece.upTo : undefined };
    }
  }
  const end = new Uint8Array(13);
  end.set([1, 0, 0, 0xff, 0xff]);
  const view = new DataView(end.buffer);
  view.setUint32(5, (crc ^ 0xffff_ffff) >>> 0, true);
  view.setUint32(9, length, true);
  yield { afterMs: 0, bytes: end, upTo: undefined };
}

function stored(block: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(5 + block.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(1, block.length, true);
  view.setUint16(3, ~block.length & 0xffff, true);
  bytes.set(block, 5);
  return bytes;
}

function crcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
}

/** One complete gzip file. */
export function packGzip(bytes: Uint8Array): Uint8Array {
  return joinBytes([...gzipPieces([{ afterMs: 0, bytes, upTo: undefined }])].map((piece) => piece.bytes));
}
