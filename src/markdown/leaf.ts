// Makes leaves of settled nodes, and renders them again when a definition changes.
import type { Nodes } from 'mdast';
import { definitionsWithin } from './definitions.ts';
import { parse } from './parse.ts';
import { invalidate } from './pieces.ts';
import type { Content, Footnote, Leaf, Source } from './pieces.ts';
import { render } from './render.ts';
import type { Amendment, RenderContext } from './render.ts';
import type { Known } from './resume.ts';
import type { Settled } from './settle.ts';
import { Tail } from './tail.ts';

/** The leaf of a node that became final; the parse it comes from already counts in the whole document. */
export function createLeaf(
  { node, parent, path, from, to }: Settled,
  tail: Tail,
  source: Source,
  context: RenderContext,
  amendment: Amendment | undefined,
): Leaf {
  const leaf: Leaf = {
    kind: 'leaf',
    parent,
    start: node.position?.start.offset ?? 0,
    source,
    item: node.type === 'listItem' ? { checked: node.checked, spread: node.spread === true } : undefined,
    element: undefined,
    ...renderLeaf(node, context, amendment),
  };
  if (!literal.has(node.type) && tail.slice(from, to).includes('[')) source.leaves.push({ leaf, path });
  return leaf;
}

/** Parses a text again, now that something it asked for means something else. Returns what it asks for now. */
export function renderAgain(source: Source, known: Known, context: RenderContext): ReadonlySet<string> {
  const parsed = parse(source.text, source.containers, known, source.start === 0, context.syntax);
  new Tail(source.start, source.line, source.text).relocate(parsed.root, parsed.prefixLength);
  for (const { leaf, path } of source.leaves) {
    let node: Nodes | undefined = parsed.root;
    for (const index of path) node = node && 'children' in node ? node.children[index] : undefined;
    if (!node) continue;
    Object.assign(leaf, renderLeaf(node, context, undefined));
    invalidate(leaf);
  }
  return parsed.asked;
}

function renderLeaf(
  node: Nodes,
  context: RenderContext,
  amendment: Amendment | undefined,
): { content: Content; footnotes: readonly Footnote[] } {
  const footnotes: Footnote[] = [];
  for (const each of definitionsWithin(node)) {
    if (each.type !== 'footnoteDefinition') continue;
    footnotes.push({ identifier: each.identifier.toUpperCase(), ...render(each.children, context, amendment) });
  }
  const nodes = node.type === 'listItem' ? node.children : [node];
  return { content: render(nodes, context, amendment), footnotes };
}

/** Nodes without references in them. */
const literal: ReadonlySet<string> = new Set(['code', 'html', 'thematicBreak', 'definition']);
