import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoder } from '../../src/wire/decoder.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { byteByByte, cutAt, everyTwoParts, framesOf, utf8 } from '../support/split.ts';

const message = (data: string): Frame => ({ kind: 'message', event: 'message', data, id: undefined });

describe.each(['ndjson', 'lines'] as const)('createDecoder, of %s', (framing) => {
  it.each([
    ['nothing', '', []],
    ['one line', '{"a":1}\n', ['{"a":1}']],
    ['several lines', '1\n2\n3\n', ['1', '2', '3']],
    ['a last line without an ending', '1\n{"done":true}', ['1', '{"done":true}']],
    ['CRLF', '1\r\n2\r\n3', ['1', '2', '3']],
    ['a CR inside a line', 'a\rb\n', ['a\rb']],
    ['a CR at the end of the stream', '1\n2\r', ['1', '2']],
    ['spaces around a value', ' 1 \n', [' 1 ']],
    ['one byte order mark', '\uFEFF1\n', ['1']],
    ['a byte order mark in the text', '1\n\uFEFF2\n', ['1', '\uFEFF2']],
    ['characters of several bytes', '"é字😀"\n"👩‍👩‍👧"', ['"é字😀"', '"👩‍👩‍👧"']],
  ])('reads %s, however it is cut', (_, text, lines) => {
    const bytes = utf8(text);
    const expected = lines.map(message);
    expect(framesOf(framing, [bytes])).toEqual(expected);
    expect(framesOf(framing, byteByByte(bytes))).toEqual(expected);
    for (const pieces of everyTwoParts(bytes)) expect(framesOf(framing, pieces)).toEqual(expected);
  });

  it('gives the same frames however the bytes are cut', () => {
    const text = fc
      .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '\r\n', '\r', '\uFEFF')))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(1000), { maxLength: 8 }), (joined, cuts) => {
        const bytes = utf8(joined);
        const positions = cuts.map((cut) => cut % (bytes.length + 1));
        expect(framesOf(framing, cutAt(bytes, positions))).toEqual(framesOf(framing, [bytes]));
      }),
      { numRuns: 300 },
    );
  });

  it('throws buffer-exceeded for a line past the bound, after the lines before it', () => {
    const bytes = utf8(`ok\n${'x'.repeat(11)}\n`);
    for (const pieces of [[bytes], byteByByte(bytes), ...everyTwoParts(bytes)]) {
      const text = new TextDecoder();
      const decoder = createDecoder(framing, { maxFrameChars: 10 });
      const frames: Frame[] = [];
      const pushAll = (): void => {
        for (const piece of pieces) decoder.push(text.decode(piece, { stream: true }), frames);
      };
      expect(pushAll).toThrow(expect.objectContaining({ code: 'buffer-exceeded' }));
      expect(frames).toEqual([message('ok')]);
      expect(() => decoder.end(frames)).toThrow(expect.objectContaining({ code: 'buffer-exceeded' }));
    }
  });

  it('accepts a line of exactly the bound, whatever its ending', () => {
    for (const ending of ['\n', '\r\n', '']) {
      const bytes = utf8('x'.repeat(10) + ending);
      for (const pieces of everyTwoParts(bytes)) {
        expect(framesOf(framing, pieces, { maxFrameChars: 10 })).toEqual([message('x'.repeat(10))]);
      }
    }
  });

  it('reads a line of 4 MB byte by byte', () => {
    const text = 'x'.repeat(4 * 1024 * 1024);
    const [frame] = framesOf(framing, byteByByte(utf8(text)));
    expect(frame?.kind === 'message' && frame.data === text).toBe(true);
  });
});

describe('blank lines', () => {
  it('are skipped in NDJSON', () => {
    expect(framesOf('ndjson', [utf8('\n1\n\n  \n\r\n2\n\n')])).toEqual([message('1'), message('2')]);
  });
  it('are messages in lines', () => {
    expect(framesOf('lines', [utf8('a\n\nb\n')])).toEqual([message('a'), message(''), message('b')]);
  });
});
