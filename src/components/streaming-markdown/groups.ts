// Children in groups, so that React looks only into those groups in which something changed. Where a child stands
// depends on its index alone: what is added at the end moves none of the others, so every element stays the one it is.
//
//     0 to 7 as they are | 8 to 519: 8 groups of 8 groups of 8 | 520 to 1,031: 8 groups of 8 groups of 8 | ...
import type { ElementContent } from 'hast';
import { Fragment, createElement, type ReactElement, type ReactNode } from 'react';

/** Children to a group, and groups to a group of groups. */
const breadth = 8;
const levels = 3;

interface Group {
  readonly nodes: readonly ElementContent[];
  readonly element: ReactElement;
}

/** Children that stay the same and in their place keep the group they are in, and with it its element. */
export function createGroups(toReact: (node: ElementContent, index: number) => ReactNode) {
  const known = Array.from({ length: levels }, () => new WeakMap<ElementContent, Group>());

  const members = (nodes: readonly ElementContent[], from: number, to: number, level: number): ReactNode[] =>
    level === 0
      ? nodes.slice(from, to).map((node, index) => toReact(node, from + index))
      : groups(nodes, from, to, level);

  const groups = (nodes: readonly ElementContent[], from: number, to: number, level: number): ReactElement[] => {
    const span = breadth ** level;
    const ofLevel = known[level - 1];
    const result: ReactElement[] = [];
    for (let start = from; start < to; start += span) {
      const end = Math.min(start + span, to);
      // A text may stand in many places.
      const owner = firstElement(nodes, start, end);
      let group = owner && ofLevel?.get(owner);
      if (!group || !isSame(group.nodes, nodes, start, end)) {
        const within = members(nodes, start, end, level - 1);
        const element = createElement(Fragment, { key: `group-${start}` }, within);
        group = { nodes: nodes.slice(start, end), element };
        if (owner) ofLevel?.set(owner, group);
      }
      result.push(group.element);
    }
    return result;
  };

  return (nodes: readonly ElementContent[]): readonly ReactNode[] => [
    ...members(nodes, 0, Math.min(breadth, nodes.length), 0),
    ...groups(nodes, breadth, nodes.length, levels),
  ];
}

function firstElement(nodes: readonly ElementContent[], from: number, to: number): ElementContent | undefined {
  for (let index = from; index < to; index++) if (nodes[index]?.type === 'element') return nodes[index];
  return undefined;
}

function isSame(known: readonly ElementContent[], nodes: readonly ElementContent[], from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let index = from; index < to; index++) if (nodes[index] !== known[index - from]) return false;
  return true;
}
