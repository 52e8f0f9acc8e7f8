// hast to React elements. Every node is turned once: what kept its identity keeps its element, and React does not look
// into it again. Containers are put together child by child, in groups, so that a list of thousands of items costs
// what changed in it.
import type { Element, ElementContent, Text } from 'hast';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { urlAttributes } from 'html-url-attributes';
import { Fragment, type ElementType, type ReactElement, type ReactNode } from 'react';
import { jsx, jsxs } from 'react/jsx-runtime';
import type { Components, UrlTransform } from 'react-markdown';
import { withCitations, withoutCitations } from './citations.ts';
import { codePieces } from './code-pieces.ts';
import { createGroups } from './groups.ts';
import { Reuse } from './reuse.ts';

export interface RenderOptions {
  readonly components: Components;
  readonly urlTransform: UrlTransform;
  readonly skipHtml: boolean;
  /** How many sources `[1]` and the like may stand for. Default 0. */
  readonly citations?: number;
  /** Components for `pre` and `code` that take their text in pieces. */
  readonly own?: Pick<Components, 'pre' | 'code'>;
}

/** An element without its children. */
interface Shell {
  readonly type: ElementType;
  readonly props: Readonly<Record<string, unknown>>;
}

const withoutWhitespace: ReadonlySet<string> = new Set(['table', 'thead', 'tr']);

export type HastToReact = (blocks: readonly ElementContent[]) => ReactNode;

export function createHastToReact(options: RenderOptions): HastToReact {
  const { citations = 0 } = options;
  const elements = new WeakMap<ElementContent, ReactNode>();
  const reuse = new Reuse();

  const nodeOf = (node: ElementContent, key: string, isProse: boolean): ReactNode => {
    if (node.type === 'text') return node.value;
    if (node.type === 'raw') return options.skipHtml ? null : node.value;
    if (node.type !== 'element') return null;
    const original = reuse.original(node);
    const known = elements.get(original);
    if (known !== undefined) return known;
    const made = elementOf(node, key, isProse);
    elements.set(original, made);
    return made;
  };

  const elementOf = (node: Element, key: string, isProse: boolean): ReactNode =>
    node.tagName === 'pre' ? codeBlockOf(node, key) : assembled(node, key, isProse);

  // The element alone, its children filled in from nodes that have their own elements.
  const assembled = (node: Element, key: string, isWithinProse: boolean): ReactElement => {
    const { tagName, children } = node;
    const isProse = isWithinProse && !withoutCitations.has(tagName);
    // Rows may be thousands, so what is between them is not taken out but shown as nothing.
    if (tagName === 'tbody') return filled(shellOf(node), isProse ? proseRows(children) : plainRows(children), key);
    const present = withoutWhitespace.has(tagName) ? children.filter((child) => !isWhitespace(child)) : children;
    return filled(shellOf(node), grouped(isProse ? present.flatMap(cited) : present, isProse), key);
  };

  const shellOf = (node: Element): Shell => {
    for (const _property in node.properties) return whole({ ...node, children: [] }, node);
    const { components } = options;
    const type = Object.hasOwn(components, node.tagName) ? components[node.tagName as 'p'] : undefined;
    return typeof type === 'string' || !type
      ? { type: (type ?? node.tagName) as ElementType, props: {} }
      : { type: type as ElementType, props: { node } };
  };

  const citedTexts = new WeakMap<Text, readonly ElementContent[]>();
  const cited = (node: ElementContent): ElementContent | readonly ElementContent[] => {
    if (node.type !== 'text') return node;
    const original = reuse.original(node) as Text;
    const nodes = citedTexts.get(original) ?? withCitations(node, citations);
    citedTexts.set(original, nodes);
    return nodes;
  };

  const groupsOf = (isProse: boolean) => createGroups((node, index) => nodeOf(node, keyOf(node, index), isProse));
  const prose = groupsOf(true);
  const plain = groupsOf(false);
  const rowsOf = (isProse: boolean) =>
    createGroups((node, index) => (isWhitespace(node) ? null : nodeOf(node, keyOf(node, index), isProse)));
  const proseRows = rowsOf(true);
  const plainRows = rowsOf(false);
  const grouped = (nodes: readonly ElementContent[], isProse: boolean) => (isProse ? prose(nodes) : plain(nodes));

  // An own component for code gets its text as one string, as react-markdown hands it over; else long code stands in
  // blocks of lines, which a browser lays out far faster than one text that grows.
  const codeBlockOf = (block: Element, key: string): ReactElement => {
    const [code] = block.children;
    if (code?.type !== 'element') return filled(whole(block), [], key);
    const parts = codePieces(code);
    const { pre, code: inline } = options.components;
    if ((inline && inline !== options.own?.code) || (pre && pre !== options.own?.pre)) {
      const text: Text = { type: 'text', value: parts.map((part) => part.value).join('') };
      return filled(whole({ ...block, children: [{ ...code, children: [text] }] }), [], key);
    }
    if (parts.length <= 1) return filled(whole(block), [], key);
    const spans = parts.map((text): Element => lineBlock(text));
    const content = filled(whole({ ...code, children: [] }, code), grouped(spans, false), 'code');
    return filled(whole({ ...block, children: [] }, block), [content], key);
  };

  const lineBlocks = new WeakMap<Text, Element>();
  const lineBlock = (text: Text): Element => {
    const known = lineBlocks.get(text);
    if (known) return known;
    const span: Element = {
      type: 'element',
      tagName: 'span',
      properties: { className: ['rv-code-lines'] },
      children: [text],
    };
    lineBlocks.set(text, span);
    return span;
  };

  const whole = (node: Element, original: Element = node): Shell => {
    const safe = prepared(node, options) as Element;
    const element = toJsxRuntime(safe, {
      Fragment,
      components: options.components,
      ignoreInvalidStyle: true,
      jsx,
      jsxs,
      passKeys: true,
      passNode: true,
    }) as ReactElement<Record<string, unknown>>;
    const props = 'node' in element.props && original !== node ? { ...element.props, node: original } : element.props;
    return { type: element.type as ElementType, props };
  };

  return (blocks) => {
    reuse.show(blocks);
    const last = blocks.at(-1);
    // The notes move on with every block that is added before them.
    const notes = last?.type === 'element' && last.properties['dataFootnotes'] ? last : undefined;
    const nodes: ElementContent[] = [];
    for (const block of notes ? blocks.slice(0, -1) : blocks) {
      if (nodes.length > 0) nodes.push(lineBreak);
      nodes.push(block);
    }
    const isProse = citations > 0;
    if (!notes) return [grouped(nodes, isProse)];
    return [grouped(nodes, isProse), nodes.length > 0 && '\n', nodeOf(notes, 'notes', isProse)];
  };
}

