// A Clock whose time runs faster than the wall's, so that waits of minutes take seconds. Only what is handed this clock
// waits less: sockets, and the server with its stalls and latencies, keep real time.
import type { Clock } from '../../src/core.ts';

/** A frame is a turn of the event loop: more snapshots are seen than any screen would show. */
export function createScaledClock(speed: number): Clock {
  const startedAt = Date.now();
  return {
    now: () => startedAt + (Date.now() - startedAt) * speed,
    after(ms, run) {
      const timer = setTimeout(run, Math.min(ms / speed, 2_147_483_647));
      return () => clearTimeout(timer);
    },
    nextFrame(run) {
      const turn = setImmediate(run);
      return () => clearImmediate(turn);
    },
  };
}
