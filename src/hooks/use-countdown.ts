'use client';
// Seconds until a moment, for "trying again in 5 s". Ticks only where it is used, and only when the number changes.
import { useMemo } from 'react';
import type { Cancel, Clock } from '../base/clock.ts';
import { useClock } from './clock-context.ts';
import { type ReadableStore, useStore } from './use-store.ts';

/**
 * Whole seconds left until `until` (wall-clock milliseconds), rounded up, 0 from then on. `undefined` without a moment,
 * and on a server and in the first render of a hydrated page, where no clock may be read.
 */
export function useCountdown(until: number | undefined, given?: Clock): number | undefined {
  const clock = useClock(given);
  const countdown = useMemo(() => createCountdown(until, clock), [until, clock]);
  return useStore(countdown);
}

function createCountdown(until: number | undefined, clock: Clock): ReadableStore<number | undefined> {
  const leftMs = () => (until === undefined ? 0 : Math.max(0, until - clock.now()));
  return {
    getSnapshot: () => (until === undefined ? undefined : Math.ceil(leftMs() / 1_000)),
    getServerSnapshot: () => undefined,
    subscribe(listener) {
      let cancel: Cancel | undefined;
      const wait = () => {
        const ms = leftMs();
        cancel = ms > 0 ? clock.after(ms % 1_000 || 1_000, tick) : undefined;
      };
      const tick = () => {
        wait();
        listener();
      };
      wait();
      return () => cancel?.();
    },
  };
}
