import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoder } from '../../src/wire/decoder.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { byteByByte, cutAt, everyTwoParts, framesOf, utf8 } from '../support/split.ts';

interface Case {
  readonly name: string;
  readonly input: string | Uint8Array;
  readonly frames: readonly Frame[];
}

const message = (data: string | null, event = 'message', id?: string): Frame => ({ kind: 'message', event, data, id });
/** A record whose id is that of an earlier one. */
const heir = (data: string | null, id: string, event = 'message'): Frame => ({
  kind: 'message',
  event,
  data,
  id,
  inheritsId: true,
});
const comment = (text: string): Frame => ({ kind: 'comment', text });
const retry = (ms: number): Frame => ({ kind: 'retry', ms });

const bom = '\uFEFF';
const nul = '\u0000';

/** The event stream format of the HTML standard, one rule a case. */
const cases: readonly Case[] = [
  // Records
  { name: 'an empty stream has no frame', input: '', frames: [] },
  { name: 'one data line and a blank line', input: 'data: a\n\n', frames: [message('a')] },
  { name: 'two records', input: 'data: a\n\ndata: b\n\n', frames: [message('a'), message('b')] },
  { name: 'blank lines alone', input: '\n\n\n\n', frames: [] },
  {
    name: 'several blank lines between records',
    input: 'data: a\n\n\n\ndata: b\n\n',
    frames: [message('a'), message('b')],
  },
  { name: 'an unfinished record at the end is discarded', input: 'data: a\n\ndata: b\n', frames: [message('a')] },
  { name: 'an unfinished line at the end is discarded', input: 'data: a\n\ndata: b', frames: [message('a')] },
  { name: 'a stream that ends inside a field name', input: 'data: a\n\nda', frames: [message('a')] },
  { name: 'an unfinished name at the end is discarded', input: 'event: a\n', frames: [] },

  // Data
  { name: 'several data lines are joined by LF', input: 'data: a\ndata: b\ndata: c\n\n', frames: [message('a\nb\nc')] },
  { name: 'an empty data line is a record', input: 'data:\n\n', frames: [message('')] },
  { name: 'a data line of one space is empty', input: 'data: \n\n', frames: [message('')] },
  { name: 'two empty data lines are one LF', input: 'data:\ndata:\n\n', frames: [message('\n')] },
  { name: 'an empty data line before text', input: 'data:\ndata: a\n\n', frames: [message('\na')] },
  { name: 'an empty data line after text', input: 'data: a\ndata:\n\n', frames: [message('a\n')] },
  { name: 'only the first space is removed', input: 'data:  a \n\n', frames: [message(' a ')] },
  { name: 'a tab is not a space', input: 'data:\ta\n\n', frames: [message('\ta')] },
  { name: 'no space after the colon', input: 'data:a\n\n', frames: [message('a')] },
  { name: 'colons in the value', input: 'data: a: b:c\n\n', frames: [message('a: b:c')] },
  { name: 'a value that looks like a field', input: 'data:data: event: a\n\n', frames: [message('data: event: a')] },
  { name: 'NUL in data is kept', input: `data: a${nul}b\n\n`, frames: [message(`a${nul}b`)] },
  {
    name: 'JSON data',
    input: 'data: {"event":"x","text":"a\\nb"}\n\n',
    frames: [message('{"event":"x","text":"a\\nb"}')],
  },

  // Fields without a colon
  { name: 'data without a colon is an empty line', input: 'data\n\n', frames: [message('')] },
  { name: 'data without a colon, twice', input: 'data\ndata\n\n', frames: [message('\n')] },
  { name: 'data without a colon after text', input: 'data: a\ndata\n\n', frames: [message('a\n')] },
  { name: 'event without a colon takes the name away', input: 'event: a\nevent\ndata: b\n\n', frames: [message('b')] },
  {
    name: 'id without a colon takes the id away',
    input: 'id: 1\ndata: a\n\nid\ndata: b\n\n',
    frames: [message('a', 'message', '1'), message('b')],
  },
  { name: 'retry without a colon is ignored', input: 'retry\ndata: a\n\n', frames: [message('a')] },

  // Field names
  { name: 'unknown fields are ignored', input: 'foo: bar\ndata: a\nfoo\n\n', frames: [message('a')] },
  { name: 'field names are case-sensitive', input: 'DATA: a\nData: b\nEvent: c\ndata: d\n\n', frames: [message('d')] },
  { name: 'a space before the field name makes it unknown', input: ' data: a\ndata: b\n\n', frames: [message('b')] },
  { name: 'a space before the colon makes it unknown', input: 'data : a\ndata: b\n\n', frames: [message('b')] },
  {
    name: 'names that begin like fields',
    input: 'database: a\nevents: b\nids: c\nretrying: 1\ndata: d\n\n',
    frames: [message('d')],
  },
  { name: 'a line of one letter', input: 'd\ne\ni\nr\nx\ndata: a\n\n', frames: [message('a')] },

  // Names
  { name: 'a name', input: 'event: add\ndata: a\n\n', frames: [message('a', 'add')] },
  { name: 'a name without a space', input: 'event:add\ndata:a\n\n', frames: [message('a', 'add')] },
  { name: 'a name after the data', input: 'data: a\nevent: add\n\n', frames: [message('a', 'add')] },
  { name: 'a name between data lines', input: 'data: a\nevent: add\ndata: b\n\n', frames: [message('a\nb', 'add')] },
  { name: 'a name after an empty data line', input: 'data\nevent: add\n\n', frames: [message('', 'add')] },
  { name: 'the last name wins', input: 'event: a\nevent: b\ndata: c\n\n', frames: [message('c', 'b')] },
  { name: 'an empty name is none', input: 'event:\ndata: a\n\n', frames: [message('a')] },
  {
    name: 'a name holds for one record',
    input: 'event: add\ndata: a\n\ndata: b\n\n',
    frames: [message('a', 'add'), message('b')],
  },
  {
    name: 'a name without data is a frame without data',
    input: 'event: add\n\ndata: a\n\n',
    frames: [message(null, 'add'), message('a')],
  },
  {
    name: 'names without data in a row',
    input: 'event: a\n\nevent: b\n\n\nevent: c\n\n',
    frames: [message(null, 'a'), message(null, 'b'), message(null, 'c')],
  },
  {
    name: 'a name without data, other fields around it',
    input: 'id: 1\nevent: add\nfoo\n: c\n\n',
    frames: [comment('c'), message(null, 'add', '1')],
  },
  {
    name: 'a name without data, then the same with data',
    input: 'event: a\nid: 1\n\nevent: a\nid: 2\ndata: b\n\n',
    frames: [message(null, 'a', '1'), message('b', 'a', '2')],
  },
  { name: 'an empty name without data', input: 'event\n\nevent:\n\ndata: a\n\n', frames: [message('a')] },
  { name: 'a name taken away again, without data', input: 'event: a\nevent:\n\n', frames: [] },

  // Ids
  { name: 'an id', input: 'id: 1\ndata: a\n\n', frames: [message('a', 'message', '1')] },
  { name: 'an id after the data', input: 'data: a\nid: 1\n\n', frames: [message('a', 'message', '1')] },
  {
    name: 'an id is kept by the records after it',
    input: 'id: 1\ndata: a\n\ndata: b\n\ndata: c\n\n',
    frames: [message('a', 'message', '1'), heir('b', '1'), heir('c', '1')],
  },
  {
    name: 'a name without data inherits an id too',
    input: 'id: 1\ndata: a\n\nevent: b\n\n',
    frames: [message('a', 'message', '1'), heir(null, '1', 'b')],
  },
  {
    name: 'an id that is repeated is the own one of each record',
    input: 'id: 1\ndata: a\n\nid: 1\ndata: b\n\n',
    frames: [message('a', 'message', '1'), message('b', 'message', '1')],
  },
  { name: 'an id without data is kept', input: 'id: 1\n\ndata: a\n\n', frames: [heir('a', '1')] },
  { name: 'the last id wins', input: 'id: 1\nid: 2\ndata: a\n\n', frames: [message('a', 'message', '2')] },
  {
    name: 'an empty id takes it away',
    input: 'id: 1\ndata: a\n\nid:\ndata: b\n\ndata: c\n\n',
    frames: [message('a', 'message', '1'), message('b'), message('c')],
  },
  {
    name: 'an id with NUL is ignored',
    input: `id: 1\ndata: a\n\nid: 2${nul}\ndata: b\n\n`,
    frames: [message('a', 'message', '1'), heir('b', '1')],
  },
  {
    name: 'an id with NUL after a good one',
    input: `id: 1\nid: ${nul}\ndata: a\n\n`,
    frames: [message('a', 'message', '1')],
  },
  { name: 'an id of spaces', input: 'id:  1 \ndata: a\n\n', frames: [message('a', 'message', ' 1 ')] },
  {
    name: 'an id of an unfinished record changes nothing',
    input: 'id: 1\ndata: a\n\nid: 2\n',
    frames: [message('a', 'message', '1')],
  },

  // Comments
  { name: 'a comment', input: ': ping\n\n', frames: [comment('ping')] },
  { name: 'an empty comment', input: ':\n', frames: [comment('')] },
  {
    name: 'a comment inside a record',
    input: 'data: a\n:keep\ndata: b\n\n',
    frames: [comment('keep'), message('a\nb')],
  },
  { name: 'a comment that looks like a field', input: ':data: a\n\n', frames: [comment('data: a')] },
  { name: 'a comment loses one space', input: ':  a\n', frames: [comment(' a')] },

  // Retry
  { name: 'a retry', input: 'retry: 3000\n\n', frames: [retry(3000)] },
  { name: 'a retry of zero', input: 'retry:0\n', frames: [retry(0)] },
  { name: 'a retry with leading zeros', input: 'retry: 007\n', frames: [retry(7)] },
  { name: 'a retry within a record', input: 'data: a\nretry: 5\n\n', frames: [retry(5), message('a')] },
  {
    name: 'a bogus retry is ignored',
    input: 'retry: 1000x\nretry: -1\nretry: 1.5\nretry: \nretry: 1e3\nretry:  5\nretry: 5 \nretry: ٣\ndata: a\n\n',
    frames: [message('a')],
  },

  // Line endings
  { name: 'CR', input: 'data: a\rdata: b\r\rdata: c\r\r', frames: [message('a\nb'), message('c')] },
  { name: 'CRLF', input: 'data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n', frames: [message('a\nb'), message('c')] },
  {
    name: 'endings mixed',
    input: 'data: a\ndata: b\rdata: c\r\n\ndata: d\r\n\rdata: e\r\r\n',
    frames: [message('a\nb\nc'), message('d'), message('e')],
  },
  { name: 'LF CR is two endings', input: 'data: a\n\rdata: b\n\r', frames: [message('a'), message('b')] },
  { name: 'CR CR LF is a blank line', input: 'data: a\r\r\ndata: b\r\r\n', frames: [message('a'), message('b')] },
  {
    name: 'CRLF with names',
    input: 'event: a\r\ndata: b\r\n\r\nevent: c\r\n\r\nevent: d\r\nid: 1\r\ndata: e\r\n\r\n',
    frames: [message('b', 'a'), message(null, 'c'), message('e', 'd', '1')],
  },
  {
    name: 'CR with names',
    input: 'event: a\rdata: b\r\revent: c\r\revent: d\rid: 1\rdata: e\r\r',
    frames: [message('b', 'a'), message(null, 'c'), message('e', 'd', '1')],
  },
  {
    name: 'names without data, endings mixed',
    input: 'event: a\r\n\nevent: b\n\r\nevent: c\r\r\nevent: d\r\n\revent: e\n\r',
    frames: ['a', 'b', 'c', 'd', 'e'].map((name) => message(null, name)),
  },
  {
    name: 'other line separators are text',
    input: 'data: a\u2028b\u0085c\u000Bd\u000Ce\n\n',
    frames: [message('a\u2028b\u0085c\u000Bd\u000Ce')],
  },

  // Encoding
  { name: 'a byte order mark is removed', input: `${bom}data: a\n\n`, frames: [message('a')] },
  {
    name: 'a second byte order mark belongs to the field name',
    input: `${bom}${bom}data: a\n\ndata: b\n\n`,
    frames: [message('b')],
  },
  {
    name: 'a byte order mark later in the stream is text',
    input: `data: ${bom}a\n\n${bom}data: b\n\n`,
    frames: [message(`${bom}a`)],
  },
  { name: 'a byte order mark before a name without data', input: `${bom}event: a\n\n`, frames: [message(null, 'a')] },
  { name: 'the letters of a byte order mark are not one', input: 'ï»¿data: a\n\ndata: b\n\n', frames: [message('b')] },
  { name: 'a byte order mark alone', input: bom, frames: [] },
  {
    name: 'characters of two, three and four bytes',
    input: 'event: é\ndata: ß字😀\nid: 日\n\n: ñ\n',
    frames: [message('ß字😀', 'é', '日'), comment('ñ')],
  },
  { name: 'combined characters', input: 'data: 👩‍👩‍👧‍👦 e\u0301\n\n', frames: [message('👩‍👩‍👧‍👦 e\u0301')] },
  {
    name: 'bytes that are no UTF-8',
    input: Uint8Array.of(...utf8('data: a'), 0xff, 0xc3, ...utf8('b\n\n')),
    frames: [message('a\uFFFD\uFFFDb')],
  },
  {
    name: 'a character cut by the end of the line',
    input: Uint8Array.of(...utf8('data: '), 0xe5, 0xad, ...utf8('\n\n')),
    frames: [message('\uFFFD')],
  },

  // The examples of the standard
  {
    name: "the standard's stock ticker",
    input: 'data: YHOO\ndata: +2\ndata: 10\n\n',
    frames: [message('YHOO\n+2\n10')],
  },
  {
    name: "the standard's four blocks",
    input: ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
    frames: [
      comment('test stream'),
      message('first event', 'message', '1'),
      message('second event'),
      message(' third event'),
    ],
  },
  { name: "the standard's empty records", input: 'data\n\ndata\ndata\n\ndata:', frames: [message(''), message('\n')] },
  {
    name: "the standard's identical records",
    input: 'data:test\n\ndata: test\n\n',
    frames: [message('test'), message('test')],
  },
];

