// What was parsed again is often what it was, in nodes of their own. Then what was made of it before is taken for it, and
// React does not look into it.
import type { Element, ElementContent } from 'hast';

/** A node, and the one that stood in its place before and is the same. */
export type Pair = readonly [node: ElementContent, before: ElementContent];

/** The largest parts of nodes that are what they were: some of them, or some of what is in them. */
export function samePairs(nodes: readonly ElementContent[], before: readonly ElementContent[]): readonly Pair[] {
  const pairs: Pair[] = [];
  compareChildren(nodes, before, pairs);
  return pairs;
}

function compare(node: ElementContent, before: ElementContent, pairs: Pair[]): boolean {
  const within = pairs.length;
  let isSame: boolean;
  if (node.type === 'element') {
    if (before.type !== 'element') return false;
    isSame = compareChildren(node.children, before.children, pairs) && isSameTag(node, before);
  } else {
    isSame = node.type === before.type && 'value' in node && 'value' in before && node.value === before.value;
  }
  if (!isSame) return false;
  pairs.length = within;
  pairs.push([node, before]);
  return true;
}

function compareChildren(nodes: readonly ElementContent[], before: readonly ElementContent[], pairs: Pair[]): boolean {
  const count = Math.min(nodes.length, before.length);
  const from = Math.max(0, count - window);
  let isSame = from === 0 && nodes.length === before.length;
  for (let index = from; index < count; index++) {
    const node = nodes[index] as ElementContent;
    const other = before[index] as ElementContent;
    if (node !== other && !compare(node, other, pairs)) isSame = false;
  }
  return isSame;
}

/** Children that are looked at, from the last: those before them seldom were parsed again, and there may be thousands. */
const window = 32;

const isSameTag = (one: Element, other: Element): boolean =>
  one.tagName === other.tagName &&
  one.position?.start.offset === other.position?.start.offset &&
  one.position?.end.offset === other.position?.end.offset &&
  isSameRecord(one.properties, other.properties) &&
  isSameRecord(one.data, other.data);

// What the engine makes has plain values and lists of names for properties.
function isSameRecord(one: object | undefined, other: object | undefined): boolean {
  if (one === other) return true;
  const values = other as Readonly<Record<string, unknown>> | undefined;
  let count = 0;
  for (const name in one) {
    const value = (one as Readonly<Record<string, unknown>>)[name];
    if (value !== values?.[name] && String(value) !== String(values?.[name])) return false;
    count++;
  }
  for (const _name in other) count--;
  return count === 0;
}
