'use client';
// Keeps the end of a growing scroll container in view until the reader looks elsewhere, and keeps the reader's place
// when something above changes its height.
//
// | what happens                                  | following           | otherwise                           |
// | --------------------------------------------- | ------------------- | ----------------------------------- |
// | content grows, shrinks, or the viewport does   | the end stays       | the row at the top stays            |
// | the reader scrolls up, or drags a selection    | stops following     | -                                   |
// | the reader reaches the end                     | -                   | follows again                       |
// | `scrollToEnd`                                  | the end, at once    | the end, smoothly where allowed     |
//
// The browser's own scroll anchoring is switched off: it does nothing at the very top, is missing in Safari, and is
// thrown off by rows under `content-visibility`. The place is kept by hand, after layout and before paint.
import { useCallback, useEffect, useMemo, useRef, useState, type RefCallback } from 'react';
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
  /** Whether the end is in view. */
  readonly atEnd: boolean;
  /** Goes to the end and follows from there. Smooth unless the reader asked for less motion. */
  scrollToEnd(behavior?: 'smooth' | 'instant'): void;
}

export function useStickToBottom(options: UseStickToBottomOptions = {}): UseStickToBottomResult {
  const { thresholdPx = 24, initial = true, onAtEndChange } = options;
  const [viewport, setViewport] = useState<HTMLElement | null>(null);
  const [content, setContent] = useState<HTMLElement | null>(null);
  const [atEnd, setAtEnd] = useState(initial);
  const follower = useRef<Follower | undefined>(undefined);
  const callback = useRef(onAtEndChange);
  useEffect(() => {
    callback.current = onAtEndChange;
  });
  useEffect(() => {
    if (viewport === null || content === null) return;
    const made = createFollower(viewport, content, {
      thresholdPx,
      following: initial,
      onAtEnd(there) {
        setAtEnd(there);
        callback.current?.(there);
      },
    });
    follower.current = made;
    return () => {
      follower.current = undefined;
      made.dispose();
    };
  }, [viewport, content, thresholdPx, initial]);
  const scrollToEnd = useCallback(
    (behavior: 'smooth' | 'instant' = 'smooth') =>
      follower.current?.scrollToEnd(behavior === 'smooth' && !prefersReducedMotion()),
    [],
  );
  return useMemo(
    () => ({
      getViewportProps: () => ({ ref: setViewport }),
      getContentProps: () => ({ ref: setContent }),
      getGroupProps: () => group,
      atEnd,
      scrollToEnd,
    }),
    [atEnd, scrollToEnd],
  );
}

const group = { 'data-group': '' } as const;

interface Follower {
  scrollToEnd(smooth: boolean): void;
  dispose(): void;
}

interface FollowerOptions {
  readonly thresholdPx: number;
  readonly following: boolean;
  onAtEnd(atEnd: boolean): void;
}

/** The row that the reader sees at the top, and how far it stands from there. */
interface Anchor {
  readonly row: Element;
  readonly offset: number;
}

