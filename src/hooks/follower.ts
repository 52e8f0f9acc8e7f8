// Where a scroll container stands, as its content grows and its reader acts.
//
// | what happens                                | following       | held (a row stays at the top)  | otherwise             |
// | ------------------------------------------- | --------------- | ------------------------------ | --------------------- |
// | content grows, shrinks, or the viewport does | the end stays   | the row stays; room below ends | the row at the top stays |
// | the reader scrolls up, or drags a selection  | stops following | not held                       | -                     |
// | the reader reaches the end                   | -               | follows, once there is no room | follows again         |
// | `scrollToEnd`, or the reader presses End      | the end         | the end                        | the end               |
// | `scrollToTop`                                | that row is held | that row is held              | that row is held      |
//
// The browser's own scroll anchoring is switched off: it does nothing at the very top, is missing in Safari, and is
// thrown off by rows under `content-visibility`. The place is kept by hand, after layout and before paint.
import { findAnchor, offsetIn, type Anchor } from './scroll-anchor.ts';

export interface Follower {
  scrollToEnd(smooth: boolean): void;
  scrollToTop(row: Element, smooth: boolean): void;
  dispose(): void;
}

export interface FollowedElements {
  readonly viewport: HTMLElement;
  readonly content: HTMLElement;
  /** Stands after the content and gets the height that is missing below a held row. */
  readonly spacer: HTMLElement | null;
}

export interface FollowerOptions {
  readonly thresholdPx: number;
  readonly following: boolean;
  onAtEnd(atEnd: boolean): void;
}

