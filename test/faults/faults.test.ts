// A short share of what `npm run faults` does at length: the cases that once failed, a few fresh ones, and cuts.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { cutAtEveryByte } from '../../scripts/faults/every-byte.ts';
import { recall } from '../../scripts/faults/kept.ts';
import { lendPage, runAll } from '../../scripts/faults/laboratory.ts';
import { describeRun, failuresOf } from '../../scripts/faults/report.ts';
import type { Run } from '../../scripts/faults/run-schedule.ts';
import { drawSchedule, type TransportName, transportNames } from '../../scripts/faults/schedule.ts';
import { keptSchedules } from './kept-schedules.ts';

/** Fresh every time: what is found is printed with what replays it. */
const seed = Date.now() % 1_000_000;
const freshRuns = 25;

function prepare(transport: TransportName): void {
  if (transport !== 'fetch-event-source') return;
  // The library's stand-in for a page is taken away again.
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', undefined);
  lendPage();
  onTestFinished(() => void vi.unstubAllGlobals());
}

function told(runs: readonly Run[]): string {
  return failuresOf(runs).map(describeRun).join('\n');
}

describe.each(transportNames)('createChat over %s', (transport) => {
  it('ends exactly, or says that it was interrupted, where it once did not', { timeout: 90_000 }, async () => {
    prepare(transport);
    const schedules = await Promise.all(keptSchedules.filter((kept) => kept.transport === transport).map(recall));
    const runs = await runAll(schedules);
    expect(told(runs)).toBe('');
    expect(runs).toHaveLength(schedules.length);
  });

  it(`does so on ${freshRuns} fresh bad days`, { timeout: 90_000 }, async () => {
    prepare(transport);
    const days = Array.from({ length: freshRuns }, (_, index) => drawSchedule(seed, index, transport));
    expect(told(await runAll(await Promise.all(days)))).toBe('');
  });
});

describe('an answer cut somewhere', () => {
  it('is whole in the end, by every ending', { timeout: 90_000 }, async () => {
    const runs = await runAll(cutAtEveryByte({ transport: 'fetch', servers: ['cursor+key'], step: 31 }));
    expect(runs.length).toBeGreaterThan(100);
    expect(told(runs)).toBe('');
    expect(runs.every(({ verdict }) => verdict === 'exact')).toBe(true);
  });
});
