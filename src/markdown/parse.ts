// Markdown text to mdast by micromark, from any place between two blocks, together with what the document needs to
// resume later. The grammar is the one of react-markdown with remark-gfm.
import type { Code, ListItem, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Token } from 'micromark-util-types';
import { boundContainers, boundLevels } from './depth.ts';
import { containerFiller, noteInterruption, resume } from './resume.ts';
import type { Known, Notes, OpenContainer } from './resume.ts';
import type { Syntax } from './syntax.ts';

export interface Parsed extends Notes {
  /** The tree; its first children, down the chain, continue the open containers. */
  readonly root: Root;
  /** Columns that each list item's content is indented by. */
  readonly itemSizes: ReadonlyMap<ListItem, number>;
  /** Character code of each list item's bullet or delimiter. */
  readonly itemMarkers: ReadonlyMap<ListItem, number>;
  /** How many fences each code block has: none is indented code, one is an open fence. */
  readonly fences: ReadonlyMap<Code, number>;
  /** Length of what stands for the open containers before the text. */
  readonly prefixLength: number;
}

const byteOrderMark = '\uFEFF';
const syntax = gfm();
const gfmTree = gfmFromMarkdown();

/** Parses text that stands at the start of a document, or between two blocks within the given containers. */
export function parse(
  text: string,
  containers: readonly OpenContainer[],
  known: Known,
  isStart: boolean,
  added?: Syntax,
): Parsed {
  const notes: Notes = { asked: new Set(), freshLines: new Set(), interruptedLines: new Set(), lazyLines: {} };
  const itemSizes = new Map<ListItem, number>();
  const itemMarkers = new Map<ListItem, number>();
  const fences = new Map<Code, number>();
  const prefix = containers.length > 0 ? `${containerFiller.repeat(containers.length)}\n` : '';
  // A byte order mark is dropped from the start of a document only.
  const guard = !isStart && prefix === '' && text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const root = fromMarkdown(guard + prefix + text, {
    extensions: [
      syntax,
      ...(added ? [added.micromark] : []),
      resume(containers, known, notes),
      boundContainers(noteInterruption(notes)),
    ],
    mdastExtensions: [
      { transforms: [boundLevels] },
      gfmTree,
      ...(added ? [added.tree] : []),
      noteItems(itemSizes, itemMarkers),
      noteFences(fences),
    ],
  });
  return { root, itemSizes, itemMarkers, fences, prefixLength: prefix.length, ...notes };
}

declare module 'mdast' {
  interface CodeData {
    /** Its fence has not been closed. */
    isOpen?: boolean;
  }
}

/** Records what micromark keeps as the `size` of an item: its indentation, its marker and the space after it. */
function noteItems(sizes: Map<ListItem, number>, markers: Map<ListItem, number>): TreeExtension {
  let indent: { readonly end: number; readonly size: number } | undefined;
  return {
    exit: {
      linePrefix(token) {
        indent = { end: token.end.offset, size: this.sliceSerialize(token, true).length };
      },
      listItemMarker(token) {
        const item = this.stack.at(-1);
        if (item?.type === 'listItem') markers.set(item, this.sliceSerialize(token).charCodeAt(0));
      },
      listItemPrefix(token) {
        const item = this.stack.at(-1);
        if (item?.type !== 'listItem') return;
        const prefix = this.sliceSerialize(token, true);
        const before = indent?.end === token.start.offset ? indent.size : 0;
        const blank = /[ \t]$/.test(prefix) ? 0 : 1;
        sizes.set(item, before + prefix.length + blank);
      },
    },
  };
}

function noteFences(fences: Map<Code, number>): TreeExtension {
  const note = (node: Nodes | { type: 'fragment' } | undefined, count: number) => {
    if (node?.type !== 'code') return;
    const known = (fences.get(node) ?? 0) + count;
    fences.set(node, known);
    node.data = { ...node.data, isOpen: known === 1 };
  };
  return {
    enter: {
      codeFencedFenceSequence(_token: Token) {
        // Before the closing fence the lines are still being gathered.
        const top = this.stack.at(-1);
        note(top?.type === 'fragment' ? this.stack.at(-2) : top, 1);
      },
    },
  };
}
