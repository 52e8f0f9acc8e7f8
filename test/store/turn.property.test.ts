// The first promise, over generated schedules of faults: nothing lost, nothing doubled, nothing silently missing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import type { Adapter } from '../../src/protocol/adapter.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import type { ScriptedAttempt, ScriptStep } from '../../src/transport/script.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';
import type { TransportRequest } from '../../src/transport/transport.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { chunkAdapter, finish, record, text } from '../support/chunk-adapter.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { readTurn, setUp, textOf } from './turn-set-up.ts';

/** How a server goes on, and what it puts into its records for that. */
type Mode = 'id' | 'sequence' | 'replay' | 'none';

type Fault =
  | { readonly kind: 'refused' }
  | { readonly kind: 'busy' }
  | {
      readonly kind: 'cut';
      /** Records sent before it. */
      readonly at: number;
      readonly by: 'eof' | 'lost' | 'stall';
      /** Records sent twice, by their place; only where the server numbers or names them. */
      readonly repeats: readonly number[];
      /** Records that change places with the next one; only where the server numbers them. */
      readonly swaps: readonly number[];
      /** Records that go missing; only where the server numbers them. */
      readonly drops: readonly number[];
      readonly batch: number;
    };

const adapters: Record<Mode, Adapter> = {
  id: chunkAdapter({ cursors: true, idempotent: true, resumeHeaders: ['last-event-id', 'idempotency-key'] }),
  sequence: chunkAdapter({ cursors: true, idempotent: true, resumeHeaders: ['last-event-id', 'idempotency-key'] }),
  replay: chunkAdapter({ idempotent: true, resumeHeaders: ['idempotency-key'] }),
  none: chunkAdapter(),
};

const clean: Fault = { kind: 'cut', at: Infinity, by: 'eof', repeats: [], swaps: [], drops: [], batch: 3 };

/** A server that makes one answer of these tokens; `generations` counts how often it was asked for a new one. */
function createServer(mode: Mode, tokens: readonly string[], faults: readonly Fault[]) {
  const seen = { generations: 0, live: 0, overlaps: 0 };
  const numbered = mode === 'sequence';
  const frames: Frame[] = [...tokens.map((token) => text(token)), finish].map((chunk: Chunk, index) =>
    record(numbered ? { ...chunk, seq: index } : chunk, mode === 'id' || numbered ? String(index) : undefined),
  );

  function* play(from: number, fault: Extract<Fault, { kind: 'cut' }>): Generator<ScriptStep> {
    if (seen.live > 0) seen.overlaps += 1;
    seen.live += 1;
    try {
      const indexes: number[] = [];
      for (let index = from; index < frames.length; index += 1) {
        if (numbered && fault.drops.includes(index)) continue;
        indexes.push(index);
        if ((numbered || mode === 'id') && fault.repeats.includes(index)) indexes.push(index);
      }
      if (numbered) {
        for (const place of fault.swaps) {
          const [one, other] = [indexes[place], indexes[place + 1]];
          if (one !== undefined && other !== undefined) indexes.splice(place, 2, other, one);
        }
      }
      const sent = indexes.slice(0, fault.at).map((index) => frames[index] as Frame);
      for (let at = 0; at < sent.length; at += fault.batch) yield { frames: sent.slice(at, at + fault.batch) };
      if (fault.at >= indexes.length || fault.by === 'eof') yield { end: { kind: 'eof' } };
      else yield fault.by;
    } finally {
      seen.live -= 1;
    }
  }

  const script = (request: TransportRequest, index: number): ScriptedAttempt => {
    const fault = faults[index] ?? clean;
    if (fault.kind === 'refused') return { refuse: new TransportError('connect-failed', 'x', { retryable: true }) };
    if (fault.kind === 'busy') return { refuse: { status: 503, headers: { 'retry-after': '2' } } };
    const after = request.headers?.['last-event-id'];
    if (after === undefined && (mode === 'none' || seen.generations === 0)) seen.generations += 1;
    return { steps: play(after === undefined ? 0 : Number(after) + 1, fault) };
  };
  return { script, seen };
}

async function run(mode: Mode, tokens: readonly string[], faults: readonly Fault[]) {
  const clock = createFakeClock();
  const { script, seen } = createServer(mode, tokens, faults);
  const { turn } = setUp({ adapter: adapters[mode], clock, transport: scriptedTransport(script, { clock }) });
  const reading = readTurn(turn);
  for (let passed = 0; reading.ending === undefined && passed < 40; passed += 1) await clock.pass(20_000);
  turn.stop();
  await reading.done;
  return { reading, seen, timers: clock.timers };
}

/** The visible text only ever grows. */
function expectNoStepBack(texts: readonly string[]) {
  texts.forEach((shown, index) => expect(shown.startsWith(texts[index - 1] ?? '')).toBe(true));
}

const tokens = fc.array(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 25 });
const places = fc.array(fc.nat(25), { maxLength: 3 });
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'refused' }) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'busy' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('cut' as const),
      at: fc.nat(26),
      by: fc.constantFrom('eof' as const, 'lost' as const, 'stall' as const),
      repeats: places,
      swaps: places,
      drops: fc.array(fc.nat(25), { maxLength: 1 }),
      batch: fc.integer({ min: 1, max: 5 }),
    }),
  },
);
const faults = fc.array(fault, { maxLength: 4 });

describe('a turn on a server that can resume', () => {
  it.each(['id', 'sequence', 'replay'] as const)('ends exactly equal under any schedule of faults (%s)', async (mode) => {
    await fc.assert(
      fc.asyncProperty(tokens, faults, async (answer, schedule) => {
        const { reading, seen, timers } = await run(mode, answer, schedule);
        expect(textOf(reading.message)).toBe(answer.join(''));
        expect(reading.ending).toBe('complete');
        expectNoStepBack(reading.texts);
        expect({ ...seen, timers }).toEqual({ generations: 1, overlaps: 0, live: 0, timers: 0 });
      }),
      { numRuns: 150 },
    );
  });

  it.each(['id', 'sequence', 'replay'] as const)('gives from any frame what it gives without a cut (%s)', async (mode) => {
    const answer = ['one ', 'two ', 'three ', 'four'];
    const whole = await run(mode, answer, []);
    for (const by of ['eof', 'lost', 'stall'] as const) {
      for (let at = 0; at <= answer.length; at += 1) {
        const cut = await run(mode, answer, [{ ...clean, at, by }]);
        expect(cut.reading.message).toEqual(whole.reading.message);
      }
    }
  });
});

describe('a turn on a server that cannot resume', () => {
  it('is complete or honestly interrupted, and never asks for a second answer', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, faults, async (answer, schedule) => {
        const { reading, seen } = await run('none', answer, schedule);
        expectNoStepBack(reading.texts);
        expect(seen.generations).toBe(1);
        if (reading.ending === 'complete') expect(textOf(reading.message)).toBe(answer.join(''));
        else {
          expect(reading.ending).toBe('interrupted');
          expect(answer.join('').startsWith(textOf(reading.message))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});
