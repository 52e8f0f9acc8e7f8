'use client';
// Whether the reader asked for less motion, followed while the page lives.
import { useSyncExternalStore } from 'react';

const query = '(prefers-reduced-motion: reduce)';

/** `false` on a server and where the question cannot be asked. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribe, read, () => false);
}

function subscribe(listener: () => void): () => void {
  if (typeof matchMedia !== 'function') return () => undefined;
  const list = matchMedia(query);
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}

function read(): boolean {
  return typeof matchMedia === 'function' && matchMedia(query).matches;
}
