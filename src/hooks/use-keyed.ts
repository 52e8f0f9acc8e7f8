'use client';
// Something made once for as long as what it is made of stays the same.
import { useState } from 'react';

/**
 * As `useMemo`, but kept for certain: React may drop a memo at any time, and a stream that is made anew connects anew.
 * `make` must have no effect besides its result, because React may render without committing.
 */
export function useKeyed<T>(key: readonly unknown[], make: () => T): T {
  const [held, setHeld] = useState(() => ({ key, value: make() }));
  if (held.key.length === key.length && held.key.every((part, index) => Object.is(part, key[index]))) return held.value;
  const next = { key, value: make() };
  setHeld(next);
  return next.value;
}
