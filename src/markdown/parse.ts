// Markdown text to mdast by micromark, from any place between two blocks, together with what the document needs to
// resume later. The grammar is the one of react-markdown with remark-gfm.
import type { Code, ListItem, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import type { Construct, ConstructRecord, Extension, Token, TokenizeContext } from 'micromark-util-types';
import { boundLevels, bounded } from './depth.ts';
import { gfmSyntax, gfmTree } from './gfm.ts';
import { begin, containerFiller, hasBegun, labelEndOf, noteInterruption, resume } from './resume.ts';
import type { Known, Notes, OpenContainer, Session } from './resume.ts';
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

/** Parses text that stands at the start of a document, or between two blocks within the given containers. */
export function parse(
  text: string,
  containers: readonly OpenContainer[],
  known: Known,
  isStart: boolean,
  added?: Syntax,
): Parsed {
  const notes: Notes = {
    asked: new Set(),
    guessed: new Set(),
    refused: new Set(),
    freshLines: new Set(),
    interruptedLines: new Set(),
    lazyLines: {},
  };
  const itemSizes = new Map<ListItem, number>();
  const itemMarkers = new Map<ListItem, number>();
  const fences = new Map<Code, number>();
  const prefix = containers.length > 0 ? `${containerFiller.repeat(containers.length)}\n` : '';
  // A byte order mark is dropped from the start of a document only.
  const guard = !isStart && prefix === '' && text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const root = fromMarkdown(guard + prefix + text, {
    extensions: grammar({ containers, known, notes }, added),
    mdastExtensions: [
      { transforms: [boundLevels] },
      ...gfmTree,
      ...(added ? [added.tree] : []),
      noteItems(itemSizes, itemMarkers),
      noteFences(fences),
    ],
  });
  return { root, itemSizes, itemMarkers, fences, prefixLength: prefix.length, ...notes };
}

const labelEnd = 93;

const combined = new WeakMap<Syntax, TokenizeContext['parser']['constructs']>();
const withoutSyntax = {} as Syntax;

/**
 * What to give to micromark for one parse. It combines its constructs anew each time, which takes longer than to parse a
 * line: so only the first parse is given all of them, and each later one exchanges what it has for the same.
 */
function grammar(session: Session, added: Syntax = withoutSyntax): Extension[] {
  const enter: Construct = {
    name: 'enterSession',
    partial: true,
    tokenize(effects, ok, nok) {
      const { parser } = this;
      if (hasBegun(parser)) return nok;
      begin(parser, session);
      const constructs = combined.get(added) ?? complete(parser.constructs, enter);
      combined.set(added, constructs);
      parser.constructs = constructs;
      return effects.attempt(constructs.document, ok, nok);
    },
  };
  const document: ConstructRecord = { null: enter };
  for (const marker of '>[*+-0123456789') document[marker.charCodeAt(0)] = enter;
  if (combined.has(added)) return [{ document }];
  return [gfmSyntax(), ...(added === withoutSyntax ? [] : [added.micromark]), resume, { document }];
}

function complete(constructs: TokenizeContext['parser']['constructs'], enter: Construct): typeof constructs {
  const document: ConstructRecord = {};
  for (const [code, value] of Object.entries(constructs.document ?? {})) {
    const list = Array.isArray(value) ? value : value ? [value] : [];
    document[code as keyof ConstructRecord] = list.filter((construct) => construct !== enter);
  }
  const text = { ...constructs.text };
  const ends = text[labelEnd];
  text[labelEnd] = (Array.isArray(ends) ? ends : ends ? [ends] : []).map((each) =>
    each.name === 'labelEnd' ? labelEndOf(each) : each,
  );
  return { ...constructs, text, document: bounded(document, noteInterruption) };
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
