'use client';
// Keeps the end of a growing scroll container in view until the reader looks elsewhere, and keeps the reader's place
// when something above changes its height. What it does when is told in `follower.ts`; this gives it to React.
import { useCallback, useEffect, useMemo, useRef, useState, type RefCallback } from 'react';
import { createFollower, type Follower } from './follower.ts';
import { prefersReducedMotion } from './use-reduced-motion.ts';

export interface UseStickToBottomOptions {
  /** How near the end counts as there. Default 24 px. */
  readonly thresholdPx?: number;
  /** Whether it follows at first, and starts at the end. Default `true`. */
  readonly initial?: boolean;
  /** Called when the end comes into view or goes out of it, never for the first time. */
  readonly onAtEndChange?: ((atEnd: boolean) => void) | undefined;
}

export interface UseStickToBottomResult {
  /** For the scroll container. */
  getViewportProps(): { readonly ref: RefCallback<HTMLElement> };
  /** For the one element inside it that holds the rows, as direct children or in groups. */
  getContentProps(): { readonly ref: RefCallback<HTMLElement> };
  /** For an element between content and rows, where a long thread is cut into groups. */
  getGroupProps(): { readonly 'data-group': '' };
  /** For an empty element after the content, which makes room below a row that is held at the top. */
  getSpacerProps(): { readonly ref: RefCallback<HTMLElement> };
  /** Whether the end is in view. */
  readonly atEnd: boolean;
  /** Goes to the end and follows from there. Smooth unless the reader asked for less motion. */
  scrollToEnd(behavior?: 'smooth' | 'instant'): void;
  /** Brings a row to the top and leaves it there while what comes after it grows: a question and its answer. */
  scrollToTop(row: Element, behavior?: 'smooth' | 'instant'): void;
}

export function useStickToBottom(options: UseStickToBottomOptions = {}): UseStickToBottomResult {
  const { thresholdPx = 24, initial = true, onAtEndChange } = options;
  const [viewport, setViewport] = useState<HTMLElement | null>(null);
  const [content, setContent] = useState<HTMLElement | null>(null);
  const [spacer, setSpacer] = useState<HTMLElement | null>(null);
  const [atEnd, setAtEnd] = useState(initial);
  const follower = useRef<Follower | undefined>(undefined);
  const callback = useRef(onAtEndChange);
  useEffect(() => {
    callback.current = onAtEndChange;
  });
  useEffect(() => {
    if (viewport === null || content === null) return;
    const made = createFollower(
      { viewport, content, spacer },
      {
        thresholdPx,
        following: initial,
        onAtEnd(there) {
          setAtEnd(there);
          callback.current?.(there);
        },
      },
    );
    follower.current = made;
    return () => {
      follower.current = undefined;
      made.dispose();
    };
  }, [viewport, content, spacer, thresholdPx, initial]);
  const scrollToEnd = useCallback(
    (behavior: 'smooth' | 'instant' = 'smooth') =>
      follower.current?.scrollToEnd(behavior === 'smooth' && !prefersReducedMotion()),
    [],
  );
  const scrollToTop = useCallback(
    (row: Element, behavior: 'smooth' | 'instant' = 'smooth') =>
      follower.current?.scrollToTop(row, behavior === 'smooth' && !prefersReducedMotion()),
    [],
  );
  return useMemo(
    () => ({
      getViewportProps: () => ({ ref: setViewport }),
      getContentProps: () => ({ ref: setContent }),
      getGroupProps: () => ({ 'data-group': '' }),
      getSpacerProps: () => ({ ref: setSpacer }),
      atEnd,
      scrollToEnd,
      scrollToTop,
    }),
    [atEnd, scrollToEnd, scrollToTop],
  );
}
