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

  const members = (nodes: readonly ElementContent[], from: number, level: number): ReactNode[] =>
    level === 0 ? nodes.map((node, index) => toReact(node, from + index)) : groups(nodes, from, level);

  const groups = (nodes: readonly ElementContent[], from: number, level: number): ReactElement[] => {
    const span = breadth ** level;
    const result: ReactElement[] = [];
    for (let start = 0; start < nodes.length; start += span) {
      const within = nodes.slice(start, start + span);
      // A text may stand in many places.
      const owner = within.find((node) => node.type === 'element');
      const group = owner && known[level - 1]?.get(owner);
      if (group && sameNodes(group.nodes, within)) {
        result.push(group.element);
        continue;
      }
      const key = `group-${from + start}`;
      const element = createElement(Fragment, { key }, members(within, from + start, level - 1));
      if (owner) known[level - 1]?.set(owner, { nodes: within, element });
      result.push(element);
    }
    return result;
  };

  return (nodes: readonly ElementContent[]): readonly ReactNode[] => [
    ...members(nodes.slice(0, breadth), 0, 0),
    ...groups(nodes.slice(breadth), breadth, levels),
  ];
}

const sameNodes = (one: readonly ElementContent[], other: readonly ElementContent[]): boolean =>
  one.length === other.length && one.every((node, index) => node === other[index]);
