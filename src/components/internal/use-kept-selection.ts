'use client';
// Keeps what the reader has selected while the text around it grows. React writes a text node anew to make it longer, and
// a browser then moves every end of a selection in it to the node's start; its words are still there, so the ends go back.
import { useEffect } from 'react';

type End = readonly [node: Node, offset: number];

/** For selections that have an end inside `root`. */
export function useKeptSelection(root: HTMLElement | null): void {
  useEffect(() => {
    if (root === null) return;
    const { ownerDocument } = root;
    let ends: readonly End[] = [];
    /** Where the selection begins and ends, in the order in which it was made. */
    const read = (): readonly End[] => {
      const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = ownerDocument.getSelection() ?? {};
      return anchorNode && focusNode
        ? [
            [anchorNode, anchorOffset],
            [focusNode, focusOffset],
          ]
        : [];
    };
    // Before the browser tells of the change, so that nobody hears of what was only passing.
    const texts = new MutationObserver(() => {
      const now = read();
      const [anchor, focus] = ends;
      if (anchor === undefined || focus === undefined || !ends.some((end, index) => isLost(end, now[index]))) return;
      // Where the text is not a longer one but another, it was not the same words.
      if (!ends.every(([node, offset]) => offset <= (node.nodeValue?.length ?? node.childNodes.length))) return;
      ownerDocument.getSelection()?.setBaseAndExtent(...anchor, ...focus);
    });
    const handleSelection = (): void => {
      texts.disconnect();
      const now = read();
      const isOurs = ownerDocument.getSelection()?.isCollapsed === false && now.some(([node]) => root.contains(node));
      ends = isOurs ? now : [];
      // It looks only while there is something to lose.
      if (isOurs) texts.observe(root, { characterData: true, subtree: true });
    };
    ownerDocument.addEventListener('selectionchange', handleSelection);
    return () => {
      texts.disconnect();
      ownerDocument.removeEventListener('selectionchange', handleSelection);
    };
  }, [root]);
}

/** Moved to the start of its node. What the reader moves elsewhere meanwhile stays there. */
function isLost([node, offset]: End, now: End | undefined): boolean {
  return now !== undefined && now[0] === node && now[1] === 0 && offset > 0;
}
