'use client';
// A condition that counts only once it has lasted: keeps what is over at once from flashing.
import { useEffect, useState } from 'react';
import type { Clock } from '../base/clock.ts';
import { useClock } from './clock-context.ts';

/** `true` once `condition` has held for `delayMs` without a break, `false` as soon as it does not. 0 does not wait. */
export function useDelayed(condition: boolean, delayMs: number, given?: Clock): boolean {
  const clock = useClock(given);
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    if (!condition || delayMs <= 0) return;
    const cancel = clock.after(delayMs, () => setLasted(true));
    return () => {
      cancel();
      setLasted(false);
    };
  }, [condition, delayMs, clock]);
  return condition && (lasted || delayMs <= 0);
}