const bytesOf = ({ input }: Case): Uint8Array => (typeof input === 'string' ? utf8(input) : input);

describe('SSE, as the standard has it', () => {
  describe.each(cases)('$name', (one) => {
    it('whole', () => {
      expect(framesOf('sse', [bytesOf(one)])).toEqual(one.frames);
    });
    it('byte by byte', () => {
      expect(framesOf('sse', byteByByte(bytesOf(one)))).toEqual(one.frames);
    });
    it('at every two-part split', () => {
      for (const pieces of everyTwoParts(bytesOf(one))) expect(framesOf('sse', pieces)).toEqual(one.frames);
    });
  });

  describe('a line of 4 MB', () => {
    const text = 'x字'.repeat(1024 * 1024);
    const bytes = utf8(`data: a\n\nevent: big\ndata: ${text}\n\ndata: b\n\n`);
    const matches = (frames: readonly Frame[]): void => {
      expect(frames.length).toBe(3);
      const [, big] = frames;
      expect(big?.kind === 'message' && big.event === 'big' && big.data === text).toBe(true);
    };

    it('whole', () => matches(framesOf('sse', [bytes])));
    it('byte by byte', () => matches(framesOf('sse', byteByByte(bytes))));
    it('in pieces of 1,448 bytes', () => {
      const edges = Array.from({ length: Math.floor(bytes.length / 1448) }, (_, index) => (index + 1) * 1448);
      matches(framesOf('sse', cutAt(bytes, edges)));
    });
    it('at two-part splits around every field and along the line', () => {
      const near = Array.from({ length: 40 }, (_, index) => [index, bytes.length - index]).flat();
      const along = Array.from({ length: 20 }, (_, index) => 40 + index * 209_713);
      for (const at of [...near, ...along]) matches(framesOf('sse', cutAt(bytes, [at])));
    });
  });
});

