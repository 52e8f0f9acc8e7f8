// The path from the root of a parsed tail to its last leaf: what is on it may still grow, all else is final.
import type { Blockquote, FootnoteDefinition, List, ListItem, Nodes, Parents, Root } from 'mdast';
import type { Branch } from './pieces.ts';

export interface Step {
  readonly node: Nodes;
  readonly parent: Parents;
  readonly index: number;
  /** The settled container that this node continues. */
  readonly branch: Branch | undefined;
}

const containers: ReadonlySet<string> = new Set(['list', 'listItem', 'blockquote', 'footnoteDefinition']);

export type ContainerNode = List | ListItem | Blockquote | FootnoteDefinition;

export const isContainer = (node: Nodes): node is ContainerNode => containers.has(node.type);

/** How many children at the head of a container stand for what was open before: they continue it, or are fillers. */
export const continuedCount = (branch: Branch | undefined): number =>
  branch && (branch.open || branch.type === 'list') ? 1 : 0;

export function spine(root: Root, rootBranch: Branch): Step[] {
  const steps: Step[] = [];
  let parent: Parents = root;
  let branch: Branch | undefined = rootBranch;
  for (;;) {
    const index: number = parent.children.length - 1;
    const node: Nodes | undefined = parent.children[index];
    if (!node) return steps;
    const next: Branch | undefined = index === 0 ? branch?.open : undefined;
    steps.push({ node, parent, index, branch: next });
    if (!isContainer(node)) return steps;
    parent = node;
    branch = next;
  }
}