const lineBreak: Text = { type: 'text', value: '\n' };

function filled({ type, props }: Shell, children: readonly ReactNode[], key: string): ReactElement {
  if (children.length === 0) return jsx(type, { ...props }, key);
  if (children.length === 1) return jsx(type, { ...props, children: children[0] }, key);
  return jsxs(type, { ...props, children }, key);
}

// A node's own start is its key, so that what stands before may come and go.
function keyOf(node: ElementContent, index: number): string {
  const offset = node.position?.start.offset;
  const tag = node.type === 'element' ? node.tagName : node.type;
  // The way back from a footnote, which has no start.
  if (node.type === 'element' && node.properties['dataFootnoteBackref'] !== undefined) {
    return `back-${String(node.properties['href'])}`;
  }
  return offset === undefined || keyedByPlace.has(tag) ? `${tag}#${index}` : `@${offset}`;
}

/** Of these the place among their siblings never changes, but where they start may. */
const keyedByPlace: ReadonlySet<string> = new Set(['input', 'thead', 'tbody', 'th', 'td']);

const isWhitespace = (node: ElementContent): boolean =>
  node.type === 'text' && (node.value === '\n' || /^[ \t\n\f\r]*$/.test(node.value));

/** Raw HTML becomes text or nothing, and every address goes through the policy. The node itself stays as it is. */
function prepared(node: ElementContent, options: RenderOptions, citations = options.citations ?? 0): ElementContent {
  if (node.type === 'raw') return { type: 'text', value: node.value };
  if (node.type !== 'element') return node;
  const properties = { ...node.properties };
  for (const [name, tags] of Object.entries(urlAttributes)) {
    if (!Object.hasOwn(properties, name) || (tags && !tags.includes(node.tagName))) continue;
    properties[name] = options.urlTransform(String(properties[name] || ''), name, { ...node, properties });
  }
  const kept = options.skipHtml ? node.children.filter((child) => child.type !== 'raw') : node.children;
  const count = withoutCitations.has(node.tagName) ? 0 : citations;
  const cited =
    count > 0 ? kept.flatMap((child) => (child.type === 'text' ? withCitations(child, count) : child)) : kept;
  return { ...node, properties, children: cited.map((child) => prepared(child, options, count)) };
}
