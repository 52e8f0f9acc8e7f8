// Turns any number of changes into at most one notification a frame. What changed, and who listens, is the store's.
import type { Cancel, Clock } from '../base/clock.ts';

/**
 * | call     | nothing pending          | a notification is pending  |
 * | -------- | ------------------------ | -------------------------- |
 * | schedule | asks for the next frame  | nothing: one is on its way |
 * | flush    | nothing                  | notifies now               |
 * | now      | notifies now             | notifies now, once         |
 * | cancel   | nothing                  | forgets it                 |
 */
export interface Scheduler {
  /** Something changed: notify before the next paint (after a timer where nothing is painted). */
  schedule(): void;
  /** Notifies at once if something is pending; for a reader who must see the latest. */
  flush(): void;
  /** Notifies at once: a terminal state never waits for a frame. */
  now(): void;
  /** Forgets what is pending; the owner is going away. The scheduler can be used again. */
  cancel(): void;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly notify: () => void;
  /** Least time between two scheduled notifications. Default 0: every frame. `now` and `flush` do not wait for it. */
  readonly throttleMs?: number;
}

export function createScheduler({ clock, notify, throttleMs = 0 }: SchedulerOptions): Scheduler {
  let pending: Cancel | undefined;
  let notifiedAt = -Infinity;

  const run = () => {
    pending = undefined;
    notifiedAt = clock.now();
    notify();
  };
  const cancel = () => {
    pending?.();
    pending = undefined;
  };

  return {
    schedule() {
      if (pending) return;
      const waitMs = throttleMs > 0 ? Math.min(throttleMs, notifiedAt + throttleMs - clock.now()) : 0;
      if (waitMs <= 0) {
        pending = clock.nextFrame(run);
        return;
      }
      pending = clock.after(waitMs, () => {
        pending = clock.nextFrame(run);
      });
    },
    flush() {
      if (!pending) return;
      cancel();
      run();
    },
    now() {
      cancel();
      run();
    },
    cancel,
  };
}
