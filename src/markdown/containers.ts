// The hast of containers whose children are rendered one by one: lists, items, quotes. The result is what
// mdast-util-to-hast makes of the whole container, but children keep their identity.
import type { Element, ElementContent, Properties, Text } from 'hast';

export const newline: Text = Object.freeze({ type: 'text', value: '\n' });

export interface ListFacts {
  readonly ordered: boolean;
  readonly start: number | null | undefined;
}

/** Newlines between the nodes, and around them as inside a list or a quote. */
export function spaced(nodes: readonly ElementContent[]): ElementContent[] {
  const result: ElementContent[] = [newline];
  for (const node of nodes) result.push(node, newline);
  return result;
}

export function quoteElement(nodes: readonly ElementContent[]): Element {
  return { type: 'element', tagName: 'blockquote', properties: {}, children: spaced(nodes) };
}

export function listElement(list: ListFacts, items: readonly ElementContent[], hasTasks: boolean): Element {
  const properties: Properties = {};
  if (typeof list.start === 'number' && list.start !== 1) properties.start = list.start;
  if (hasTasks) properties.className = ['contains-task-list'];
  return { type: 'element', tagName: list.ordered ? 'ol' : 'ul', properties, children: spaced(items) };
}

/** In a tight list paragraphs lose their element; a task gets its checkbox inside its first paragraph. */
export function itemElement(
  nodes: readonly ElementContent[],
  checked: boolean | null | undefined,
  loose: boolean,
): Element {
  const isTask = typeof checked === 'boolean';
  const parts = isTask ? withCheckbox(nodes, checked) : nodes;
  const children: ElementContent[] = [];
  parts.forEach((node, index) => {
    const paragraph = isParagraph(node) ? node : undefined;
    if (loose || index > 0 || !paragraph) children.push(newline);
    if (paragraph && !loose) children.push(...paragraph.children);
    else children.push(node);
  });
  const last = parts.at(-1);
  if (last && (loose || !isParagraph(last))) children.push(newline);
  return { type: 'element', tagName: 'li', properties: isTask ? { className: ['task-list-item'] } : {}, children };
}

export function isParagraph(node: ElementContent): node is Element {
  return node.type === 'element' && node.tagName === 'p';
}

function withCheckbox(nodes: readonly ElementContent[], checked: boolean): ElementContent[] {
  const [first, ...rest] = nodes;
  const text = first && isParagraph(first) ? first : undefined;
  const box: Element = {
    type: 'element',
    tagName: 'input',
    properties: { type: 'checkbox', checked, disabled: true },
    children: [],
  };
  const paragraph: Element = {
    ...(text ?? { type: 'element', tagName: 'p', properties: {} }),
    children: text && text.children.length > 0 ? [box, { type: 'text', value: ' ' }, ...text.children] : [box],
  };
  return text ? [paragraph, ...rest] : [paragraph, ...nodes];
}
