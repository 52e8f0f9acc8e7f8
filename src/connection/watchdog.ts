// A countdown that trusts the wall clock: it can be pushed back on every read for next to nothing, paused while the
// machine is offline, and asked again when the machine wakes, because timers stand still while it sleeps.
import type { Cancel, Clock } from '../base/clock.ts';

/**
 * | call   | counting              | paused                    | off          |
 * | ------ | --------------------- | ------------------------- | ------------ |
 * | start  | starts over           | starts over, still paused | counting     |
 * | hold   | off, timer left alone | off                       | -            |
 * | pause  | paused, keeps what is left | -                    | paused, off  |
 * | resume | -                     | counts what is left       | -            |
 * | check  | runs if the wall clock says so | -                | -            |
 * | cancel | off, timer cleared    | off                       | off          |
 */
export interface Watchdog {
  /** Runs in `ms` from now unless started again, held or cancelled before. `now` spares a look at the clock. */
  start(ms: number, now?: number): void;
  /** Stops counting and leaves the timer, so that the next `start` is one assignment. */
  hold(): void;
  pause(): void;
  resume(): void;
  /** Runs now if the time has passed by the wall clock. */
  check(): void;
  /** Stops counting and clears the timer. */
  cancel(): void;
}

export function createWatchdog(clock: Clock, run: () => void): Watchdog {
  /** Wall-clock time it is due; `undefined` when off. While paused, as if no time had passed since `pausedAt`. */
  let dueAt: number | undefined;
  let pausedAt: number | undefined;
  let timer: { readonly firesAt: number; readonly cancel: Cancel } | undefined;

  const clear = () => {
    timer?.cancel();
    timer = undefined;
  };
  const arm = () => {
    if (dueAt === undefined || pausedAt !== undefined) return;
    // A timer that fires too early re-arms itself; only one that would fire too late is replaced.
    if (timer && timer.firesAt <= dueAt) return;
    clear();
    const firesAt = dueAt;
    timer = { firesAt, cancel: clock.after(Math.max(0, firesAt - clock.now()), () => fire(firesAt)) };
  };
  const fire = (firesAt: number) => {
    timer = undefined;
    if (dueAt === undefined || pausedAt !== undefined) return;
    // The timer has waited out its time, so what was due then is due, even if the wall clock was set back meanwhile.
    if (dueAt > firesAt && dueAt > clock.now()) return arm();
    dueAt = undefined;
    run();
  };

  return {
    start(ms, now = clock.now()) {
      dueAt = now + ms;
      if (pausedAt !== undefined) pausedAt = now;
      arm();
    },
    hold() {
      dueAt = undefined;
    },
    pause() {
      pausedAt ??= clock.now();
      clear();
    },
    resume() {
      if (pausedAt === undefined) return;
      if (dueAt !== undefined) dueAt += clock.now() - pausedAt;
      pausedAt = undefined;
      arm();
    },
    check() {
      if (dueAt === undefined || pausedAt !== undefined || dueAt > clock.now()) return;
      clear();
      dueAt = undefined;
      run();
    },
    cancel() {
      clear();
      dueAt = undefined;
    },
  };
}
