'use client';
// Keeps the keyboard's place when what had the focus is taken away: a button whose work is done, an editor that closed.
// Browsers leave the focus on nothing then, and the next Tab begins at the top of the page. It goes to the row around
// instead, else to the transcript: nowhere that would open a keyboard on a screen.
import { useEffect } from 'react';

/** `root` is, or holds, the transcript. */
export function useKeptFocus(root: HTMLElement | null): void {
  useEffect(() => {
    if (root === null) return;
    const { ownerDocument } = root;
    let focused: Element | undefined;
    let row: HTMLElement | null = null;
    const removals = new MutationObserver(() => {
      if (focused === undefined || focused.isConnected) return;
      focused = undefined;
      if (ownerDocument.activeElement !== ownerDocument.body) return;
      const place = row?.isConnected ? row : root.querySelector<HTMLElement>('[data-slot=message-list-viewport]');
      if (place === null) return;
      // Both may take the focus; a row only now, for it is no stop for Tab.
      if (place === row) place.tabIndex = -1;
      place.focus({ preventScroll: true });
    });
    const handleFocusIn = ({ target }: FocusEvent): void => {
      focused = target as Element;
      row = focused.closest('[role=listitem]');
      // It looks only while there is something to lose.
      removals.observe(root, { childList: true, subtree: true });
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
