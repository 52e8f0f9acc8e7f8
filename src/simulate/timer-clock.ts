import type { Clock } from '../base/clock.ts';

// Milliseconds since the page or the process began: never goes back, and says nothing about the day.
export const timerClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  nextFrame(run) {
    const timer = setTimeout(run, 16);
    return () => clearTimeout(timer);
  },
};
