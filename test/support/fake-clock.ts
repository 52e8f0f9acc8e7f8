// Time turned by hand. Timers fire in order of their time, then of their making; frames only when `frame` says so.
import type { Clock } from '../../src/base/clock.ts';

export interface FakeClock extends Clock {
  /** Lets `ms` pass and fires what falls due, each timer at its own time. Work behind a promise is not waited for. */
  advance(ms: number): void;
  /** As `advance`, but after each timer everything that waits on settled promises runs before time goes on. */
  pass(ms: number): Promise<void>;
  /** The machine sleeps: the wall clock moves on, no timer fires and what was still to wait is still to wait. */
  sleep(ms: number): void;
  /** Paints: runs every frame request made before this call. */
  frame(): void;
  /** Timers that wait, frames not counted. */
  readonly timers: number;
  /** Frame requests that wait. */
  readonly frames: number;
}

interface Timer {
  at: number;
  readonly order: number;
  readonly run: () => void;
}

/** `start` is the wall-clock time it begins at. Default 1,000,000 ms: never 0, which would hide a missing time. */
export function createFakeClock(start = 1_000_000): FakeClock {
  let now = start;
  let order = 0;
  const timers = new Set<Timer>();
  let frames = new Set<{ readonly run: () => void }>();

  const nextDue = (until: number): Timer | undefined => {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.at > until) continue;
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  };
  const fire = (timer: Timer) => {
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.run();
  };

  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + Math.max(0, ms), order: order++, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    nextFrame(run) {
      const request = { run };
      frames.add(request);
      return () => void frames.delete(request);
    },
    advance(ms) {
      const until = now + ms;
      for (let due = nextDue(until); due; due = nextDue(until)) fire(due);
      now = until;
    },
    async pass(ms) {
      const until = now + ms;
      await settle();
      for (let due = nextDue(until); due; due = nextDue(until)) {
        fire(due);
        await settle();
      }
      now = until;
      await settle();
    },
    sleep(ms) {
      now += ms;
      for (const timer of timers) timer.at += ms;
    },
    frame() {
      const requested = frames;
      frames = new Set();
      for (const request of requested) {
        requested.delete(request);
        request.run();
      }
    },
    get timers() {
      return timers.size;
    },
    get frames() {
      return frames.size;
    },
  };
}

/** Runs everything that waits on promises which are settled already, however long the chain. No time passes. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
