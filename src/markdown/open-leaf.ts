// A leaf that grows without end. Its settled middle is taken out of the tail and kept as what it became: the lines of
// a code block as text, the rows of a table and the words of a paragraph as hast. The rest is parsed behind the
// leaf's own first lines, and the settled middle is put back into what it becomes.
import type { Element, ElementContent, Text } from 'hast';
import type { Nodes, Root } from 'mdast';
import { newline } from './containers.ts';
import { pairedAfter, paragraphCut } from './paragraph-cut.ts';
import type { Parsed } from './parse.ts';
import type { Branch, Content } from './pieces.ts';
import { render } from './render.ts';
import type { Amendment, FootnoteCall, RenderContext } from './render.ts';
import { continuedCount, spine } from './spine.ts';
import { chunked, lineStarts } from './lines.ts';
import type { Tail } from './tail.ts';
import { Words } from './words.ts';

/** What has been taken out of the tail. */
export type OpenLeaf =
  /** Whole chunks of lines, each a text node for good, and the lines since. Of indented code the first line, too. */
  | { readonly type: 'code'; readonly chunks: readonly Text[]; readonly value: string; readonly asked: Labels }
  | { readonly type: 'html'; readonly value: string; readonly asked: Labels }
  | {
      readonly type: 'table';
      readonly rows: ElementContent[];
      readonly calls: FootnoteCall[];
      readonly headCalls: number;
      readonly asked: Labels;
    }
  | { readonly type: 'paragraph' | 'heading'; readonly words: Words; readonly asked: Labels };

type TableLeaf = Extract<OpenLeaf, { type: 'table' }>;

/** The labels that what was taken out asked for. */
type Labels = Set<string>;

export interface Shortened {
  readonly tail: Tail;
  readonly leaf: OpenLeaf;
}

/** Takes out the settled lines of the code block or table that ends the parse of complete lines. */
export function shortenLines(
  parsed: Parsed,
  root: Branch,
  tail: Tail,
  lines: string,
  leaf: OpenLeaf | undefined,
  context: RenderContext,
): Shortened | undefined {
  const node = spine(parsed.root, root).at(-1)?.node;
  if (!node?.position) return undefined;
  const lastLine = lineStarts(lines).length;
  const prefixLines = parsed.prefixLength > 0 ? 1 : 0;
  if (node.position.end.line - prefixLines !== lastLine) return undefined;
  const headLines = node.type === 'table' ? 2 : 1;
  const firstLine = node.position.start.line - prefixLines;
  // Only the leaf with which the tail begins: that is where it will be looked for.
  if (
    firstLine !== 1 ||
    (node.type !== 'code' && node.type !== 'html' && node.type !== 'table') ||
    node !== firstLeaf(parsed.root, root, node.type)
  ) {
    return undefined;
  }
  const growing = lastLine - firstLine + 1 - headLines;
  if (growing < 2) return undefined;
  const from = lineStarts(lines)[firstLine - 1 + headLines] ?? 0;
  const to = lineStarts(lines)[lastLine - 1] ?? 0;
  if (to - from < shortestLines) return undefined;
  if (node.type === 'code') {
    const fences = parsed.found.fences.get(node) ?? 0;
    const settled = leaf?.type === 'code' ? leaf : undefined;
    // The first line of indented code is taken over, although it stays in the tail.
    const skipped = fences === 0 && settled ? 1 : 0;
    const value = fences > 1 ? undefined : settledLines(node.value, growing + 1 - fences, skipped);
    if (value === undefined) return undefined;
    const code = chunked(settled?.chunks ?? [], (settled?.value ?? '') + value);
    return { tail: tail.without(from, to, ''), leaf: { type: 'code', ...code, asked: new Set() } };
  }
  if (node.type === 'html') {
    const value = settledLines(node.value, growing + 1, 1);
    if (value === undefined) return undefined;
    const before = leaf?.type === 'html' ? leaf.value : '';
    return { tail: tail.without(from, to, ''), leaf: { type: 'html', value: before + value, asked: new Set() } };
  }
  if (node.type === 'table' && node.children.length - 1 === growing) {
    tail.relocate(parsed.root, parsed.prefixLength);
    const table = render([{ ...node, children: node.children.slice(0, -1) }], context);
    const head = render([{ ...node, children: node.children.slice(0, 1) }], context);
    const headCalls = head.calls.length;
    const settled: TableLeaf =
      leaf?.type === 'table' ? leaf : { type: 'table', rows: [], calls: [], headCalls, asked: new Set() };
    for (const row of rowsOf(table)) settled.rows.push(newline, row);
    settled.calls.push(...table.calls.slice(headCalls));
    for (const label of parsed.asked) settled.asked.add(label);
    return { tail: tail.without(from, to, ''), leaf: settled };
  }
  return undefined;
}

