// A clock whose time is what happened: it moves from one timer to the next when it is told to, never by itself.
import type { Clock } from '../../../src/core.ts';

export interface VirtualClock extends Clock {
  /** When the next timer is due; `undefined`: none waits. */
  readonly due: number | undefined;
  /** Moves to the next timer and fires it. `false`: there is none. */
  step(): boolean;
  /** Paints: fires the frame requests that wait. `false`: there are none. */
  paint(): boolean;
}

/** The noon at which every story begins. */
export const noon = Date.UTC(2026, 5, 1, 12, 0, 0);

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export function createVirtualClock(start = noon): VirtualClock {
  let now = start;
  let order = 0;
  const timers = new Set<Timer>();
  let frames = new Set<() => void>();

  const next = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  };

  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + Math.max(0, ms), order: (order += 1), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    nextFrame(run) {
      let wanted = true;
      frames.add(() => {
        if (wanted) run();
      });
      return () => {
        wanted = false;
      };
    },
    get due() {
      return next()?.at;
    },
    step() {
      const timer = next();
      if (timer === undefined) return false;
      timers.delete(timer);
      now = Math.max(now, timer.at);
      timer.run();
      return true;
    },
    paint() {
      const requested = frames;
      frames = new Set();
      for (const run of requested) run();
      return requested.size > 0;
    },
  };
}
