// Makes leaves of settled nodes, and renders them again when a definition changes.
import type { Nodes, Root } from 'mdast';
import { definitionsWithin } from './definitions.ts';
import { parse } from './parse.ts';
import type { Content, Footnote, Leaf, LeafSource } from './pieces.ts';
import { render } from './render.ts';
import type { Amendment, RenderContext } from './render.ts';
import type { Known } from './resume.ts';
import type { Settled } from './settle.ts';
import { Tail } from './tail.ts';

/** The leaf of a node that became final; the parse it comes from already counts in the whole document. */
export function createLeaf(
  settled: Settled,
  tail: Tail,
  asked: ReadonlySet<string>,
  context: RenderContext,
  amendment: Amendment | undefined,
): Leaf {
  const { node, parent } = settled;
  return {
    kind: 'leaf',
    parent,
    start: node.position?.start.offset ?? 0,
    source: sourceOf(settled, tail, asked),
    item: node.type === 'listItem' ? { checked: node.checked, spread: node.spread === true } : undefined,
    element: undefined,
    ...renderLeaf(node, context, amendment),
  };
}

/** Parses a leaf's text again, now that something it asked for means something else. Returns what it asks for now. */
export function renderAgain(leaf: Leaf, known: Known, context: RenderContext): ReadonlySet<string> {
  const { source } = leaf;
  if (!source) return new Set();
  const parsed = parse(source.text, source.containers, known, source.start === 0, context.syntax);
  new Tail(source.start, source.line, source.text).relocate(parsed.root, parsed.prefixLength);
  const node = findLeaf(parsed.root, source);
  if (node) Object.assign(leaf, renderLeaf(node, context, undefined));
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

function sourceOf(settled: Settled, tail: Tail, asked: ReadonlySet<string>): LeafSource | undefined {
  const { containers, path, isItem, from, to, node } = settled;
  if (literal.has(node.type)) return undefined;
  const text = tail.slice(from, to);
  if (!text.includes('[')) return undefined;
  const passed = tail.slice(0, from);
  const line = tail.line + [...passed.matchAll(/\r\n|\n|\r/g)].length;
  return { text, start: tail.sourceOffset(from), line, containers, path, isItem, asked };
}

function findLeaf(root: Root, { containers, path, isItem }: LeafSource): Nodes | undefined {
  let node: Nodes | undefined = root;
  containers.forEach((container, level) => {
    node = childOf(node, 0);
    const isOwnList = isItem && level === containers.length - 1;
    if (container.type === 'list' && !isOwnList) node = childOf(node, 0);
  });
  // The item with which a list resumes is a filler.
  path.forEach((index, level) => {
    node = childOf(node, isItem && level === 0 ? index + 1 : index);
  });
  return node;
}

const childOf = (node: Nodes | undefined, index: number): Nodes | undefined =>
  node && 'children' in node ? node.children.at(index) : undefined;
