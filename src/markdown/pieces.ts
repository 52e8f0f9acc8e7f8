// What is settled of a document, as a tree: branches are containers that were open when a parse resumed inside them,
// leaves are everything else, however deep. A leaf is rendered once, and again only when a definition it asked for
// comes, goes or changes.
import type { Element, ElementContent } from 'hast';
import type { Nodes } from 'mdast';
import type { OpenContainer } from './resume.ts';
import { itemElement, listElement, quoteElement } from './containers.ts';
import type { FootnoteCall } from './render.ts';

/**
 * A text from which leaves were settled in one go. Parsed once more it gives the same tree, but for what its references
 * mean: so that is how leaves are rendered again, with nothing to guess about what stood before them.
 */
export interface Source {
  readonly text: string;
  readonly start: number;
  readonly line: number;
  readonly containers: readonly OpenContainer[];
  /** Labels that counted as known wherever they were met: that they are says nothing new of the tree. */
  guessed: ReadonlySet<string>;
  /**
   * Those leaves in which there could be references, and which child to take at each level to find each. With a guess in
   * them, the nodes themselves are kept, unless words were taken out of them.
   */
  readonly leaves: { readonly leaf: Leaf; readonly path: readonly number[]; node: Nodes | undefined }[];
}

export interface Content {
  readonly nodes: readonly ElementContent[];
  readonly calls: readonly FootnoteCall[];
}

export interface Footnote extends Content {
  readonly identifier: string;
}

export interface ItemFacts {
  readonly checked: boolean | null | undefined;
  readonly spread: boolean;
}

export interface Leaf {
  readonly kind: 'leaf';
  readonly parent: Branch;
  readonly start: number;
  readonly source: Source;
  readonly item: ItemFacts | undefined;
  /** The node itself, or of a list item its children. */
  content: Content;
  /** Footnote definitions inside it. */
  footnotes: readonly Footnote[];
  element: { readonly loose: boolean; readonly node: Element } | undefined;
}

export interface Branch {
  readonly kind: 'branch';
  readonly type: 'root' | 'list' | 'listItem' | 'blockquote' | 'footnoteDefinition';
  readonly parent: Branch | undefined;
  readonly start: number;
  readonly children: Piece[];
  /** The child in which the tail resumes. */
  open: Branch | undefined;
  /** The container as micromark must find it open; of a list with its latest item. */
  container: OpenContainer | undefined;
  readonly ordered: boolean;
  readonly first: number | null | undefined;
  readonly checked: boolean | null | undefined;
  readonly identifier: string;
  /** Of a list or an item: blank lines have been seen where they make it loose. */
  spread: boolean;
  /** Nodes of the settled children, filled as they are asked for. */
  cache: { readonly loose: boolean; readonly nodes: ElementContent[]; count: number } | undefined;
  /** Of a list: one of its settled items is a task. */
  hasTask: boolean;
}

export type Piece = Leaf | Branch;

export function createBranch(facts: Pick<Branch, 'type' | 'parent' | 'start'> & Partial<Branch>): Branch {
  return {
    kind: 'branch',
    children: [],
    open: undefined,
    container: undefined,
    ordered: false,
    first: undefined,
    checked: undefined,
    identifier: '',
    spread: false,
    cache: undefined,
    hasTask: false,
    ...facts,
  };
}

/** Forgets what was built of a piece and of all that hold it. */
export function invalidate(piece: Piece): void {
  for (let each: Piece | undefined = piece; each; each = each.parent) {
    if (each.kind === 'leaf') each.element = undefined;
    else each.cache = undefined;
  }
}

/** The nodes of a branch's settled children. The array grows; a snapshot takes a copy. */
export function settledNodes(branch: Branch, loose: boolean): readonly ElementContent[] {
  if (branch.cache?.loose !== loose) branch.cache = { loose, nodes: [], count: 0 };
  const { cache } = branch;
  for (; cache.count < branch.children.length; cache.count++) {
    const child = branch.children[cache.count];
    if (child) cache.nodes.push(...pieceNodes(child, loose));
  }
  return cache.nodes;
}

function pieceNodes(piece: Piece, loose: boolean): readonly ElementContent[] {
  if (piece.kind === 'branch') {
    const element = branchElement(piece, settledNodes(piece, isLoose(piece, loose)), loose);
    return element ? [element] : [];
  }
  if (!piece.item) return piece.content.nodes;
  if (piece.element?.loose !== loose) {
    piece.element = { loose, node: at(piece.start, itemElement(piece.content.nodes, piece.item.checked, loose)) };
  }
  return [piece.element.node];
}

/** The element of a branch around the given children; none for the root and for footnote definitions. */
export function branchElement(
  branch: Branch,
  nodes: readonly ElementContent[],
  loose: boolean,
  hasTasks: boolean = branch.hasTask,
): Element | undefined {
  switch (branch.type) {
    case 'list':
      return at(branch.start, listElement({ ordered: branch.ordered, start: branch.first }, nodes, hasTasks));
    case 'listItem':
      return at(branch.start, itemElement(nodes, branch.checked, loose));
    case 'blockquote':
      return at(branch.start, quoteElement(nodes));
    case 'root':
    case 'footnoteDefinition':
      return undefined;
  }
}

/** What the children of a branch need to know: a list tells its items, an item hands on what it was told. */
export function isLoose(branch: Branch, inherited: boolean): boolean {
  if (branch.type !== 'list') return inherited;
  return branch.spread;
}

/** Calls in the order of the text, for footnote definitions, whose content is not in place. */
export function* callsWithin(branch: Branch): Generator<FootnoteCall> {
  for (const child of branch.children) {
    if (child.kind === 'leaf') yield* child.content.calls;
    else if (child.type !== 'footnoteDefinition') yield* callsWithin(child);
  }
  if (branch.open && branch.open.type !== 'footnoteDefinition') yield* callsWithin(branch.open);
}

function at(start: number, element: Element): Element {
  // Lines and columns of a container that is assembled from pieces are not known; its offset is what keys it.
  const point = { line: 1, column: 1, offset: start };
  return { ...element, position: { start: point, end: point } };
}
