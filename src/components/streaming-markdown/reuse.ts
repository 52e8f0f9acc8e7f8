// What was parsed again is often what it was, in nodes of their own. Then what was made of it before is taken for it, and
// React does not look into it.
import type { Element, ElementContent } from 'hast';

/** Finds again what was shown, in nodes that were made anew. */
export class Reuse {
  #shown: readonly ElementContent[] = [];
  /** The first of the nodes that are the same. */
  readonly #originals = new WeakMap<ElementContent, ElementContent>();

  /** The nodes are shown now. */
  show(nodes: readonly ElementContent[]): void {
    this.#compareChildren(nodes, this.#shown);
    this.#shown = nodes;
  }

  /** The node that stood in its place and is the same, of all those the first; else itself. */
  original(node: ElementContent): ElementContent {
    return this.#originals.get(node) ?? node;
  }

  #compare(node: ElementContent, shown: ElementContent): boolean {
    // What is in a node that was found again was not looked up: that of its original was.
    const before = this.original(shown);
    let isSame: boolean;
    if (node.type === 'element') {
      if (before.type !== 'element') return false;
      isSame = this.#compareChildren(node.children, before.children) && isSameTag(node, before);
    } else {
      isSame = node.type === before.type && 'value' in node && 'value' in before && node.value === before.value;
    }
    if (isSame) this.#originals.set(node, before);
    return isSame;
  }

  #compareChildren(nodes: readonly ElementContent[], before: readonly ElementContent[]): boolean {
    const count = Math.min(nodes.length, before.length);
    const from = Math.max(0, count - window);
    let isSame = from === 0 && nodes.length === before.length;
    for (let index = from; index < count; index++) {
      const node = nodes[index] as ElementContent;
      const other = before[index] as ElementContent;
      if (node !== other && !this.#compare(node, other)) isSame = false;
    }
    return isSame;
  }
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
