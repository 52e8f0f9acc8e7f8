// The only door to real time. Everything else is handed a Clock.
import type { Cancel, Clock } from './clock.ts';

/** Longest delay a host timer keeps; anything above wraps around and would fire at once. */
const longestTimerMs = 2_147_483_647;

/** Frames stop where nothing is painted: a timer of this length takes over there. */
const frameMs = 16;

/**
 * A frame that was asked for can still fail to come: the tab is hidden before it, or the page is a frame scrolled out of
 * view, which browsers stop painting while they call it visible. A frame is never waited for longer than this.
 */
const lateFrameMs = 250;

/** Reads the host when it is called, never at import, so one clock serves a server, a worker and a page. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    after,
    nextFrame(run) {
      if (typeof requestAnimationFrame !== 'function' || isHidden()) return after(frameMs, run);
      const once = () => {
        cancelFrame();
        cancelTimer();
        run();
      };
      const frame = requestAnimationFrame(once);
      const cancelFrame = () => cancelAnimationFrame(frame);
      const cancelTimer = after(lateFrameMs, once);
      return () => {
        cancelFrame();
        cancelTimer();
      };
    },
  };
}

function after(ms: number, run: () => void): Cancel {
  const timer = setTimeout(run, Math.min(ms, longestTimerMs));
  return () => clearTimeout(timer);
}

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}
