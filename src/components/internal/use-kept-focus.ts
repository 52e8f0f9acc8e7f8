'use client';
// Keeps the keyboard's place when what had the focus is taken away: a button whose work is done, an editor that closed.
// Browsers leave the focus on nothing then, and the next Tab begins at the top of the page. It goes to the row around
// instead, else to the transcript: nowhere that would open a keyboard on a screen.
import { useEffect } from 'react';

const row = '[role=listitem], [role=region]';

/** `root` is, or holds, the transcript. */
export function useKeptFocus(root: HTMLElement | null): void {
  useEffect(() => {
    if (root === null) return;
    const { ownerDocument } = root;
    let focused: Element | undefined;
    let places: readonly Element[] = [];
    const restore = (): void => {
      if (focused === undefined || focused.isConnected) return;
      focused = undefined;
      if (ownerDocument.activeElement !== ownerDocument.body) return;
      const place = places.find((one) => one.isConnected);
      if (!(place instanceof HTMLElement)) return;
      if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
      place.focus({ preventScroll: true });
    };
    // It looks only while there is something to lose.
    const removals = new MutationObserver(restore);
    const handleFocusIn = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      if (focused === undefined) removals.observe(root, { childList: true, subtree: true });
      focused = target;
      places = placesAround(target, root);
    };
    const handleFocusOut = ({ target }: FocusEvent): void => {
      // Some browsers say so of what they take away, too; what is still there was left by the reader.
      queueMicrotask(() => {
        if (focused !== target || !focused?.isConnected || ownerDocument.activeElement === focused) return;
        focused = undefined;
        removals.disconnect();
      });
    };
    root.addEventListener('focusin', handleFocusIn);
    root.addEventListener('focusout', handleFocusOut);
    return () => {
      removals.disconnect();
      root.removeEventListener('focusin', handleFocusIn);
      root.removeEventListener('focusout', handleFocusOut);
    };
  }, [root]);
}

/** From the inside out; in the end the transcript, for what stands beside it. */
function placesAround(element: Element, root: Element): readonly Element[] {
  const places: Element[] = [];
  for (let up = element.parentElement; up !== null && root.contains(up); up = up.parentElement) {
    if (up.matches(row)) places.push(up);
  }
  const transcript = root.querySelector('[data-slot=message-list-viewport]');
  return transcript === null ? places : [...places, transcript];
}
