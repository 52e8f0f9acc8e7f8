import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { backoffMs, clampBaseMs, defaultRetryPolicy, isGivenUp } from '../../src/connection/backoff.ts';

const policy = defaultRetryPolicy;

describe('backoffMs', () => {
  it('doubles its upper bound with every failure, up to 30 s', () => {
    const highest = (failures: number) => backoffMs({ failures, baseMs: 1_000, random: () => 1, policy });
    expect([0, 1, 2, 3, 4, 5, 50].map(highest)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('may come back after 100 ms, however often it failed', () => {
    expect(backoffMs({ failures: 9, baseMs: 1_000, random: () => 0, policy })).toBe(100);
  });

  it('never goes below what the server asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(100_000),
        (failures, roll, retryAfterMs) => {
          const delay = backoffMs({ failures, baseMs: 1_000, random: () => roll, policy, retryAfterMs });
          expect(delay).toBeGreaterThanOrEqual(Math.max(100, retryAfterMs));
          expect(delay).toBeLessThanOrEqual(Math.max(30_000, retryAfterMs));
        },
      ),
    );
  });
});

describe('clampBaseMs', () => {
  it('keeps the wish of a server between 100 ms and 30 s', () => {
    expect([0, 50, 2_500, 86_400_000].map((ms) => clampBaseMs(ms, policy))).toEqual([100, 100, 2_500, 30_000]);
    expect(clampBaseMs(Number.NaN, policy)).toBeUndefined();
  });
});

describe('isGivenUp', () => {
  it('needs five attempts and a minute, not one of them', () => {
    expect(isGivenUp(5, 59_999, policy)).toBe(false);
    expect(isGivenUp(4, 600_000, policy)).toBe(false);
    expect(isGivenUp(5, 60_000, policy)).toBe(true);
  });

  it('never happens where it is told so', () => {
    expect(isGivenUp(1_000, 1e9, { ...policy, giveUp: false })).toBe(false);
  });
});
