'use client';
// The time, as a value that changes while someone looks: one timer for each use, none while it is not active.
import { useMemo, useSyncExternalStore } from 'react';
import type { Cancel, Clock } from '../base/clock.ts';
import { useClock } from './clock-context.ts';

export interface UseNowOptions {
  /** Whether time goes on. Default `true`; the last reading stays when it turns `false`. */
  readonly active?: boolean;
  /** How often to look at the clock. Default 1,000 ms. */
  readonly everyMs?: number;
  readonly clock?: Clock;
}

/** Wall-clock milliseconds; `undefined` on a server and in the first render of a hydrated page, which must agree with it. */
export function useNow(options: UseNowOptions = {}): number | undefined {
  const { active = true, everyMs = 1_000 } = options;
  const clock = useClock(options.clock);
  const ticker = useMemo(() => createTicker(clock), [clock]);
  const subscribe = useMemo(
    () => (listener: () => void) => (active ? ticker.start(everyMs, listener) : () => undefined),
    [ticker, active, everyMs],
  );
  return useSyncExternalStore(subscribe, ticker.read, readNothing);
}

function readNothing(): undefined {
  return undefined;
}

interface Ticker {
  /** The same value between two ticks, as React demands of a snapshot. */
  read(): number;
  start(everyMs: number, listener: () => void): () => void;
}

function createTicker(clock: Clock): Ticker {
  let reading: number | undefined;
  return {
    read: () => (reading ??= clock.now()),
    start(everyMs, listener) {
      let cancel: Cancel;
      const tick = (): void => {
        reading = clock.now();
        cancel = clock.after(everyMs, tick);
        listener();
      };
      reading = clock.now();
      cancel = clock.after(everyMs, tick);
      return () => cancel();
    },
  };
}
