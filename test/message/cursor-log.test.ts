import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CursorLog, emptyCursorLog, logCursor } from '../../src/message/cursor-log.ts';

const logOf = (...cursors: readonly string[]): CursorLog => cursors.reduce(logCursor, emptyCursorLog);
const has = (log: CursorLog, cursor: string): boolean => logCursor(log, cursor) === log;

describe('logCursor', () => {
  it('gives the same log for a cursor that is in it, and another for one that is not', () => {
    const log = logOf('a', 'b');
    expect([has(log, 'a'), has(log, 'b'), has(log, 'c'), has(log, '')]).toEqual([true, true, false, false]);
  });

  it.each([
    ['numbers', ['0', '1', '2'], ['3', '00', '01', '1.0', ' 1', '-1', '']],
    ['numbers behind a name', ['m-8', 'm-9', 'm-10', 'm-11'], ['m-7', 'm-12', 'm-010', 'm-', 'n-9', '9', 'm-9x']],
    ['numbers with zeros before them', ['id007', 'id008', 'id009', 'id010'], ['id7', 'id0010', 'id011', 'id10']],
    ['a long number', ['1526919030474123456', '1526919030474123457'], ['1526919030474123458', '123456']],
    ['two rows of numbers', ['a1', 'a2', 'b1', 'b2', 'a3'], ['a4', 'b3', 'a0']],
    ['numbers with a hole', ['1', '2', '4', '5'], ['3', '6', '0']],
    ['a name, and numbers behind it', ['a', 'a0', 'a1'], ['a2', 'a00', '0']],
    ['numbers backwards', ['3', '2', '1'], ['4', '0']],
  ])('is exact for %s', (_, cursors, others) => {
    const log = logOf(...cursors);
    expect(cursors.filter((cursor) => !has(log, cursor))).toEqual([]);
    expect(others.filter((cursor) => has(log, cursor))).toEqual([]);
  });

  it('says the same as a set, for any cursors, and never changes a log that was given out', () => {
    const cursor = fc.oneof(
      fc.nat(30).map(String),
      fc.tuple(fc.constantFrom('a', 'a1', 'b-', '0', ''), fc.nat(12)).map(([name, number]) => `${name}${number}`),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(cursor, { maxLength: 40 }), fc.nat(40), (cursors, branchAt) => {
        const seen = new Set<string>();
        const logs = [emptyCursorLog];
        const sets = [new Set<string>()];
        let log = emptyCursorLog;
        for (const one of cursors) {
          expect(has(log, one)).toBe(seen.has(one));
          seen.add(one);
          log = logCursor(log, one);
          logs.push(log);
          sets.push(new Set(seen));
        }
        // Growing an older log leaves the newer ones as they were.
        const branch = logCursor(logs[Math.min(branchAt, cursors.length)] ?? emptyCursorLog, 'branch');
        expect(has(branch, 'branch')).toBe(true);
        logs.forEach((older, index) => {
          for (const one of cursors) expect(has(older, one)).toBe(sets[index]?.has(one));
          expect(has(older, 'branch')).toBe(false);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('holds no more for cursors that count up than for one', () => {
    let log = emptyCursorLog;
    for (let index = 0; index < 1_000; index += 1) log = logCursor(log, `0a1b-${index}`);
    expect(log.positions.size).toBe(0);
    expect([has(log, '0a1b-0'), has(log, '0a1b-999'), has(log, '0a1b-1000')]).toEqual([true, true, false]);
  });
});
