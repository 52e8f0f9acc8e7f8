// When to try again and when to give up: pure arithmetic over what failed so far.

/** A number from 0 (inclusive) to 1 (exclusive), as `Math.random` gives. */
export type Random = () => number;

export interface RetryPolicy {
  /** The first delay's upper bound, until the server names its own. Default 1,000. */
  readonly baseMs: number;
  /** No delay is shorter. Default 100. */
  readonly minMs: number;
  /** No delay of our own choice is longer; a server's Retry-After may be. Default 30,000. */
  readonly maxMs: number;
  /** Both must have been passed without an applied chunk. `false`: never. Default 5 attempts and 60,000 ms. */
  readonly giveUp: { readonly attempts: number; readonly afterMs: number } | false;
}

export const defaultRetryPolicy: RetryPolicy = {
  baseMs: 1_000,
  minMs: 100,
  maxMs: 30_000,
  giveUp: { attempts: 5, afterMs: 60_000 },
};

/** The server's `retry:` as a base: what it asks for, within bounds. `undefined` for what is not a number of milliseconds. */
export function clampBaseMs(ms: number, policy: RetryPolicy): number | undefined {
  return Number.isFinite(ms) ? Math.min(policy.maxMs, Math.max(policy.minMs, ms)) : undefined;
}

/**
 * Full jitter: anywhere from the shortest delay to a bound that doubles with every failure. Clients that lost the same
 * server then come back spread out, which a fixed delay with a little noise does not achieve.
 */
export function backoffMs(options: {
  /** Failures before this one, since the last applied chunk. */
  readonly failures: number;
  readonly baseMs: number;
  readonly random: Random;
  readonly policy: RetryPolicy;
  /** A minimum that the server set. */
  readonly retryAfterMs?: number | undefined;
}): number {
  const { failures, baseMs, random, policy, retryAfterMs = 0 } = options;
  const highest = Math.min(policy.maxMs, baseMs * 2 ** failures);
  const lowest = Math.min(policy.minMs, highest);
  return Math.max(lowest + random() * (highest - lowest), retryAfterMs);
}

/** `failures` counts the one that just happened; `failingMs` is the time since the first of them. */
export function isGivenUp(failures: number, failingMs: number, policy: RetryPolicy): boolean {
  return policy.giveUp !== false && failures >= policy.giveUp.attempts && failingMs >= policy.giveUp.afterMs;
}
