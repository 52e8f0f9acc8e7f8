'use client';
// Keeps what the reader has selected while the text around it grows. React writes a text node anew to make it longer, and
// others in its place where it becomes two; a browser then moves every end of a selection in it to the start of the
// node, or out of it. Its words are still there, so the ends go back.
import { useEffect } from 'react';

interface End {
  readonly node: Node;
  readonly offset: number;
  /** What holds the node, and its text up to here: by that the place is found again. */
  readonly holder: Node | null;
  readonly before: string;
}

/** For selections that have an end inside `root`. */
export function useKeptSelection(root: HTMLElement | null): void {
  useEffect(() => {
    if (root === null) return;
    const { ownerDocument } = root;
    let ends: readonly End[] = [];
    /** Where the selection begins and ends, in the order in which it was made. */
    const read = (): readonly End[] => {
      const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = ownerDocument.getSelection() ?? {};
      return anchorNode && focusNode ? [endAt(anchorNode, anchorOffset), endAt(focusNode, focusOffset)] : [];
    };
    // Before the browser tells of the change, so that nobody hears of what was only passing.
    const texts = new MutationObserver(() => {
      const now = read();
      if (!ends.some((end, index) => isLost(end, now[index]))) return;
      const [anchor, focus] = ends.map(placeOf);
      // Where the text is not a longer one but another, it was not the same words.
      if (anchor && focus) ownerDocument.getSelection()?.setBaseAndExtent(...anchor, ...focus);
    });
    const handleSelection = (): void => {
      texts.disconnect();
      const now = read();
      const isOurs = ownerDocument.getSelection()?.isCollapsed === false && now.some(({ node }) => root.contains(node));
      ends = isOurs ? now : [];
      // It looks only while there is something to lose.
      if (isOurs) texts.observe(root, { characterData: true, childList: true, subtree: true });
    };
    ownerDocument.addEventListener('selectionchange', handleSelection);
    return () => {
      texts.disconnect();
      ownerDocument.removeEventListener('selectionchange', handleSelection);
    };
  }, [root]);
}

function endAt(node: Node, offset: number): End {
  if (node.nodeValue === null) return { node, offset, holder: null, before: '' };
  let before = node.nodeValue.slice(0, offset);
  for (let each = node.previousSibling; each; each = each.previousSibling) before = `${each.textContent}${before}`;
  return { node, offset, holder: node.parentNode, before };
}

/** Moved to the start of its node, or out of one that is gone. What the reader moves elsewhere meanwhile stays there. */
function isLost({ node, offset, holder }: End, now: End | undefined): boolean {
  if (now?.node === node) return now.offset === 0 && offset > 0;
  return holder !== null && now?.node === holder && node.parentNode !== holder;
}

function placeOf({ node, offset, holder, before }: End): [node: Node, offset: number] | undefined {
  if (holder === null) return offset <= node.childNodes.length ? [node, offset] : undefined;
  if (!holder.textContent?.startsWith(before)) return undefined;
  let left = before.length;
  const texts = holder.ownerDocument?.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  for (let text = texts?.nextNode(); text; text = texts?.nextNode()) {
    const { length } = text.nodeValue ?? '';
    if (left <= length) return [text, left];
    left -= length;
  }
  return undefined;
}
