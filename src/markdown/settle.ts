// Moves what is final out of the tail. Given the parse of the tail's complete lines, everything before the last leaf
// becomes pieces, and the tail starts anew at that leaf's line, inside the containers that are open there; or at the
// latest node before it whose line is a place to start at.
//
// A line is such a place if micromark had no leaf open when it came to it, and none either when it looked in vain for a
// list there, which is a step ahead: an open leaf changes how a list may begin. A definition that follows another at the
// very start of its line is as good as fresh, although both belong to one run of text: indented it might be code.
import type { List, ListItem, Nodes, Parents, Root, RootContent } from 'mdast';
import type { Parsed } from './parse.ts';
import { createBranch } from './pieces.ts';
import type { Branch } from './pieces.ts';
import type { OpenContainer } from './resume.ts';
import { continuedCount, isContainer, spine } from './spine.ts';
import type { ContainerNode, Step } from './spine.ts';
import { lineStarts } from './lines.ts';
import type { Tail } from './tail.ts';

/** A node that became final, and how to find it again when its text is parsed again. */
export interface Settled {
  readonly kind: 'settled';
  readonly node: Nodes;
  readonly parent: Branch;
  /** Which child to take at each level below the root. */
  readonly path: readonly number[];
  /** The lines of the tail's text in which it stands, and perhaps a few more. */
  readonly from: number;
  readonly to: number;
}

/** Where in the tail's text it starts anew: the line of the last step. */
export const startOfLine = (steps: readonly Step[], parsed: Parsed, tail: Tail): number =>
  lineStartOf(steps.at(-1)?.node, parsed, lineStarts(tail.text));

const firstLineOf = (parsed: Parsed): number => (parsed.prefixLength > 0 ? 2 : 1);

/**
 * Where the tail may start anew: the latest node that begins in such a place, as the last of the steps. Of those on one
 * line it is the outermost.
 */
export function nextStart(parsed: Parsed, root: Branch): readonly Step[] | undefined {
  const steps = spine(parsed.root, root);
  for (let depth = steps.length - 1; depth >= 0; depth--) {
    const { parent, index: last } = steps[depth] as Step;
    const above = steps.slice(0, depth);
    for (let index = last; index >= 0; index--) {
      const node = parent.children[index] as Nodes;
      if ((node.position?.start.line ?? 0) <= firstLineOf(parsed)) return undefined;
      if (mayStart(node, parent.children, index, above, parsed))
        return [...above, { node, parent, index, branch: undefined }];
    }
  }
  return undefined;
}

function mayStart(
  node: Nodes,
  siblings: readonly Nodes[],
  index: number,
  above: readonly Step[],
  parsed: Parsed,
): boolean {
  const line = node.position?.start.line ?? 0;
  if (line === above.at(-1)?.node.position?.start.line) return false;
  // A note inside a list would resume with a blank line, which makes the list a loose one.
  const noteDepth = above.findIndex(({ node: each }) => each.type === 'footnoteDefinition');
  if (above.slice(0, Math.max(noteDepth, 0)).some(({ node: each }) => each.type === 'list')) return false;
  const before = siblings[index - 1];
  const isRun = above.length === 0 && isDefinition(node) && isDefinition(before) && startColumn(node) === 1;
  if (!isRun && (!parsed.freshLines.has(line) || parsed.interruptedLines.has(line))) return false;
  if (!parsed.lazyLines[line]) return true;
  // After a container that this line does not continue, this line or the next may still belong to it, unless another
  // node has begun since.
  const isOver = siblings[index + 1]
    ? !parsed.lazyLines[line + 1]
    : above.length === 0 && parsed.lazyLines[line + 1] === false;
  return isOver && !endsInTable(before);
}

/**
 * Takes what comes before the last of `steps` out of a parse of the tail: leaves to be made, and the containers that
 * opened, in the order of the text.
 */
export function settle(steps: readonly Step[], parsed: Parsed, root: Branch, tail: Tail): (Settled | Branch)[] {
  const settled: (Settled | Branch)[] = [];
  const target = steps.at(-1)?.node;

  const starts = lineStarts(tail.text);
  const opened = new Set<Branch>();
  const continuedOf = (branch: Branch) => (opened.has(branch) ? 0 : continuedCount(branch));

  const settleChildren = (parent: Parents, branch: Branch, until: number, path: readonly number[], after?: Nodes) => {
    const continued = continuedOf(branch);
    parent.children.forEach((node, index) => {
      if (index >= until) return;
      const here = [...path, index];
      const next = parent.children[index + 1] ?? after;
      if (index >= continued) {
        const from = lineStartOf(node, parsed, starts);
        const to = endOf(next, parsed, starts) ?? tail.text.length;
        settled.push({ kind: 'settled', node, parent: branch, path: here, from, to });
        if (node.type === 'listItem' && typeof node.checked === 'boolean') branch.hasTask = true;
      } else if (branch.open && isContainer(node)) {
        finish(branch.open, node, here, next);
        branch.children.push(branch.open);
        branch.open = undefined;
      }
    });
  };

  const finish = (branch: Branch, node: ContainerNode, path: readonly number[], after: Nodes | undefined) => {
    noteSpread(branch, node);
    settleChildren(node, branch, node.children.length, path, after);
  };

  const descend = (parent: Parents, branch: Branch, depth: number, path: readonly number[]) => {
    const step = steps[depth];
    if (!step) return;
    settleChildren(parent, branch, step.index, path);
    if (branch.type === 'list') {
      // The latest item that begins before the new tail. One that was open from before keeps its size.
      const latest = step.node === target ? step.index - 1 : step.index;
      const item = latest >= continuedOf(branch) ? parent.children[latest] : undefined;
      const size = sizeOf(item, step.node, parsed);
      if (size !== undefined && branch.container?.type === 'list') branch.container = { ...branch.container, size };
    }
    if (step.node === target || !isContainer(step.node)) {
      branch.open = undefined;
      return;
    }
    const next = step.branch ?? open(step.node, branch, tail, parsed);
    if (!step.branch) {
      opened.add(next);
      settled.push(next);
    }
    if (next.type === 'listItem' && typeof next.checked === 'boolean') branch.hasTask = true;
    noteSpread(next, step.node);
    branch.open = next;
    descend(step.node, next, depth + 1, [...path, step.index]);
  };

  descend(parsed.root, root, 0, []);
  return settled;
}

