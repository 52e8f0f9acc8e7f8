'use client';
// Keeps what the reader has selected while the text around it grows. React writes a text node anew to make it longer, and
// others in its place where it becomes two; a browser then moves every end of a selection in it to the start of the
// node, or out of it. Its words are still there, so the ends go back. A caret is kept as well: a drag begins with one.
import { Component, type ReactNode } from 'react';

interface End {
  readonly node: Node;
  readonly offset: number;
  /** What holds the node, and its text up to here: by that the place is found again. */
  readonly holder: Node | null;
  readonly before: string;
}

interface KeptSelectionProps {
  /** Selections that have an end inside are kept. */
  readonly root: HTMLElement | null;
  /** Rendered as they are. */
  readonly children: ReactNode;
}

/** Stands inside the component whose rendering makes texts grow. A class, for only a class is asked before they do. */
export class KeptSelection extends Component<KeptSelectionProps> {
  #ends: readonly End[] = [];
  #texts: MutationObserver | undefined;

  override componentDidMount(): void {
    this.componentDidUpdate({ root: null });
  }

  // The browser tells of a selection late: in the frame of a drag, after the text has grown.
  override getSnapshotBeforeUpdate(): null {
    this.#look();
    return null;
  }

  override componentDidUpdate(before: Pick<KeptSelectionProps, 'root'>): void {
    const { root } = this.props;
    if (root === before.root) return;
    this.#detach(before.root);
    if (root === null) return;
    // Before the browser tells of the change, so that nobody hears of what was only passing.
    this.#texts = new MutationObserver(this.#putBack);
    root.ownerDocument.addEventListener('selectionchange', this.#look);
  }

  override componentWillUnmount(): void {
    this.#detach(this.props.root);
  }

  override render(): ReactNode {
    return this.props.children;
  }

  #detach(root: HTMLElement | null): void {
    this.#texts?.disconnect();
    root?.ownerDocument.removeEventListener('selectionchange', this.#look);
  }

  readonly #look = (): void => {
    const { root } = this.props;
    const texts = this.#texts;
    if (root === null || texts === undefined) return;
    if (texts.takeRecords().length > 0) this.#putBack();
    texts.disconnect();
    this.#ends = endsIn(root.ownerDocument);
    // It looks only while there is something to lose.
    if (!this.#ends.some(({ node }) => root.contains(node))) this.#ends = [];
    else texts.observe(root, { characterData: true, childList: true, subtree: true });
  };

  readonly #putBack = (): void => {
    const { ownerDocument } = this.props.root ?? {};
    if (ownerDocument === undefined) return;
    const now = endsIn(ownerDocument);
    if (!this.#ends.some((end, index) => isLost(end, now[index]))) return;
    const [anchor, focus] = this.#ends.map(placeOf);
    // Where the text is not a longer one but another, it was not the same words.
    if (anchor && focus) ownerDocument.getSelection()?.setBaseAndExtent(...anchor, ...focus);
  };
}

/** Where the selection begins and ends, in the order in which it was made. */
function endsIn(ownerDocument: Document): readonly End[] {
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = ownerDocument.getSelection() ?? {};
  return anchorNode && focusNode ? [endAt(anchorNode, anchorOffset), endAt(focusNode, focusOffset)] : [];
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
