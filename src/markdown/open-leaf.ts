// A leaf that grows without end. Its settled middle is taken out of the tail and kept as what it became: the lines of
// a code block as text, the rows of a table and the words of a paragraph as hast. The rest is parsed behind the
// leaf's own first lines, and the settled middle is put back into what it becomes.
import type { Element, ElementContent, Text } from 'hast';
import type { Code, Nodes, Root, Table } from 'mdast';
import { newline } from './containers.ts';
import { paragraphCut } from './paragraph-cut.ts';
import type { Parsed } from './parse.ts';
import type { Branch } from './pieces.ts';
import { render } from './render.ts';
import type { Amendment, RenderContext } from './render.ts';
import { continuedCount, spine } from './spine.ts';
import { lineStarts } from './tail.ts';
import type { Tail } from './tail.ts';

/** What has been taken out of the tail, and the labels it asked for. */
export type OpenLeaf = { readonly asked: ReadonlySet<string> } &
  /** Whole chunks of lines, each a text node for good, and the lines since. */
  (
    | { readonly type: 'code'; readonly chunks: readonly Text[]; readonly value: string }
    | { readonly type: 'table'; readonly rows: readonly Element[] }
    | { readonly type: 'paragraph'; readonly nodes: readonly ElementContent[] }
  );

export interface Shortened {
  readonly tail: Tail;
  readonly leaf: OpenLeaf;
}

/** Begins the rest of a paragraph: a word and a space, which no syntax can attach to. */
export const paragraphFiller = 'a ';

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
    (node.type === 'code' || node.type === 'table' ? node !== firstLeaf(parsed.root, root, node.type) : true)
  ) {
    return undefined;
  }
  const growing = lastLine - firstLine + 1 - headLines;
  if (growing < 2) return undefined;
  const from = lineStarts(lines)[firstLine - 1 + headLines] ?? 0;
  const to = lineStarts(lines)[lastLine - 1] ?? 0;
  if (node.type === 'code' && parsed.fences.get(node) === 1) {
    const value = settledLines(node, growing);
    if (value === undefined) return undefined;
    const settled = leaf?.type === 'code' ? leaf : { chunks: [], value: '' };
    const code = { type: 'code' as const, ...chunked(settled.chunks, settled.value + value), asked: noLabels };
    return { tail: tail.without(from, to, ''), leaf: code };
  }
  if (node.type === 'table' && node.children.length - 1 === growing && !lines.slice(from, to).includes('[^')) {
    const settled = leaf?.type === 'table' ? leaf.rows : [];
    tail.relocate(parsed.root, parsed.prefixLength);
    const rows = [...settled, ...bodyRows(node, context).slice(0, -1)];
    const asked = new Set([...(leaf?.asked ?? []), ...parsed.asked]);
    return { tail: tail.without(from, to, ''), leaf: { type: 'table', rows, asked } };
  }
  return undefined;
}

/** Takes out the settled words of the paragraph that ends the parse. */
export function shortenWords(
  parsed: Parsed,
  root: Branch,
  tail: Tail,
  leaf: OpenLeaf | undefined,
  context: RenderContext,
): Shortened | undefined {
  const node = spine(parsed.root, root).at(-1)?.node;
  if (
    node?.type !== 'paragraph' ||
    (leaf && leaf.type !== 'paragraph') ||
    node !== firstLeaf(parsed.root, root, 'paragraph')
  )
    return undefined;
  // With tabs in it, micromark's offsets are not to be relied on.
  if (mayUnderline(tail.text) || tail.text.includes('\t')) return undefined;
  const cut = paragraphCut(node, tail.text, parsed.prefixLength, context.syntax?.delimiter);
  if (!cut || cut.offset - Math.max(cut.start, tail.restStart) < 200) return undefined;
  tail.relocate(parsed.root, parsed.prefixLength);
  const before = render([{ type: 'paragraph', children: cut.before }], context);
  const words = before.nodes[0];
  if (before.calls.length > 0 || words?.type !== 'element') return undefined;
  const settled = leaf ? leaf.nodes : [];
  const nodes = [...settled, ...(leaf ? withoutFiller(words.children) : words.children)];
  const asked = new Set([...(leaf?.asked ?? []), ...parsed.asked]);
  return { tail: tail.without(cut.start, cut.offset, paragraphFiller), leaf: { type: 'paragraph', nodes, asked } };
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
      return { node, amend: (block) => prependText(block, leaf.chunks, leaf.value, node) };
    case 'table':
      return { node, amend: (table) => insertRows(table, leaf.rows) };
    case 'paragraph':
      return {
        node,
        amend(element) {
          element.children = [...leaf.nodes, ...withoutFiller(element.children)];
        },
      };
  }
}

/** Lines of code to a text node. One node that grows without end costs a browser far more than many that do not. */
export const chunkLines = 50;

/** Cuts off whole chunks of lines; the value ends with a line ending. */
export function chunked(chunks: readonly Text[], value: string): { chunks: readonly Text[]; value: string } {
  const starts = lineStarts(value);
  if (starts.length <= chunkLines) return { chunks, value };
  const whole: Text[] = [...chunks];
  let from = 0;
  for (let line = chunkLines; line < starts.length; line += chunkLines) {
    whole.push({ type: 'text', value: value.slice(from, starts[line]) });
    from = starts[line] ?? from;
  }
  return { chunks: whole, value: value.slice(from) };
}

/** Whether a paragraph's later lines may turn it, or its last line, into a heading or a table. */
export function mayUnderline(rest: string): boolean {
  for (const [line] of rest.matchAll(/(?<=[\n\r])[ \t>|:=-]+(?=[\n\r]|$)/g)) {
    if (line.includes('-') || line.includes('=')) return true;
  }
  return false;
}

const noLabels: ReadonlySet<string> = new Set();

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

function settledLines(node: Code, count: number): string | undefined {
  const starts = lineStarts(node.value);
  return starts.length === count ? node.value.slice(0, starts.at(-1)) : undefined;
}

function bodyRows(table: Table, context: RenderContext): Element[] {
  const element = render([table], context).nodes[0];
  return element?.type === 'element' ? bodyOf(element).filter((node) => node.type === 'element') : [];
}

function bodyOf(table: Element): ElementContent[] {
  const body = table.children.find((node) => node.type === 'element' && node.tagName === 'tbody');
  return body?.type === 'element' ? body.children : [];
}

function insertRows(table: Element, rows: readonly Element[]): void {
  const spacedRows = rows.flatMap((row): ElementContent[] => [newline, row]);
  const body = table.children.find((node) => node.type === 'element' && node.tagName === 'tbody');
  if (body?.type === 'element') body.children = [...spacedRows, ...body.children];
}

// An empty last line leaves no text at all, so the text is made from the parse and not from the element.
function prependText(block: Element, chunks: readonly Text[], value: string, node: Nodes): void {
  const [code] = block.children;
  if (code?.type !== 'element' || node.type !== 'code') return;
  code.children = [...chunks, { type: 'text', value: `${value}${node.value}\n` }];
}

function withoutFiller(nodes: readonly ElementContent[]): ElementContent[] {
  const [first, ...rest] = nodes;
  if (first?.type !== 'text') return [...nodes];
  const text: Text = { ...first, value: first.value.slice(paragraphFiller.length) };
  return text.value === '' ? rest : [text, ...rest];
}