/** The tree that a parse of what is left would give: from the last of the steps on, inside the containers that are open there. */
export function remainder(steps: readonly Step[]): Root {
  const within = (depth: number): Nodes[] => {
    const { node, parent, index } = steps[depth] as Step;
    if (depth < steps.length - 1) return [{ ...node, ...withoutName(node), children: within(depth + 1) } as Nodes];
    const rest = parent.children.slice(index);
    return parent.type === 'list' ? [earlierItem, ...rest] : rest;
  };
  return { type: 'root', children: within(0) as RootContent[] };
}

/** What was open before is known already. */
const withoutName = (node: Nodes) => (node.type === 'footnoteDefinition' ? { identifier: '' } : undefined);

/** Stands for the items of a list that were open before. */
const earlierItem: ListItem = { type: 'listItem', children: [] };

/** The containers that are open inside a branch, outermost first. */
export function openContainers(branch: Branch | undefined): OpenContainer[] {
  const containers: OpenContainer[] = [];
  for (let each = branch; each; each = each.open) {
    if (each.container) containers.push(each.container);
  }
  return containers;
}

// Of the item with which a list is open where a node begins. Nothing continues an item that began with a blank line and
// had another one.
function sizeOf(item: Nodes | undefined, next: Nodes | undefined, parsed: Parsed): number | undefined {
  if (item?.type !== 'listItem') return undefined;
  const isOver = item.children.length === 0 && next !== item && !isAdjacent(item, next);
  return isOver ? Number.POSITIVE_INFINITY : parsed.found.itemSizes.get(item);
}

const isAdjacent = (before: Nodes, node: Nodes | undefined): boolean =>
  (node?.position?.start.line ?? 0) <= (before.position?.end.line ?? 0) + 1;

// A table that a lazy line ends keeps that line from being the head of another.
function endsInTable(node: Nodes | undefined): boolean {
  let last = node;
  while (last && isContainer(last)) last = last.children.at(-1);
  return last?.type === 'table';
}

// By lines: with tabs around, micromark's offsets are not to be relied on.
const lineStartOf = (node: Nodes | undefined, parsed: Parsed, starts: readonly number[]): number =>
  starts[lineOf(node?.position?.start.line, parsed) - 1] ?? 0;

// The text that makes a node the way it is: what ends it belongs to it, two lines for a table. Without that an open fence
// or HTML block would end elsewhere.
const endOf = (next: Nodes | undefined, parsed: Parsed, starts: readonly number[]): number | undefined =>
  next && starts[lineOf(next.position?.start.line, parsed) + 1];

const lineOf = (line: number | undefined, parsed: Parsed): number => (line ?? 1) - (parsed.prefixLength > 0 ? 1 : 0);

const isDefinition = (node: Nodes | undefined): boolean => node?.type === 'definition';

const startColumn = (node: Nodes): number => node.position?.start.column ?? 1;

function open(node: ContainerNode, parent: Branch, tail: Tail, parsed: Parsed): Branch {
  const offset = (node.position?.start.offset ?? 0) - parsed.prefixLength;
  const start = tail.sourceOffset(offset);
  switch (node.type) {
    case 'list':
      return createBranch({
        type: 'list',
        parent,
        start,
        ordered: node.ordered === true,
        first: node.start,
        container: listContainer(node, parsed),
      });
    case 'listItem':
      return createBranch({ type: 'listItem', parent, start, checked: node.checked });
    case 'blockquote':
      return createBranch({ type: 'blockquote', parent, start, container: { type: 'blockquote' } });
    case 'footnoteDefinition':
      return createBranch({
        type: 'footnoteDefinition',
        parent,
        start,
        identifier: node.identifier.toUpperCase(),
        container: { type: 'footnoteDefinition' },
      });
  }
}

function listContainer(node: List, parsed: Parsed): OpenContainer {
  const [first] = node.children;
  const marker = (first && parsed.found.itemMarkers.get(first)) ?? 0;
  return { type: 'list', ordered: node.ordered === true, marker, size: 0 };
}

function noteSpread(branch: Branch, node: ContainerNode): void {
  if (node.type === 'listItem' && node.spread) branch.spread = true;
  if (node.type === 'list' && (node.spread || node.children.some((item) => item.spread))) branch.spread = true;
}
