// Numbers in brackets that stand for sources: `[1]`, `[2, 3]`. In a text node they become elements of their own, one for
// each number; where one of them has no source the text stays as it is.
import type { Element, ElementContent, Root, RootContent, Text } from 'hast';

/** No element of HTML: only our own component shows it. */
export const citationTag = 'rv-citation';

const pattern = /\[(\d{1,3}(?:,\s?\d{1,3})*)\]/g;

/** Elements whose text is no prose. */
export const withoutCitations: ReadonlySet<string> = new Set(['a', 'code', 'pre', citationTag]);

export function withCitations(text: Text, count: number): ElementContent[] {
  const nodes: ElementContent[] = [];
  let from = 0;
  for (const match of text.value.matchAll(pattern)) {
    const numbers = (match[1] ?? '').split(',').map(Number);
    if (numbers.some((number) => number < 1 || number > count)) continue;
    if (match.index > from) nodes.push({ type: 'text', value: text.value.slice(from, match.index) });
    nodes.push(...numbers.map(citation));
    from = match.index + match[0].length;
  }
  if (from === 0) return [text];
  if (from < text.value.length) nodes.push({ type: 'text', value: text.value.slice(from) });
  return nodes;
}

const citation = (number: number): Element => ({
  type: 'element',
  tagName: citationTag,
  properties: {},
  children: [{ type: 'text', value: String(number) }],
});

/** The same in a whole tree, which is changed. */
export function citeWithin(tree: Root | Element, count: number): void {
  const nodes = (tree.children as RootContent[]).flatMap((node): RootContent[] => {
    if (node.type === 'element' && !withoutCitations.has(node.tagName)) citeWithin(node, count);
    return node.type === 'text' ? withCitations(node, count) : [node];
  });
  tree.children = nodes as ElementContent[];
}
