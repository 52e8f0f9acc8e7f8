// Waits on a clock without drifting: each wait is counted from when the one before it should have ended.
import type { Clock } from '../base/clock.ts';

export interface Pacer {
  /** Resolves when it is time, or at once when the signal aborts. `Infinity` waits for the abort alone. */
  wait(ms: number): Promise<void>;
  /** The same, counted from now. */
  pause(ms: number): Promise<void>;
}

/** Later than this, lost time is not made up for: a reader that paused does not get a flood. */
const mostLateMs = 500;

/** Timers are not finer than this; shorter waits add up until one is worth a timer. */
const leastWaitMs = 1;

/** One wait at a time. */
export function createPacer(clock: Clock, signal: AbortSignal): Pacer {
  let due = clock.now();
  let wake = (): void => {};
  // One listener for all waits: a listener each would cost more than the timers.
  signal.addEventListener('abort', () => wake(), { once: true });
  const pause = (ms: number): Promise<void> => {
    if (ms <= 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = ms === Infinity ? () => {} : clock.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  };
  return {
    pause,
    async wait(ms) {
      if (ms <= 0) return;
      due = Math.max(due, clock.now() - mostLateMs) + ms;
      const left = due - clock.now();
      if (left >= leastWaitMs) await pause(left);
    },
  };
}