/** Takes out the settled words of the paragraph or heading that ends the parse. */
export function shortenWords(
  parsed: Parsed,
  root: Branch,
  tail: Tail,
  text: string,
  leaf: OpenLeaf | undefined,
  context: RenderContext,
): Shortened | undefined {
  const node = spine(parsed.root, root).at(-1)?.node;
  if (
    (node?.type !== 'paragraph' && node?.type !== 'heading') ||
    (leaf && leaf.type !== node.type) ||
    node !== firstLeaf(parsed.root, root, node.type)
  )
    return undefined;
  // With tabs in it, micromark's offsets are not to be relied on.
  if (mayUnderline(text) || text.includes('\t')) return undefined;
  if (node.type === 'heading' && /[\n\r]/.test(text)) return undefined;
  const cut = paragraphCut(node, text, parsed.prefixLength, tail.restStart, context.syntax?.delimiter);
  if (!cut || cut.offset - Math.max(cut.start, tail.restStart) < shortestSegment) return undefined;
  tail.relocate(parsed.root, parsed.prefixLength);
  const { nodes, calls } = render([{ ...node, children: cut.before }], context);
  const words = nodes[0];
  if (words?.type !== 'element') return undefined;
  const shorter = tail.without(cut.start, cut.offset, cut.filler);
  const own = withoutFiller(words.children, tail.filler);
  const settled = leaf && 'words' in leaf ? leaf.words : new Words();
  const length = shorter.removed.length - tail.removed.length;
  settled.add({ nodes: own, calls, length, open: cut.open, filler: cut.filler });
  const asked = leaf?.asked ?? new Set();
  for (const label of parsed.asked) asked.add(label);
  return { tail: shorter, leaf: { type: node.type, words: settled, asked } };
}

/** Fewer characters than these are not worth taking out, of words and of lines. */
const shortestSegment = 40;
const shortestLines = 160;

/** Whether a closing parenthesis may end a link that began in what was taken out. */
export const mayEndLink = (leaf: OpenLeaf | undefined): boolean =>
  leaf !== undefined && 'words' in leaf && leaf.words.open.has('(');

/**
 * What must come back because something in the rest pairs with a delimiter that was left open: the tail and the leaf as
 * they then are.
 */
export function unpair(
  leaf: OpenLeaf,
  parsed: Parsed,
  root: Branch,
  tail: Tail,
  text: string,
): { readonly tail: Tail; readonly leaf: OpenLeaf | undefined } | undefined {
  if (!('words' in leaf)) return undefined;
  const { words } = leaf;
  const node = firstLeaf(parsed.root, root, leaf.type);
  if (node?.type !== 'paragraph' && node?.type !== 'heading') return undefined;
  const paired = words.open.size > 0 ? pairedAfter(words.open, node, text, parsed.prefixLength) : undefined;
  if (paired === undefined) return undefined;
  const returned = words.takeBack(paired);
  return { tail: tail.restored(returned, words.filler), leaf: words.isEmpty ? undefined : leaf };
}

/**
 * Puts what was taken out back into the parse. `undefined` if the leaf has become something else, as a paragraph does
 * when it turns out to be a heading or a table: then the tail must be parsed whole.
 */