/** Streams of well and badly formed lines, some too long to be kept back and read again. */
const value = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.nat(3000).map((length) => 'x字'.repeat(length)) },
);
const line = fc.oneof(
  fc.constantFrom('data', 'event', 'event:', 'event: ping', 'id', 'id: 7', 'retry: 10', 'retry: x', ':', ': hi'),
  fc.constantFrom('eventual: 1', 'da', '', `id: ${nul}`, `${bom}data: a`),
  fc
    .tuple(fc.constantFrom('data: ', 'data: ', 'data:', 'event: ', 'id:', ':', 'foo: ', ''), value)
    .map(([field, text]) => field + text.replace(/[\r\n]/g, '')),
);
const ending = fc.constantFrom('\n', '\n', '\n\n', '\r\n', '\r\n\r\n', '\r', '\n\r', '\r\r\n');
const stream = fc
  .tuple(fc.constantFrom('', bom, bom + bom), fc.array(fc.tuple(line, ending), { maxLength: 24 }))
  .map(([start, lines]) => start + lines.flat().join(''));

/** The standard's algorithm word by word, over the whole text at once, with our frames for what it drops or keeps apart. */
function interpret(text: string): Frame[] {
  const frames: Frame[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  let [event, data, idBuffer, id, ownId]: [string, string[], string, string, boolean] = ['', [], '', '', false];
  for (const each of lines.slice(0, -1)) {
    if (each === '') {
      id = idBuffer;
      const made = (text: string | null, name: string) => {
        frames.push(ownId || id === '' ? message(text, name, id || undefined) : heir(text, id, name));
      };
      if (data.length > 0) made(data.join('\n'), event || 'message');
      else if (event !== '') made(null, event);
      [event, data, ownId] = ['', [], false];
      continue;
    }
    const colon = each.indexOf(':');
    const field = colon === -1 ? each : each.slice(0, colon);
    const rest = colon === -1 ? '' : each.slice(colon + 1).replace(/^ /, '');
    if (colon === 0) frames.push(comment(rest));
    else if (field === 'event') event = rest;
    else if (field === 'data') data.push(rest);
    else if (field === 'id' && !rest.includes(nul)) [idBuffer, ownId] = [rest, true];
    else if (field === 'retry' && /^[0-9]+$/.test(rest)) frames.push(retry(Number(rest)));
  }
  return frames;
}

describe('createDecoder, of SSE', () => {
  it("gives the frames of the standard's algorithm, however the bytes are cut", () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (text, cuts) => {
        const bytes = utf8(text);
        const positions = cuts.map((cut) => cut % (bytes.length + 1));
        const frames = interpret(text);
        expect(framesOf('sse', [bytes])).toEqual(frames);
        expect(framesOf('sse', cutAt(bytes, positions))).toEqual(frames);
        expect(framesOf('sse', byteByByte(bytes))).toEqual(frames);
      }),
      { numRuns: 1000 },
    );
  });

  it('surfaces every record that carries data or a name', () => {
    const field = fc.constantFrom('data: x', 'data', 'event: n', 'id: 1', ': c', 'foo', 'retry: 1');
    const records = fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
    fc.assert(
      fc.property(records, fc.constantFrom('\n', '\r', '\r\n'), (lists, ending) => {
        const text = lists.map((lines) => lines.map((each) => each + ending).join('') + ending).join('');
        const expected = lists.flatMap((lines): { event: string; data: string | null }[] => {
          const data = lines.filter((each) => each.startsWith('data')).map((each) => each.slice(6));
          const event = lines.includes('event: n') ? 'n' : undefined;
          if (data.length > 0) return [{ event: event ?? 'message', data: data.join('\n') }];
          return event === undefined ? [] : [{ event, data: null }];
        });
        const frames = framesOf('sse', [utf8(text)]).flatMap((each) =>
          each.kind === 'message' ? [{ event: each.event, data: each.data }] : [],
        );
        expect(frames).toEqual(expected);
      }),
    );
  });

  describe('when a record outgrows the bound', () => {
    const limits = { maxFrameChars: 100 };
    const record = (chars: number): string => `data: ${'x'.repeat(chars)}\n\n`;
    const several = (lines: number): string => `${'data: 123456789\n'.repeat(lines)}\n`;

    it('accepts a record of exactly the bound', () => {
      for (const pieces of [[utf8(record(100))], byteByByte(utf8(record(100)))]) {
        expect(framesOf('sse', pieces, limits)).toEqual([message('x'.repeat(100))]);
      }
    });

    it.each([
      ['one line', record(101)],
      ['one line, much too long', record(1000)],
      ['many lines', several(12)],
      ['a line that never ends', `data: ${'x'.repeat(1000)}`],
      ['a record that never ends', 'data: 123456789\n'.repeat(50)],
      ['a comment', `: ${'x'.repeat(1000)}\n`],
      ['a name that never ends', `event: ${'x'.repeat(1000)}`],
      ['a record whose name comes last', `data: ${'x'.repeat(101)}\nevent: a\n\n`],
    ])('throws buffer-exceeded after the frames before it: %s', (_, tooLarge) => {
      const bytes = utf8(`data: a\n\n${tooLarge}`);
      for (const pieces of [[bytes], byteByByte(bytes), cutAt(bytes, [30]), cutAt(bytes, [9, 50])]) {
        const text = new TextDecoder();
        const decoder = createDecoder('sse', limits);
        const frames: Frame[] = [];
        const pushAll = (): void => {
          for (const piece of pieces) decoder.push(text.decode(piece, { stream: true }), frames);
        };
        expect(pushAll).toThrow(expect.objectContaining({ code: 'buffer-exceeded' }));
        expect(frames).toEqual([message('a')]);
        expect(() => decoder.push('data: b\n\n', frames)).toThrow(expect.objectContaining({ code: 'buffer-exceeded' }));
        expect(() => decoder.end(frames)).toThrow(expect.objectContaining({ code: 'buffer-exceeded' }));
        expect(frames).toEqual([message('a')]);
      }
    });

    it('does not count what is already handed over', () => {
      const bytes = utf8(record(60).repeat(1000) + ': ping\n'.repeat(1000));
      expect(framesOf('sse', [bytes], limits).length).toBe(2000);
      expect(framesOf('sse', byteByByte(bytes), limits).length).toBe(2000);
    });
  });
});
