// Numbers footnote calls in the order of the text, and builds the section that holds the notes.
import type { Element, ElementContent, Properties } from 'hast';
import { normalizeUri } from 'micromark-util-sanitize-uri';
import { isParagraph, newline, spaced } from './containers.ts';
import type { Content } from './pieces.ts';
import type { FootnoteCall } from './render.ts';

/** The options of remark-rehype that concern footnotes. */
export interface FootnoteOptions {
  readonly clobberPrefix?: string | null | undefined;
  readonly footnoteLabel?: string | null | undefined;
  readonly footnoteLabelTagName?: string | null | undefined;
  readonly footnoteLabelProperties?: Properties | null | undefined;
  readonly footnoteBackLabel?: string | ((index: number, rereference: number) => string) | null | undefined;
  readonly footnoteBackContent?:
    | string
    | ((index: number, rereference: number) => string | ElementContent | ElementContent[])
    | null
    | undefined;
}

export interface Numbering {
  /** Identifiers in the order in which they were first called. */
  readonly order: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  /** Calls whose link says something else already, because a note before theirs came or went. */
  readonly stale: readonly FootnoteCall[];
}

/** What the links of calls say already. */
const numbered = new WeakMap<Element, { readonly place: number; readonly count: number }>();

/** Gives every call its number. Calls inside notes follow those in the text, note by note. */
export function numberCalls(calls: Iterable<FootnoteCall>, note: FindNote, clobberPrefix: string): Numbering {
  const order: string[] = [];
  const places = new Map<string, number>();
  const counts = new Map<string, number>();
  const stale: FootnoteCall[] = [];
  const number = (call: FootnoteCall) => {
    const { identifier, link } = call;
    const place = places.get(identifier) ?? order.push(identifier);
    places.set(identifier, place);
    const count = (counts.get(identifier) ?? 0) + 1;
    counts.set(identifier, count);
    const known = numbered.get(link);
    if (known) {
      if (known.place !== place || known.count !== count) stale.push(call);
      return;
    }
    numbered.set(link, { place, count });
    const suffix = count > 1 ? `-${count}` : '';
    link.properties.id = `${clobberPrefix}fnref-${normalizeUri(identifier.toLowerCase())}${suffix}`;
    link.children.push({ type: 'text', value: String(place) });
  };
  for (const call of calls) number(call);
  for (let index = 0; index < order.length; index++) {
    for (const call of note(order[index] ?? '')?.calls ?? []) number(call);
  }
  return { order, counts, stale };
}

type FindNote = (identifier: string) => Content | undefined;

interface Item {
  readonly nodes: readonly ElementContent[];
  readonly index: number;
  readonly count: number;
  readonly element: Element;
}

/** Makes the section of footnotes; notes that stay what they are keep their elements, and so does the section. */
export function createFootnoteSection(options: FootnoteOptions) {
  const clobberPrefix = options.clobberPrefix ?? 'user-content-';
  const known = new Map<string, Item>();
  let items: readonly Element[] = [];
  let section: Element | undefined;

  const itemOf = (identifier: string, nodes: readonly ElementContent[], index: number, count: number): Element => {
    const before = known.get(identifier);
    if (before?.index === index && before.count === count && areSame(before.nodes, nodes)) return before.element;
    const safeId = normalizeUri(identifier.toLowerCase());
    const back = backReferences(index, count, `${clobberPrefix}fnref-${safeId}`, options);
    const element: Element = {
      type: 'element',
      tagName: 'li',
      properties: { id: `${clobberPrefix}fn-${safeId}` },
      children: spaced(withBackReferences(nodes, back)),
    };
    known.set(identifier, { nodes: [...nodes], index, count, element });
    return element;
  };

  return ({ order, counts }: Numbering, note: FindNote): Element | undefined => {
    const found = order.flatMap((identifier, index) => {
      const content = note(identifier);
      return content ? [itemOf(identifier, content.nodes, index, counts.get(identifier) ?? 0)] : [];
    });
    if (!section || !areSame(items, found)) section = found.length > 0 ? sectionOf(found, options) : undefined;
    items = found;
    return section;
  };
}

function sectionOf(items: readonly Element[], options: FootnoteOptions): Element {
  const heading: Element = {
    type: 'element',
    tagName: options.footnoteLabelTagName || 'h2',
    properties: { ...(options.footnoteLabelProperties || { className: ['sr-only'] }), id: 'footnote-label' },
    children: [{ type: 'text', value: options.footnoteLabel || 'Footnotes' }],
  };
  return {
    type: 'element',
    tagName: 'section',
    properties: { dataFootnotes: true, className: ['footnotes'] },
    children: [heading, newline, { type: 'element', tagName: 'ol', properties: {}, children: spaced(items) }, newline],
  };
}

const areSame = (one: readonly ElementContent[], other: readonly ElementContent[]): boolean =>
  one.length === other.length && one.every((node, index) => node === other[index]);

function backReferences(index: number, count: number, target: string, options: FootnoteOptions): ElementContent[] {
  const nodes: ElementContent[] = [];
  const label = options.footnoteBackLabel ?? defaultBackLabel;
  const content = options.footnoteBackContent ?? defaultBackContent;
  for (let rereference = 1; rereference <= count; rereference++) {
    if (nodes.length > 0) nodes.push({ type: 'text', value: ' ' });
    const made = typeof content === 'string' ? content : content(index, rereference);
    const children =
      typeof made === 'string' ? [{ type: 'text' as const, value: made }] : Array.isArray(made) ? made : [made];
    nodes.push({
      type: 'element',
      tagName: 'a',
      properties: {
        href: `#${target}${rereference > 1 ? `-${rereference}` : ''}`,
        dataFootnoteBackref: '',
        ariaLabel: typeof label === 'string' ? label : label(index, rereference),
        className: ['data-footnote-backref'],
      },
      children,
    });
  }
  return nodes;
}

const defaultBackLabel = (index: number, rereference: number): string =>
  `Back to reference ${index + 1}${rereference > 1 ? `-${rereference}` : ''}`;

const defaultBackContent = (_index: number, rereference: number): ElementContent[] => [
  { type: 'text', value: '↩' },
  ...(rereference > 1
    ? [
        {
          type: 'element' as const,
          tagName: 'sup',
          properties: {},
          children: [{ type: 'text' as const, value: String(rereference) }],
        },
      ]
    : []),
];

function withBackReferences(nodes: readonly ElementContent[], back: readonly ElementContent[]): ElementContent[] {
  const last = nodes.at(-1);
  if (!last || !isParagraph(last)) return [...nodes, ...back];
  const end = last.children.at(-1);
  const children: ElementContent[] =
    end?.type === 'text'
      ? [...last.children.slice(0, -1), { ...end, value: `${end.value} ` }]
      : [...last.children, { type: 'text', value: ' ' }];
  return [...nodes.slice(0, -1), { ...last, children: [...children, ...back] }];
}
