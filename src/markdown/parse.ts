// Markdown text to mdast by micromark, from any place between two blocks, together with what the document needs to
// resume later. The grammar is the one of react-markdown with remark-gfm.
import type { Code, ListItem, Root } from 'mdast';
import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import { bounded } from './depth.ts';
import { gfmSyntax, gfmTree } from './gfm.ts';
import { constructsOf, createReader } from './reader.ts';
import type { Parser, Reader } from './reader.ts';
import { begin, containerFiller, labelEndOf, noteInterruption, resume } from './resume.ts';
import type { Known, Notes, OpenContainer } from './resume.ts';
import type { Syntax } from './syntax.ts';

export interface Parsed extends Notes {
  /** The tree; its first children, down the chain, continue the open containers. */
  readonly root: Root;
  readonly found: Found;
  /** Length of what stands for the open containers before the text. */
  readonly prefixLength: number;
}

/** What the tree does not tell. */
interface Found {
  /** Columns that each list item's content is indented by. */
  readonly itemSizes: Map<ListItem, number>;
  /** Character code of each list item's bullet or delimiter. */
  readonly itemMarkers: Map<ListItem, number>;
  /** How many fences each code block has: none is indented code, one is an open fence. */
  readonly fences: Map<Code, number>;
  /** The latest indentation. */
  indent?: { readonly end: number; readonly size: number };
}

const byteOrderMark = '\uFEFF';

/** Parses text that stands at the start of a document, or between two blocks within the given containers. */
export function parse(
  text: string,
  containers: readonly OpenContainer[],
  known: Known,
  isStart: boolean,
  added: Syntax = withoutSyntax,
): Parsed {
  const notes: Notes = {
    asked: new Set(),
    guessed: new Set(),
    refused: new Set(),
    freshLines: new Set(),
    interruptedLines: new Set(),
    lazyLines: {},
  };
  const prefix = containers.length > 0 ? `${containerFiller.repeat(containers.length)}\n` : '';
  // A byte order mark is dropped from the start of a document only.
  const guard = !isStart && prefix === '' && text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const reader = readers.get(added) ?? createGrammar(added);
  const found: Found = { itemSizes: new Map(), itemMarkers: new Map(), fences: new Map() };
  begin(reader.parser, { containers, known, notes });
  const root = reader.read(guard + prefix + text, { found });
  notes.lazyLines = reader.parser.lazy;
  return { root, found, prefixLength: prefix.length, ...notes };
}

const labelEnd = 93;

const withoutSyntax = {} as Syntax;
const readers = new WeakMap<Syntax, Reader>();

function createGrammar(added: Syntax): Reader {
  const isPlain = added === withoutSyntax;
  const reader = createReader(
    [gfmSyntax(), ...(isPlain ? [] : [added.micromark]), resume],
    [...gfmTree, ...(isPlain ? [] : [added.tree]), notingItems, notingFences],
    complete,
  );
  readers.set(added, reader);
  return reader;
}

function complete(constructs: Parser['constructs']): Parser['constructs'] {
  const text = { ...constructs.text };
  text[labelEnd] = constructsOf(text[labelEnd]).map((each) => (each.name === 'labelEnd' ? labelEndOf(each) : each));
  return { ...constructs, text, document: bounded(constructs.document ?? {}, noteInterruption) };
}

declare module 'mdast' {
  interface CodeData {
    /** Its fence has not been closed. */
    isOpen?: boolean;
  }
}

declare module 'mdast-util-from-markdown' {
  interface CompileData {
    found?: Found;
  }
}

/** Records what micromark keeps as the `size` of an item: its indentation, its marker and the space after it. */
const notingItems: TreeExtension = {
  exit: {
    linePrefix(token) {
      if (this.data.found)
        this.data.found.indent = { end: token.end.offset, size: this.sliceSerialize(token, true).length };
    },
    listItemMarker(token) {
      const item = this.stack.at(-1);
      if (item?.type === 'listItem') this.data.found?.itemMarkers.set(item, this.sliceSerialize(token).charCodeAt(0));
    },
    listItemPrefix(token) {
      const item = this.stack.at(-1);
      const { found } = this.data;
      if (item?.type !== 'listItem' || !found) return;
      const prefix = this.sliceSerialize(token, true);
      const before = found.indent?.end === token.start.offset ? found.indent.size : 0;
      const blank = /[ \t]$/.test(prefix) ? 0 : 1;
      found.itemSizes.set(item, before + prefix.length + blank);
    },
  },
};

const notingFences: TreeExtension = {
  enter: {
    codeFencedFenceSequence() {
      // Before the closing fence the lines are still being gathered.
      const top = this.stack.at(-1);
      const node = top?.type === 'fragment' ? this.stack.at(-2) : top;
      const fences = this.data.found?.fences;
      if (node?.type !== 'code' || !fences) return;
      const count = (fences.get(node) ?? 0) + 1;
      fences.set(node, count);
      node.data = { ...node.data, isOpen: count === 1 };
    },
  },
};
