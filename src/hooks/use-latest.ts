'use client';
// The newest value of a render, for callbacks that outlive it.
import { useCallback, useEffect, useRef } from 'react';

/** Reads the value of the last committed render. Only for callbacks, never while rendering. */
export function useLatest<T>(value: T): () => T {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return useCallback(() => latest.current, []);
}
