'use client';
// Two live regions and the order in which texts pass through them. What to say, and in which words, the caller decides.
//
// A region must be in the page, empty, before it is filled: screen readers ignore one that mounts with its text. It is
// never marked busy, and it is replaced as a whole: additions to a polite region are not read everywhere.
import { useCallback, useEffect, useMemo, useRef, useState, type HTMLAttributes } from 'react';
import type { Cancel, Clock } from '../base/clock.ts';
import { useClock } from './clock-context.ts';

/** How long a text must stand before the next may replace it, or it may not be read. */
const standMs = 500;

/** Texts that wait. A reader who is that far behind wants the newest. */
const longestQueue = 8;

export interface UseAnnouncerOptions {
  /** How long the last text stays findable. Default 7,000. */
  readonly clearAfterMs?: number;
  readonly clock?: Clock;
}

export interface UseAnnouncerResult {
  /** Says it once the reader is free, or at once where it cannot wait. Keeps its identity. */
  announce(text: string, urgency?: 'polite' | 'assertive'): void;
  /** For an element that is always mounted and visually hidden. */
  getStatusProps(): HTMLAttributes<HTMLElement>;
  /** For another one. */
  getAlertProps(): HTMLAttributes<HTMLElement>;
}

export function useAnnouncer({ clearAfterMs = 7_000, clock: given }: UseAnnouncerOptions = {}): UseAnnouncerResult {
  const clock = useClock(given);
  const [status, setStatus] = useState('');
  const [alert, setAlert] = useState('');
  const queues = useRef<{ readonly polite: Queue; readonly assertive: Queue } | undefined>(undefined);
  useEffect(() => {
    const made = {
      polite: createQueue(setStatus, clearAfterMs, clock),
      assertive: createQueue(setAlert, clearAfterMs, clock),
    };
    queues.current = made;
    return () => {
      queues.current = undefined;
      made.polite.dispose();
      made.assertive.dispose();
    };
  }, [clearAfterMs, clock]);
  const announce = useCallback((text: string, urgency: 'polite' | 'assertive' = 'polite') => {
    if (text !== '') queues.current?.[urgency].add(text);
  }, []);
  return useMemo(
    () => ({
      announce,
      getStatusProps: () => ({ role: 'status', 'aria-live': 'polite', 'aria-atomic': true, children: status }),
      getAlertProps: () => ({ role: 'alert', 'aria-live': 'assertive', 'aria-atomic': true, children: alert }),
    }),
    [announce, status, alert],
  );
}

interface Queue {
  add(text: string): void;
  dispose(): void;
}

function createQueue(show: (text: string) => void, clearAfterMs: number, clock: Clock): Queue {
  let waiting: string[] = [];
  let shown = '';
  let cancel: Cancel | undefined;
  // Whether the shown text is too young to be replaced.
  let standing = false;
  const put = (text: string): void => {
    // The same words again change nothing in the page, and so would not be read: a space tells them apart.
    shown = text === shown ? `${text}\u00a0` : text;
    show(shown);
    cancel = clock.after(standMs, next);
  };
  const next = (): void => {
    const [text, ...rest] = waiting;
    waiting = rest;
    if (text !== undefined) return put(text);
    standing = false;
    cancel = clock.after(Math.max(0, clearAfterMs - standMs), () => {
      cancel = undefined;
      shown = '';
      show('');
    });
  };
  return {
    add(text) {
      if (standing) {
        waiting = [...waiting, text].slice(-longestQueue);
        return;
      }
      cancel?.();
      standing = true;
      put(text);
    },
    dispose() {
      cancel?.();
      waiting = [];
      show('');
    },
  };
}