export function restore(leaf: OpenLeaf, parsed: Parsed, root: Branch): Amendment | undefined {
  const node = firstLeaf(parsed.root, root, leaf.type);
  if (!node) return undefined;
  switch (leaf.type) {
    case 'code':
      return {
        node,
        amend: (block) => prependText(block, leaf, node, node.type === 'code' && parsed.found.fences.has(node)),
        calls: [],
        callsBefore: 0,
      };
    case 'html':
      return { node, amend: (raw) => insertLines(raw, leaf.value), calls: [], callsBefore: 0 };
    case 'table':
      return { node, amend: (table) => insertRows(table, leaf.rows), calls: leaf.calls, callsBefore: leaf.headCalls };
    case 'paragraph':
    case 'heading': {
      const { before, filler, calls } = leaf.words;
      return {
        node,
        amend(element) {
          if ('children' in element) element.children = before(withoutFiller(element.children, filler));
        },
        calls,
        callsBefore: 0,
      };
    }
  }
}

/** Whether a paragraph's later lines may turn it, or its last line, into a heading or a table. */
export function mayUnderline(rest: string): boolean {
  for (const [line] of rest.matchAll(/(?<=[\n\r])[ \t>|:=-]+(?=[\n\r]|$)/g)) {
    if (line.includes('-') || line.includes('=')) return true;
  }
  return false;
}

function firstLeaf(tree: Root, root: Branch, type: OpenLeaf['type']): Nodes | undefined {
  let node: Nodes | undefined = tree;
  let branch: Branch | undefined = root;
  while (node && node.type !== type) {
    if (!('children' in node)) return undefined;
    const next: Branch | undefined = branch?.open;
    node = node.children[next ? 0 : continuedCount(branch)];
    branch = next;
  }
  return node;
}

/** The lines of a value without the first `skipped` and the last; `undefined` unless it has as many as it should. */
function settledLines(value: string, count: number, skipped: number): string | undefined {
  const starts = lineStarts(value);
  return starts.length === count ? value.slice(starts[skipped], starts.at(-1)) : undefined;
}

function rowsOf({ nodes: [table] }: Content): Element[] {
  const body = table?.type === 'element' ? bodyOf(table)?.children : undefined;
  return body?.filter((node) => node.type === 'element') ?? [];
}

function bodyOf(table: Element): Element | undefined {
  const body = table.children.find((node) => node.type === 'element' && node.tagName === 'tbody');
  return body?.type === 'element' ? body : undefined;
}

function insertRows(table: ElementContent, spacedRows: readonly ElementContent[]): void {
  const body = table.type === 'element' ? bodyOf(table) : undefined;
  if (body) body.children = spacedRows.concat(body.children);
}

// An empty last line leaves no text at all, so the text is made from the parse and not from the element.
function prependText(
  block: ElementContent,
  { chunks, value }: { readonly chunks: readonly Text[]; readonly value: string },
  node: Nodes,
  isFenced: boolean,
): void {
  const code = block.type === 'element' ? block.children[0] : undefined;
  if (code?.type !== 'element' || node.type !== 'code') return;
  const rest = isFenced ? node.value : node.value.slice(lineStarts(node.value)[1]);
  code.children = [...chunks, { type: 'text', value: `${value}${rest}\n` }];
}

function insertLines(raw: ElementContent, lines: string): void {
  if (raw.type !== 'raw') return;
  const first = lineStarts(raw.value)[1] ?? raw.value.length;
  raw.value = raw.value.slice(0, first) + lines + raw.value.slice(first);
}

// The text stays the same object: it may be the one that grows.
function withoutFiller(nodes: readonly ElementContent[], filler: string): ElementContent[] {
  const [first, ...rest] = nodes;
  if (first?.type !== 'text') return [...nodes];
  first.value = first.value.slice(filler.length);
  return first.value === '' ? rest : [first, ...rest];
}
