'use client';
// Whether the reader asked for less motion, followed while the page lives.
import { useSyncExternalStore } from 'react';

const query = '(prefers-reduced-motion: reduce)';

/** `false` on a server and where the question cannot be asked. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribe, prefersReducedMotion, () => false);
}

function subscribe(listener: () => void): () => void {
  if (typeof matchMedia !== 'function') return () => undefined;
  const list = matchMedia(query);
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}

/** The wish at this moment, for what asks only when it is about to move. */
export function prefersReducedMotion(): boolean {
  return typeof matchMedia === 'function' && matchMedia(query).matches;
}