function createFollower(viewport: HTMLElement, content: HTMLElement, options: FollowerOptions): Follower {
  let following = options.following;
  let lastTop = viewport.scrollTop;
  let lastHeight = viewport.scrollHeight;
  let anchor: Anchor | undefined;
  /** A smooth scroll of ours is on its way; what it passes is not the reader's doing. */
  let travelling = false;

  const toEnd = (): number => viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop;
  let told = options.following;
  const tell = (): void => {
    const there = following || toEnd() <= options.thresholdPx;
    if (there === told) return;
    told = there;
    options.onAtEnd(there);
  };
  const remember = (): void => {
    lastTop = viewport.scrollTop;
    lastHeight = viewport.scrollHeight;
    anchor = following ? undefined : findAnchor(viewport, content);
  };

  /** Undoes what moved the anchor, except scrolling. */
  const keepPlace = (): void => {
    if (anchor === undefined || !content.contains(anchor.row)) return;
    const top = viewport.scrollTop;
    const moved = offsetIn(viewport, anchor.row) - (anchor.offset - (top - lastTop));
    // Half a pixel of rounding must not creep.
    if (Math.abs(moved) >= 1) scroll(viewport, top + moved, false);
  };

  const wentUp = (): boolean => viewport.scrollTop < lastTop - 1;

  const handleResize = (): void => {
    // Someone scrolled in this very frame, and the event is yet to come: a search in the page, a link to a row.
    if (following && !travelling && wentUp() && toEnd() > options.thresholdPx) following = false;
    if (following) {
      scroll(viewport, viewport.scrollHeight, travelling);
    } else {
      keepPlace();
    }
    remember();
    tell();
  };

  const handleScroll = (): void => {
    const up = wentUp();
    // Content that shrank pulls the end up, and the reader with it, without anyone's wish.
    const pulled = viewport.scrollHeight < lastHeight && toEnd() <= 1;
    if (toEnd() <= options.thresholdPx) {
      if (!up || pulled) following = true;
      travelling = false;
    } else if (up && !travelling) {
      following = false;
    }
    // Rows that come near change their height between two frames, and this may be the first to see it.
    if (!following) keepPlace();
    remember();
    tell();
  };

  const letGo = (): void => {
    travelling = false;
    if (!following) return;
    following = false;
    remember();
    tell();
  };
  const handleWheel = (event: WheelEvent): void => {
    if (event.deltaY < 0 && !event.ctrlKey && viewport.scrollHeight > viewport.clientHeight) letGo();
    else travelling = false;
  };
  const handleOwnScrolling = (): void => {
    travelling = false;
  };
  let pointerDown = false;
  const handlePointerDown = (): void => {
    pointerDown = true;
  };
  const handlePointerUp = (): void => {
    pointerDown = false;
  };
  // Text that moves away under a drag cannot be selected.
  const handleSelection = (): void => {
    if (!pointerDown || !following) return;
    const selection = viewport.ownerDocument.getSelection();
    if (selection !== null && !selection.isCollapsed && content.contains(selection.anchorNode)) letGo();
  };

  const previousAnchoring = viewport.style.overflowAnchor;
  viewport.style.overflowAnchor = 'none';
  const observer = typeof ResizeObserver === 'function' ? new ResizeObserver(handleResize) : undefined;
  observer?.observe(content);
  observer?.observe(viewport);
  const passive = { passive: true } as const;
  viewport.addEventListener('scroll', handleScroll, passive);
  viewport.addEventListener('wheel', handleWheel, passive);
  viewport.addEventListener('touchstart', handleOwnScrolling, passive);
  viewport.addEventListener('keydown', handleOwnScrolling, passive);
  viewport.addEventListener('pointerdown', handlePointerDown, passive);
  viewport.ownerDocument.addEventListener('pointerup', handlePointerUp, passive);
  viewport.ownerDocument.addEventListener('pointercancel', handlePointerUp, passive);
  viewport.ownerDocument.addEventListener('selectionchange', handleSelection, passive);
  if (following) scroll(viewport, viewport.scrollHeight, false);
  remember();

  return {
    scrollToEnd(smooth) {
      following = true;
      travelling = smooth && toEnd() > 1;
      scroll(viewport, viewport.scrollHeight, travelling);
      remember();
      tell();
    },
    dispose() {
      observer?.disconnect();
      viewport.style.overflowAnchor = previousAnchoring;
      viewport.removeEventListener('scroll', handleScroll);
      viewport.removeEventListener('wheel', handleWheel);
      viewport.removeEventListener('touchstart', handleOwnScrolling);
      viewport.removeEventListener('keydown', handleOwnScrolling);
      viewport.removeEventListener('pointerdown', handlePointerDown);
      viewport.ownerDocument.removeEventListener('pointerup', handlePointerUp);
      viewport.ownerDocument.removeEventListener('pointercancel', handlePointerUp);
      viewport.ownerDocument.removeEventListener('selectionchange', handleSelection);
    },
  };
}

/** Says `instant` aloud: a page may have asked for smooth scrolling everywhere. */
function scroll(viewport: Element, top: number, smooth: boolean): void {
  if (typeof viewport.scrollTo === 'function') viewport.scrollTo({ top, behavior: smooth ? 'smooth' : 'instant' });
  else viewport.scrollTop = top;
}

function offsetIn(viewport: Element, row: Element): number {
  return row.getBoundingClientRect().top - viewport.getBoundingClientRect().top;
}

/**
 * The first row that begins in the viewport, else the one that fills it: one that ends there may change its height above
 * the edge.
 */
function findAnchor(viewport: Element, content: Element): Anchor | undefined {
  const { top, bottom } = viewport.getBoundingClientRect();
  const first = firstBelow(top, content);
  if (first === undefined) return undefined;
  const next = rowAfter(first);
  const begins = (row: Element): boolean => row.getBoundingClientRect().top >= top;
  const row = next !== undefined && !begins(first) && next.getBoundingClientRect().top < bottom ? next : first;
  return { row, offset: row.getBoundingClientRect().top - top };
}

/** The first row that ends below a line. Found by halves, for rows stand in order and a thread may have thousands. */
function firstBelow(line: number, rows: Element): Element | undefined {
  const { children } = rows;
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.getBoundingClientRect().bottom ?? 0) > line) high = middle;
    else low = middle + 1;
  }
  const found = children[low];
  return found !== undefined && isGroup(found) ? firstBelow(line, found) : found;
}

function rowAfter(row: Element): Element | undefined {
  const { parentElement: parent, nextElementSibling: sibling } = row;
  const next = sibling ?? (parent !== null && isGroup(parent) ? parent.nextElementSibling : null);
  return (next !== null && isGroup(next) ? next.firstElementChild : next) ?? undefined;
}

function isGroup(element: Element): boolean {
  return element.hasAttribute('data-group');
}
