'use client';
// How long something has been going on, or went on.
import type { Clock } from '../base/clock.ts';
import { useNow } from './use-now.ts';

export interface UseElapsedOptions {
  /** When it began, in wall-clock milliseconds. `undefined`: it has not. */
  readonly from: number | undefined;
  /** When it ended. `undefined`: it goes on, and the result is read again every `everyMs`. */
  readonly to?: number | undefined;
  /** Default 1,000. */
  readonly everyMs?: number;
  readonly clock?: Clock;
}

/** Milliseconds, never negative; `undefined` before it began, and where it goes on and no clock may be read yet (server, hydration). */
export function useElapsed({ from, to, everyMs = 1_000, clock }: UseElapsedOptions): number | undefined {
  const now = useNow({ active: from !== undefined && to === undefined, everyMs, ...(clock && { clock }) });
  const end = to ?? now;
  if (from === undefined || end === undefined) return undefined;
  return Math.max(0, end - from);
}
