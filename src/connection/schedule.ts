// When the next attempt may begin: what failed since the last progress, the server's wishes, and who came back when.
// It only keeps the times; waiting for them is `connection`'s.
import type { Clock } from '../base/clock.ts';
import { backoffMs, clampBaseMs, isGivenUp, type Random, type RetryPolicy } from './backoff.ts';

export interface Schedule {
  /** The number of the next attempt, counted from 1 since the last progress. */
  readonly attempt: number;
  /** Wall-clock time of the next attempt; in the past before anything failed. */
  readonly dueAt: number;
  /** Plans the next attempt after a failure; `false` when it is given up instead. */
  fail(askedMs: number | undefined): boolean;
  /** Something new was applied, or the network came back: failures before it no longer count. */
  progress(): void;
  /** The server's `retry:`. */
  setBaseMs(ms: number): void;
  /** The page came back into view: soon, but not later than planned, and not before the server allows. */
  hasten(): void;
  /** The network or the page came back: soon, whatever was planned, but not before the server allows. */
  replan(): void;
  /** At once, whatever was planned. */
  clear(): void;
}

/** Spread over which everybody comes back when the network does. */
const returnJitterMs = 1_000;

export function createSchedule(clock: Clock, random: Random, policy: RetryPolicy): Schedule {
  let failures = 0;
  let failingSince: number | undefined;
  let baseMs = policy.baseMs;
  let dueAt = -Infinity;
  /** What the server asked for as a minimum: nothing but a hand moves an attempt before it. */
  let notBefore = -Infinity;

  const soon = () => clock.now() + random() * returnJitterMs;

  return {
    get attempt() {
      return failures + 1;
    },
    get dueAt() {
      return dueAt;
    },
    fail(askedMs) {
      const now = clock.now();
      const delayMs = backoffMs({ failures, baseMs, random, policy, retryAfterMs: askedMs });
      failures += 1;
      failingSince ??= now;
      notBefore = now + (askedMs ?? 0);
      dueAt = now + delayMs;
      return !isGivenUp(failures, now - failingSince, policy);
    },
    progress() {
      failures = 0;
      failingSince = undefined;
    },
    setBaseMs(ms) {
      baseMs = clampBaseMs(ms, policy) ?? baseMs;
    },
    hasten() {
      dueAt = Math.max(notBefore, Math.min(dueAt, soon()));
    },
    replan() {
      dueAt = Math.max(notBefore, soon());
    },
    clear() {
      dueAt = notBefore = -Infinity;
    },
  };
}