export function createFollower(elements: FollowedElements, options: FollowerOptions): Follower {
  const { viewport, content, spacer } = elements;
  let following = options.following;
  let lastTop = viewport.scrollTop;
  let lastHeight = viewport.scrollHeight;
  let lastScale = scaleOf(viewport);
  let anchor: Anchor | undefined;
  /** The row below which there is room for a whole viewport. Also after the reader scrolled away, or all would jump. */
  let held: Element | undefined;
  let room = 0;
  /** A smooth scroll of ours is on its way; what it passes is not the reader's doing. */
  let travelling = false;
  /** Where it goes. Sent on at every growth it would start anew each time, and never come near. */
  let destination = 0;

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
    lastScale = scaleOf(viewport);
    anchor = following ? undefined : findAnchor(viewport, content);
  };

  /** Undoes what moved the anchor, except scrolling. */
  const keepPlace = (): void => {
    if (anchor === undefined || !content.contains(anchor.row)) return;
    const top = viewport.scrollTop;
    const scrolled = wasZoomed() ? 0 : top - lastTop;
    const moved = offsetIn(viewport, anchor.row) - (anchor.offset - scrolled);
    // Half a pixel of rounding must not creep.
    if (Math.abs(moved) >= 1) scroll(viewport, top + moved, false);
  };

  /** Room below the held row, so that it can stand at the top; less of it as what follows grows. */
  const makeRoom = (): void => {
    if (spacer === null) return;
    if (held !== undefined && !content.contains(held)) held = undefined;
    const after = held === undefined ? 0 : spacer.getBoundingClientRect().top - held.getBoundingClientRect().top;
    const needed = held === undefined ? 0 : Math.max(0, Math.floor(viewport.clientHeight - after));
    if (needed === room) return;
    room = needed;
    spacer.style.blockSize = `${room}px`;
  };

  /** Firefox keeps the place in pixels of the screen: zoomed in, it is another in the page's, and nobody scrolled. */
  const wasZoomed = (): boolean => scaleOf(viewport) !== lastScale;
  const wentUp = (): boolean => viewport.scrollTop < lastTop - 1 && !wasZoomed();

  const handleResize = (): void => {
    // Someone scrolled in this very frame, and the event is yet to come: a search in the page, a link to a row.
    if (following && !travelling && wentUp() && toEnd() > options.thresholdPx) following = false;
    makeRoom();
    if (travelling) return;
    if (following) scroll(viewport, viewport.scrollHeight, false);
    else keepPlace();
    remember();
    tell();
  };

  /** The smooth scroll is over: what grew meanwhile is caught up with. */
  const arrive = (): void => {
    if (!travelling) return;
    travelling = false;
    if (following) scroll(viewport, viewport.scrollHeight, false);
  };

  const handleScroll = (): void => {
    if (following && travelling && viewport.scrollTop >= destination - 1) arrive();
    const up = wentUp();
    // Content that shrank pulls the end up, and the reader with it, without anyone's wish.
    const pulled = viewport.scrollHeight < lastHeight && toEnd() <= 1;
    if (toEnd() <= options.thresholdPx) {
      // With room left below a held row, its end is not the end of what is said.
      if ((!up || pulled) && room === 0) following = true;
      travelling = false;
    } else if (up && !travelling) {
      following = false;
    }
    // Rows that come near change their height between two frames, and this may be the first to see it.
    if (!following && !travelling) keepPlace();
    remember();
    tell();
  };

  const scrollToEnd = (smooth: boolean): void => {
    following = true;
    travelling = smooth && toEnd() > 1;
    destination = viewport.scrollTop + toEnd();
    scroll(viewport, viewport.scrollHeight, travelling);
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
  const handleKeyDown = (event: KeyboardEvent): void => {
    travelling = false;
    // The browser's own way to the end is smooth, and ends early where rows change their height as they come near.
    if (event.key === 'End' && event.target === viewport) scrollToEnd(false);
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
  // Whatever else stands in the viewport grows too: a footer, a button. The spacer is our own doing.
  const watchChildren = (): void => {
    for (const child of viewport.children) if (child !== spacer) observer?.observe(child);
  };
  const children = new MutationObserver(watchChildren);
  children.observe(viewport, { childList: true });
  watchChildren();
  observer?.observe(content);
  observer?.observe(viewport);
  const listening = new AbortController();
  const passive = { passive: true, signal: listening.signal } as const;
  const { ownerDocument } = viewport;
  viewport.addEventListener('scroll', handleScroll, passive);
  viewport.addEventListener('scrollend', arrive, passive);
  viewport.addEventListener('wheel', handleWheel, passive);
  viewport.addEventListener('touchstart', handleOwnScrolling, passive);
  viewport.addEventListener('keydown', handleKeyDown, passive);
  viewport.addEventListener('pointerdown', handlePointerDown, passive);
  ownerDocument.addEventListener('pointerup', handlePointerUp, passive);
  ownerDocument.addEventListener('pointercancel', handlePointerUp, passive);
  ownerDocument.addEventListener('selectionchange', handleSelection, passive);
  if (following) scroll(viewport, viewport.scrollHeight, false);
  remember();

  return {
    scrollToEnd,
    scrollToTop(row, smooth) {
      following = false;
      held = row;
      makeRoom();
      const distance = offsetIn(viewport, row);
      travelling = smooth && Math.abs(distance) > 1;
      scroll(viewport, viewport.scrollTop + distance, travelling);
      remember();
      tell();
    },
    dispose() {
      observer?.disconnect();
      children.disconnect();
      listening.abort();
      viewport.style.overflowAnchor = previousAnchoring;
    },
  };
}

/** How many pixels of the screen one of the element's is. */
function scaleOf(viewport: HTMLElement): number {
  const { defaultView } = viewport.ownerDocument;
  return (defaultView?.devicePixelRatio ?? 1) * (viewport.currentCSSZoom ?? 1);
}

/** Says `instant` aloud: a page may have asked for smooth scrolling everywhere. */
function scroll(viewport: Element, top: number, smooth: boolean): void {
  if (typeof viewport.scrollTo === 'function') viewport.scrollTo({ top, behavior: smooth ? 'smooth' : 'instant' });
  else viewport.scrollTop = top;
}
