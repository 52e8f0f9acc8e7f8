// Where the next attempt waits for its time: the delay after a failure, a network, a page that is out of the back-forward
// cache, or a hand that will not wait. What it waits for is shown by the connection.
import type { Clock } from '../base/clock.ts';
import type { Environment } from './environment.ts';
import type { Schedule } from './schedule.ts';
import { createWatchdog } from './watchdog.ts';

export interface Gate {
  /** Resolves when the next attempt may begin; to `false` when there will be none. */
  pass(): Promise<boolean>;
  /** Lets the next attempt through at once, whatever the clock and the browser say. */
  force(): void;
  /** Lets nobody through until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Something changed that may let the attempt through, or end the wait. */
  look(): void;
}

export interface GateOptions {
  readonly clock: Clock;
  readonly environment: Environment;
  readonly schedule: Schedule;
  readonly isLive: () => boolean;
  /** An attempt has to wait. */
  readonly onWait: (offline: boolean) => void;
}

export function createGate({ clock, environment, schedule, isLive, onWait }: GateOptions): Gate {
  let wake: (() => void) | undefined;
  let forced = false;
  let frozen = false;
  const dueWatch = createWatchdog(clock, () => wake?.());

  return {
    async pass() {
      for (;;) {
        if (!isLive()) return false;
        const { dueAt } = schedule;
        const offline = !environment.online;
        if (!frozen && (forced || (!offline && clock.now() >= dueAt))) {
          forced = false;
          return true;
        }
        onWait(offline);
        // Who was told may have changed everything.
        if (!isLive() || forced) continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (!offline && !frozen) dueWatch.start(dueAt - clock.now());
        });
        wake = undefined;
        dueWatch.cancel();
      }
    },
    force() {
      forced = true;
      wake?.();
    },
    freeze() {
      frozen = true;
    },
    thaw() {
      frozen = false;
    },
    look: () => wake?.(),
  };
}
