import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSequence,
  isOverfull,
  releaseSequence,
  sequence,
  type SequenceWindow,
} from '../../src/message/sequence.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';

const text = (delta: string, more: { seq?: number; cursor?: string } = {}): Chunk => ({ type: 'text', delta, ...more });
const numbered = (seq: number) => text(`${seq} `, { seq });
const finish: Chunk = { type: 'finish', reason: 'stop' };

/** Feeds frames one after another and joins the text that comes out. */
function feed(frames: readonly (readonly Chunk[])[], window: SequenceWindow = createSequence(0)) {
  let last = window;
  const out: Chunk[] = [];
  for (const frame of frames) {
    const [next, ready] = sequence(last, frame);
    last = next;
    out.push(...ready);
  }
  return { window: last, out, text: textOf(out) };
}

const textOf = (chunks: readonly Chunk[]) =>
  chunks.map((chunk) => (chunk.type === 'text' ? chunk.delta : `<${chunk.type}>`)).join('');

describe('sequence', () => {
  it('passes on what is not numbered, as it came', () => {
    const chunks = [text('a'), text('b')];
    const [window, ready] = sequence(createSequence(), chunks);
    expect(ready).toBe(chunks);
    expect(window.held).toEqual([]);
  });

  describe('rule 3: where chunks carry numbers', () => {
    it('drops what is below the next expected', () => {
      expect(feed([[numbered(0)], [numbered(1)], [numbered(0)], [numbered(2)]]).text).toBe('0 1 2 ');
    });

    it('holds back what is above it until the gap is closed', () => {
      const held = feed([[numbered(0)], [numbered(2)], [numbered(3)]]);
      expect(held.text).toBe('0 ');
      expect(held.window.held).toHaveLength(2);
      const closed = feed([[numbered(1)]], held.window);
      expect(closed.text).toBe('1 2 3 ');
      expect(closed.window).toMatchObject({ next: 4, held: [], heldChunks: 0, heldChars: 0, gap: false });
    });

    it('drops a repeat of what it holds, by identity', () => {
      const held = feed([[numbered(0)], [numbered(2)]]).window;
      expect(sequence(held, [numbered(2)])[0]).toBe(held);
    });

    it('keeps the chunks of one record together', () => {
      const record = (seq: number) => [text('a', { seq }), text('b', { seq })];
      expect(feed([record(1), record(0), record(1), record(2)]).text).toBe('ababab');
    });

    it('takes a frame of several records apart', () => {
      expect(feed([[numbered(2), numbered(1), numbered(0)]]).text).toBe('0 1 2 ');
    });

    it('lets through what is not numbered while it waits', () => {
      expect(feed([[numbered(1)], [text('now ')], [numbered(0)]]).text).toBe('now 0 1 ');
    });

    it('never lets an end without a number overtake what is held', () => {
      const held = feed([[numbered(1)], [finish]]);
      expect(held.text).toBe('');
      expect(feed([[numbered(0)]], held.window).text).toBe('0 1 <finish>');
    });

    it('says when more is held than may be', () => {
      const chunks = Array.from({ length: 257 }, (_, index) => [numbered(index + 1)]);
      expect(isOverfull(feed(chunks.slice(0, 256)).window)).toBe(false);
      expect(isOverfull(feed(chunks).window)).toBe(true);
      expect(isOverfull(feed([[text('x'.repeat(262_144), { seq: 1 })]]).window)).toBe(true);
    });
  });

  describe('when the first number is not known', () => {
    it('waits to see whether a server that begins with 1 counts from 0', () => {
      const { window } = feed([[numbered(1)]], createSequence());
      expect(window.held).toHaveLength(1);
      expect(feed([[numbered(0)]], window).text).toBe('0 1 ');
      const [released, ready] = releaseSequence(window);
      expect(textOf(ready)).toBe('1 ');
      expect(released.gap).toBe(false);
    });

    it('knows it when it was told', () => {
      expect(feed([[numbered(1)], [numbered(2)]], createSequence(1)).text).toBe('1 2 ');
    });
  });

  describe('rule 3: where chunks carry a declared cursor', () => {
    it('drops a repeat, by identity', () => {
      const { window, text: once } = feed([[text('a', { cursor: '1' })], [text('b', { cursor: '2' })]]);
      expect(once).toBe('ab');
      const [again, ready] = sequence(window, [text('a', { cursor: '1' })]);
      expect(again).toBe(window);
      expect(ready).toEqual([]);
    });

    it('never takes an end for a repeat: one without an id of its own has that of the record before it', () => {
      const { window } = feed([[text('a', { cursor: '1' })]]);
      const finish: Chunk = { type: 'finish', reason: 'stop', cursor: '1' };
      expect(sequence(window, [finish])[1]).toEqual([finish]);
      const failed: Chunk = { type: 'error', message: 'full', cursor: '1' };
      expect(sequence(window, [failed])[1]).toEqual([failed]);
    });

    it('takes the chunks of one frame for one record, wherever its cursor stands', () => {
      const frame = [text('a'), text('b', { cursor: '1' })];
      expect(feed([frame, frame, [text('c', { cursor: '2' })], frame]).text).toBe('abc');
    });

    it('never drops a repeat without one: two equal tokens are two tokens', () => {
      expect(feed([[text('ha')], [text('ha')]]).text).toBe('haha');
    });

    it('leaves an older window as it was when a newer one grew out of it', () => {
      const old = feed([[text('a', { cursor: '1' })]]).window;
      const [left] = sequence(old, [text('b', { cursor: '2' })]);
      const [right, ready] = sequence(old, [text('b', { cursor: '2' })]);
      expect(textOf(ready)).toBe('b');
      expect(sequence(left, [text('c', { cursor: '3' })])[1]).toHaveLength(1);
      expect(sequence(right, [text('c', { cursor: '3' })])[1]).toHaveLength(1);
    });

    it('remembers a long turn whole', () => {
      const frames = Array.from({ length: 5_000 }, (_, index) => [text('x', { cursor: String(index) })]);
      expect(feed([...frames, ...frames]).text).toHaveLength(5_000);
    });

    it('forgets the oldest of a stream without end', () => {
      let window = createSequence();
      for (let index = 0; index < 350_000; index += 1)
        [window] = sequence(window, [text('x', { cursor: String(index) })]);
      expect(window.seen.length).toBeLessThanOrEqual(200_000);
      expect(sequence(window, [text('x', { cursor: '349999' })])[1]).toEqual([]);
      expect(sequence(window, [text('x', { cursor: '250001' })])[1]).toEqual([]);
    });
  });

  describe('releaseSequence', () => {
    it('changes nothing where nothing is held', () => {
      const window = createSequence();
      expect(releaseSequence(window)).toEqual([window, []]);
      expect(releaseSequence(window)[0]).toBe(window);
    });

    it('gives what is held in order, over every gap, and remembers that there was one', () => {
      const { window } = feed([[numbered(0)], [numbered(7)], [finish], [numbered(3)], [numbered(4)]]);
      const [released, ready] = releaseSequence(window);
      expect(textOf(ready)).toBe('3 4 7 <finish>');
      expect(released).toMatchObject({ next: 8, held: [], heldChunks: 0, heldChars: 0, gap: true });
      expect(feed([[numbered(5)], [numbered(8)]], released).text).toBe('8 ');
    });
  });

  it('gives the same for any order and any repeats inside the window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }).chain((count) =>
          fc.tuple(
            fc.constant(count),
            fc.shuffledSubarray(
              Array.from({ length: count }, (_, seq) => seq),
              { minLength: count },
            ),
            fc.array(fc.nat(count - 1), { maxLength: 30 }),
          ),
        ),
        ([count, order, repeats]) => {
          const frames = [...order, ...repeats].map((seq) => [numbered(seq)]);
          const mixed = feed(frames);
          const straight = feed(Array.from({ length: count }, (_, seq) => [numbered(seq)]));
          expect(mixed.out).toEqual(straight.out);
          expect(mixed.window).toEqual(straight.window);
        },
      ),
    );
  });

  it('loses nothing and repeats nothing when the gap is never closed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 100 }), (seqs) => {
        const { window, out } = feed(seqs.map((seq) => [numbered(seq)]));
        const [, rest] = releaseSequence(window);
        const came = [...out, ...rest].map((chunk) => chunk.seq);
        expect(came).toEqual([...seqs].sort((a, b) => a - b));
      }),
    );
  });
});
