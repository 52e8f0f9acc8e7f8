import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGrouper } from '../../../src/components/message-list/group-messages.ts';
import { text } from '../../support/messages.ts';

const named = (id: string) => text(id, { id });

describe('createGrouper', () => {
  it('cuts a thread into runs that, put together, are the thread', () => {
    const messages = Array.from({ length: 100 }, (_, index) => named(`m${index}`));
    const groups = createGrouper()(messages);
    expect(groups.flatMap((group) => group.messages)).toEqual(messages);
    expect(groups.map((group) => group.after)).toEqual([68, 36, 4, 0]);
  });

  it('keeps every run but the last when the last message changes', () => {
    const group = createGrouper();
    const messages = Array.from({ length: 100 }, (_, index) => named(`m${index}`));
    const before = group(messages);
    const after = group([...messages.slice(0, -1), named('m99')]);
    expect(after.map((run, index) => run.messages === before[index]?.messages)).toEqual([true, true, true, false]);
  });

  it('gives the same answer for the same thread, by identity', () => {
    const group = createGrouper();
    const messages = [named('a'), named('b')];
    expect(group(messages)).toBe(group(messages));
  });

  it('never loses, doubles or moves a message, and keeps its run while others come at the ends', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 90 }) }),
      fc.record({ kind: fc.constant('prepend' as const), count: fc.integer({ min: 1, max: 90 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const group = createGrouper();
        let next = 0;
        let messages = [named('first')];
        let runOf = new Map<string, string>();
        group(messages);
        for (const { kind, count } of steps) {
          const more = Array.from({ length: count }, () => named(`n${(next += 1)}`));
          messages = kind === 'append' ? [...messages, ...more] : [...more, ...messages];
          const runs = group(messages);
          expect(runs.flatMap((run) => run.messages)).toEqual(messages);
          expect(new Set(runs.map((run) => run.key)).size).toBe(runs.length);
          const now = new Map(runs.flatMap((run) => run.messages.map((one) => [one.id, run.key])));
          for (const [id, key] of runOf) expect(now.get(id)).toBe(key);
          runOf = now;
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps keys apart whatever becomes of the order', () => {
    const pool = Array.from({ length: 12 }, (_, index) => named(`p${index}`));
    fc.assert(
      fc.property(fc.array(fc.shuffledSubarray(pool), { maxLength: 6 }), (threads) => {
        const group = createGrouper();
        for (const messages of threads) {
          const runs = group(messages);
          expect(runs.flatMap((run) => run.messages)).toEqual(messages);
          expect(new Set(runs.map((run) => run.key)).size).toBe(runs.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});
