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
  /** Identifiers in the order in which they were first called, and the notes of those that have one. */
  readonly order: readonly string[];
  readonly notes: readonly (Content | undefined)[];
  readonly counts: ReadonlyMap<string, number>;
  /** Calls whose link says something else already, because a note before theirs came or went. */
  readonly stale: readonly FootnoteCall[];
}

type FindNote = (identifier: string) => Content | undefined;

/** What the links of calls say already. */
const numbered = new WeakMap<Element, { readonly place: number; readonly count: number }>();

/** Gives every call its number. Those in settled text keep theirs, and only what comes behind them is counted anew. */
export class Numbers {
  readonly #clobberPrefix: string;
  #settled: readonly FootnoteCall[] = [];
  /** How many of them are counted, and the notes that they call. */
  #settledCount = 0;
  #settledNotes = 0;
  #order: string[] = [];
  #places = new Map<string, number>();
  #counts = new Map<string, number>();
  /** What is called elsewhere, call by call. */
  #passing: string[] = [];
  #stale: FootnoteCall[] = [];

  constructor(clobberPrefix: string) {
    this.#clobberPrefix = clobberPrefix;
  }

  /**
   * Numbers the calls in the order of the text: `settled`, to which calls are added as long as it is the same array, then
   * `calls`. Calls inside notes follow, note by note.
   */
  number(settled: readonly FootnoteCall[], calls: readonly FootnoteCall[], note: FindNote): Numbering {
    this.#forgetPassing();
    if (settled !== this.#settled || this.#stale.length > 0) this.#begin(settled);
    for (; this.#settledCount < settled.length; this.#settledCount++) {
      const call = settled[this.#settledCount];
      if (call) this.#number(call);
    }
    this.#settledNotes = this.#order.length;
    for (const call of calls) this.#numberPassing(call);
    const notes: (Content | undefined)[] = [];
    for (let index = 0; index < this.#order.length; index++) {
      const content = note(this.#order[index] ?? '');
      notes.push(content);
      for (const call of content?.calls ?? []) this.#numberPassing(call);
    }
    return { order: this.#order, notes, counts: this.#counts, stale: this.#stale };
  }

  #begin(settled: readonly FootnoteCall[]): void {
    this.#settled = settled;
    this.#settledCount = 0;
    this.#order = [];
    this.#places = new Map();
    this.#counts = new Map();
    this.#stale = [];
  }

  #forgetPassing(): void {
    for (const identifier of this.#passing) this.#counts.set(identifier, (this.#counts.get(identifier) ?? 0) - 1);
    for (const identifier of this.#order.splice(this.#settledNotes)) this.#places.delete(identifier);
    this.#passing = [];
  }

  #numberPassing(call: FootnoteCall): void {
    this.#number(call);
    this.#passing.push(call.identifier);
  }

  #number(call: FootnoteCall): void {
    const { identifier, link } = call;
    const place = this.#places.get(identifier) ?? this.#order.push(identifier);
    this.#places.set(identifier, place);
    const count = (this.#counts.get(identifier) ?? 0) + 1;
    this.#counts.set(identifier, count);
    const known = numbered.get(link);
    if (known) {
      if (known.place !== place || known.count !== count) this.#stale.push(call);
      return;
    }
    numbered.set(link, { place, count });
    const suffix = count > 1 ? `-${count}` : '';
    link.properties.id = `${this.#clobberPrefix}fnref-${normalizeUri(identifier.toLowerCase())}${suffix}`;
    link.children.push({ type: 'text', value: String(place) });
  }
}

interface Item {
  readonly content: Content;
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

  const itemOf = (identifier: string, content: Content, index: number, count: number): Element => {
    const { nodes } = content;
    const before = known.get(identifier);
    if (before?.index === index && before.count === count) {
      if (before.content === content || areSame(before.nodes, nodes)) return before.element;
    }
    const safeId = normalizeUri(identifier.toLowerCase());
    const back = backReferences(index, count, `${clobberPrefix}fnref-${safeId}`, options);
    const element: Element = {
      type: 'element',
      tagName: 'li',
      properties: { id: `${clobberPrefix}fn-${safeId}` },
      children: spaced(withBackReferences(nodes, back)),
    };
    known.set(identifier, { content, nodes: [...nodes], index, count, element });
    return element;
  };

  return ({ order, notes, counts }: Numbering): Element | undefined => {
    const found: Element[] = [];
    for (const [index, content] of notes.entries()) {
      const identifier = order[index] ?? '';
      if (content) found.push(itemOf(identifier, content, index, counts.get(identifier) ?? 0));
    }
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
