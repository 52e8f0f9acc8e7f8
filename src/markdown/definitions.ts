// What a document defines: link definitions and footnotes, settled ones and those in the tail, and which settled
// texts asked for which label. The first definition of a label wins.
import type { Nodes } from 'mdast';
import type { Content, Source } from './pieces.ts';
import type { Definition } from './render.ts';
import type { Known } from './resume.ts';

export interface Found {
  readonly links: ReadonlyMap<string, Definition>;
  readonly footnotes: ReadonlySet<string>;
}

export class Definitions {
  readonly #links = new Map<string, Definition>();
  readonly #footnotes = new Map<string, () => Content>();
  readonly #askers = new Map<string, Set<Source>>();
  #tail: Found = { links: new Map(), footnotes: new Set() };
  #changed = new Set<string>();
  #isHopeful = false;
  readonly #guessed = new Set<string>();

  /** What the tail is told: its own definitions answer by themselves. */
  readonly settled: Known = {
    hasDefinition: (identifier) => this.#links.has(identifier),
    hasFootnote: (identifier) => this.#footnotes.has(identifier),
    guess: (label) => this.#guess(label),
  };

  /** What a settled leaf is told. */
  readonly all: Known = {
    hasDefinition: (identifier) => this.link(identifier) !== undefined,
    hasFootnote: (identifier) => this.#footnotes.has(identifier) || this.#tail.footnotes.has(identifier),
    guess: (label) => this.#guess(label),
  };

  /** While more is to come, references count as defined: their definitions mostly stand at the end. */
  set isHopeful(value: boolean) {
    if (this.#isHopeful === value) return;
    this.#isHopeful = value;
    for (const label of this.#guessed) if (!this.isDefined(label)) this.#changed.add(label);
  }

  /** Whether a label means something now; a footnote's with a leading `^`. */
  isDefined(label: string): boolean {
    return label.startsWith('^') ? this.all.hasFootnote(label.slice(1)) : this.all.hasDefinition(label);
  }

  #guess(label: string): boolean {
    this.#guessed.add(label);
    return this.#isHopeful;
  }

  link(identifier: string): Definition | undefined {
    return this.#links.get(identifier) ?? this.#tail.links.get(identifier);
  }

  settledFootnote(identifier: string): Content | undefined {
    return this.#footnotes.get(identifier)?.();
  }

  settleLink(identifier: string, definition: Definition): void {
    if (this.#links.has(identifier)) return;
    if (differ(this.link(identifier), definition)) this.#changed.add(identifier);
    this.#links.set(identifier, definition);
  }

  settleFootnote(identifier: string, content: () => Content): void {
    if (this.#footnotes.has(identifier)) return;
    if (!this.all.hasFootnote(identifier)) this.#changed.add(`^${identifier}`);
    this.#footnotes.set(identifier, content);
  }

  /** Exchanges what the tail defines. */
  replaceTail(found: Found): void {
    const before = this.#tail;
    this.#tail = found;
    for (const identifier of new Set([...before.links.keys(), ...found.links.keys()])) {
      if (this.#links.has(identifier)) continue;
      if (differ(before.links.get(identifier), found.links.get(identifier))) this.#changed.add(identifier);
    }
    for (const identifier of new Set([...before.footnotes, ...found.footnotes])) {
      if (this.#footnotes.has(identifier)) continue;
      if (before.footnotes.has(identifier) !== found.footnotes.has(identifier)) this.#changed.add(`^${identifier}`);
    }
  }

  /** The labels that came to mean something else since this was last asked; footnotes with a leading `^`. */
  takeChanged(): Set<string> {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  note(source: Source, asked: Iterable<string>): void {
    for (const label of asked) {
      const sources = this.#askers.get(label) ?? new Set();
      this.#askers.set(label, sources.add(source));
    }
  }

  askersOf(label: string): Iterable<Source> {
    return this.#askers.get(label) ?? [];
  }
}

const differ = (one: Definition | undefined, other: Definition | undefined): boolean =>
  one?.url !== other?.url || one?.title !== other?.title;

/** Every definition within a node, in the order of the text. */
export function* definitionsWithin(
  node: Nodes,
): Generator<Extract<Nodes, { type: 'definition' | 'footnoteDefinition' }>> {
  if (node.type === 'definition' || node.type === 'footnoteDefinition') yield node;
  if ('children' in node && node.type !== 'paragraph' && node.type !== 'table' && node.type !== 'heading') {
    for (const child of node.children) yield* definitionsWithin(child);
  }
}
