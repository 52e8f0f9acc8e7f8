import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPartialJson } from '../../src/message/partial-json.ts';

function readOf(...pieces: readonly string[]): unknown {
  const json = createPartialJson();
  for (const piece of pieces) json.push(piece);
  return json.read();
}

describe('createPartialJson', () => {
  it('shows strings and numbers as far as they came, and lists and objects as far as they are filled', () => {
    expect(readOf('{"city":"Par')).toEqual({ city: 'Par' });
    expect(readOf('{"n":12')).toEqual({ n: 12 });
    expect(readOf('{"list":[1,{"a":true},"x')).toEqual({ list: [1, { a: true }, 'x'] });
  });

  it('shows nothing before there is something', () => {
    expect(readOf('')).toBeUndefined();
    expect(readOf('  ')).toBeUndefined();
    expect(readOf('tru')).toBeUndefined();
    expect(readOf('{')).toEqual({});
  });

  it('leaves out a name without a value, a half word, a half number and a half escape', () => {
    expect(readOf('{"a":1,"na')).toEqual({ a: 1 });
    expect(readOf('{"a":1,"name":')).toEqual({ a: 1 });
    expect(readOf('{"a":fal')).toEqual({});
    expect(readOf('[1,-')).toEqual([1]);
    expect(readOf('["a\\u00')).toEqual(['a']);
  });

  it('joins escapes and surrogate pairs that were cut', () => {
    expect(readOf('["\\', 'n\\u', '00e', '9\\ud83c', '\\udf24"')).toEqual(['\né🌤']);
  });

  it('keeps what stands before a syntax error', () => {
    expect(readOf('{"a":1,}', '"b":2}')).toEqual({ a: 1 });
    expect(readOf('SELECT * FROM users')).toBeUndefined();
    expect(readOf('[1] 2')).toEqual([1]);
    expect(readOf('{"a":1]')).toEqual({ a: 1 });
  });

  it('reads a name like any other, also one that means something to JavaScript', () => {
    const value = readOf('{"__proto__":{"x":1},"a":1') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'a']);
    expect(value).not.toHaveProperty('x');
  });

  it('never changes a value that was handed out', () => {
    const json = createPartialJson();
    json.push('{"done":{"a":1},"list":[1');
    const early = json.read() as { done: object };
    json.push(',2');
    const late = json.read() as { done: object };
    expect(early).toEqual({ done: { a: 1 }, list: [1] });
    expect(late).toEqual({ done: { a: 1 }, list: [1, 2] });
    expect(late.done).toBe(early.done);
  });

  it('reads any value as JSON.parse does, however its text is cut', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), fc.nat(7), (value, indent, size) => {
        const text = JSON.stringify(value, null, indent);
        const json = createPartialJson();
        for (let at = 0; at < text.length; at += size + 1) {
          json.push(text.slice(at, at + size + 1));
          json.read();
        }
        expect(json.end()).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'{}[],:"\\u0aef1-.trunl ') })), (pieces) => {
        const json = createPartialJson();
        for (const piece of pieces) {
          json.push(piece);
          json.read();
        }
        json.end();
      }),
    );
  });

  describe('the work, with the value read after each character', () => {
    const workOf = (text: string): number => {
      const json = createPartialJson();
      for (const char of text) {
        json.push(char);
        json.read();
      }
      expect(json.end()).toEqual(JSON.parse(text));
      return json.work;
    };

    it.each([
      ['a long string', (n: number) => JSON.stringify({ text: 'x'.repeat(n) })],
      ['a long list', (n: number) => JSON.stringify(Array.from({ length: n }, (_, index) => index))],
      [
        'an object of many names',
        (n: number) => JSON.stringify(Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, '']))),
      ],
      ['a list in a list in a list', (n: number) => JSON.stringify([[Array.from({ length: n }, () => ({ a: [] }))]])],
      ['deep nesting', (n: number) => '['.repeat(n / 5) + ']'.repeat(n / 5)],
    ])('is linear for %s', (_, make) => {
      const short = make(1_000);
      const long = make(10_000);
      expect(workOf(long) / long.length).toBeLessThan(1.2 * (workOf(short) / short.length));
      expect(workOf(long)).toBeLessThan(10 * long.length);
    });

    it('leaves a long list behind by an eighth at most', () => {
      const json = createPartialJson();
      for (let n = 0; n < 2_000; n += 1) {
        json.push(n === 0 ? '[0' : ',0');
        const shown = json.read() as unknown[];
        expect(shown.length).toBeGreaterThanOrEqual(Math.floor((n + 1) * (7 / 8)) - 1);
      }
    });
  });
});
