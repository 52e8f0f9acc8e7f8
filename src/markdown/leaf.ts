// Makes leaves of settled nodes, and renders them again when a definition changes.
import type { Nodes } from 'mdast';
import { definitionsWithin } from './definitions.ts';
import { parse } from './parse.ts';
import { invalidate } from './pieces.ts';
import type { Content, Footnote, Leaf, Source } from './pieces.ts';
import { render } from './render.ts';
import type { Amendment, RenderContext } from './render.ts';
import type { Known, Notes } from './resume.ts';
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
  if (!literal.has(node.type) && tail.slice(from, to).includes('[')) {
    const isWhole = source.guessed.size > 0 && !amendment;
    source.leaves.push({ leaf, path, node: isWhole ? node : undefined });
  }
  return leaf;
}

/** Renders a text again for which only such labels changed as it took for known. False if it must be parsed for that. */
export function renderGuessed(source: Source, changed: ReadonlySet<string>, context: RenderContext): boolean {
  if ([...changed].some((label) => !source.guessed.has(label))) return false;
  if (source.leaves.some(({ node }) => !node)) return false;
  for (const { leaf, node } of source.leaves) {
    if (node) Object.assign(leaf, renderLeaf(node, context, undefined));
    invalidate(leaf);
  }
  return true;
}

/** The labels that counted as known wherever a parse met them. */
export const guessedIn = ({ guessed, refused }: Notes): ReadonlySet<string> =>
  new Set([...guessed].filter((label) => !refused.has(label)));

/** Parses a text again, now that something it asked for means something else. Returns what it asks for now. */
export function renderAgain(source: Source, known: Known, context: RenderContext): ReadonlySet<string> {
  const parsed = parse(source.text, source.containers, known, source.start === 0, context.syntax);
  new Tail(source.start, source.line, source.text).relocate(parsed.root, parsed.prefixLength);
  source.guessed = guessedIn(parsed);
  for (const each of source.leaves) {
    const { leaf, path } = each;
    let node: Nodes | undefined = parsed.root;
    for (const index of path) node = node && 'children' in node ? node.children[index] : undefined;
    each.node = source.guessed.size > 0 ? node : undefined;
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
