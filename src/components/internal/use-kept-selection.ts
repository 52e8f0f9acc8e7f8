'use client';
// Keeps what the reader has selected while the text around it grows. React writes a text node anew to make it longer, and
// a browser then takes back every end of a selection in it; its words are still there, so the ends are put back.
import { useEffect } from 'react';

interface Ends {
  readonly anchor: Node;
  readonly anchorOffset: number;
  readonly focus: Node;
  readonly focusOffset: number;
}

/** For selections that have an end inside `root`. */
export function useKeptSelection(root: HTMLElement | null): void {
  useEffect(() => {
    if (root === null) return;
    const { ownerDocument } = root;
    let ends: Ends | undefined;
    let watching = false;
    const restore = (): void => {
      const selection = ownerDocument.getSelection();
      if (ends === undefined || selection === null || isSame(ends, selection)) return;
      const { anchor, anchorOffset, focus, focusOffset } = ends;
      // Where the text is not a longer one but another, it was not the same words.
      if (lengthOf(anchor) < anchorOffset || lengthOf(focus) < focusOffset) return;
      if (root.contains(anchor) || root.contains(focus)) {
        selection.setBaseAndExtent(anchor, anchorOffset, focus, focusOffset);
      }
    };
    // Before the browser tells of the change, so that nobody hears of what was only passing.
    const texts = new MutationObserver(restore);
    const handleSelection = (): void => {
      ends = endsOf(ownerDocument.getSelection(), root);
      if (watching === (ends !== undefined)) return;
      watching = !watching;
      if (watching) texts.observe(root, { characterData: true, subtree: true });
      else texts.disconnect();
    };
    ownerDocument.addEventListener('selectionchange', handleSelection);
    return () => {
      texts.disconnect();
      ownerDocument.removeEventListener('selectionchange', handleSelection);
    };
  }, [root]);
}

function endsOf(selection: Selection | null, root: Element): Ends | undefined {
  if (selection === null || selection.isCollapsed) return undefined;
  const { anchorNode: anchor, anchorOffset, focusNode: focus, focusOffset } = selection;
  if (anchor === null || focus === null || !(root.contains(anchor) || root.contains(focus))) return undefined;
  return { anchor, anchorOffset, focus, focusOffset };
}

function isSame(ends: Ends, now: Selection): boolean {
  return (
    ends.anchor === now.anchorNode &&
    ends.anchorOffset === now.anchorOffset &&
    ends.focus === now.focusNode &&
    ends.focusOffset === now.focusOffset
  );
}

function lengthOf(node: Node): number {
  return node.nodeType === 3 ? (node.nodeValue ?? '').length : node.childNodes.length;
}
