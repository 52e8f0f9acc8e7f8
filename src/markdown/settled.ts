// What is final of a document: its leaves, what they define, and what they asked for. A leaf that asked for a label is
// rendered again when the label comes to mean something else, and one that calls a footnote when its number changes.
import type { ElementContent } from 'hast';
import type { Nodes } from 'mdast';
import { assemble, foundWithin } from './assemble.ts';
import { Callers } from './callers.ts';
import { Definitions, definitionsWithin } from './definitions.ts';
import { createFootnoteSection, Numbers } from './footnotes.ts';
import type { FootnoteOptions } from './footnotes.ts';
import { createLeaf, guessedIn, renderAgain, renderGuessed } from './leaf.ts';
import type { Parsed } from './parse.ts';
import { callsWithin, createBranch, settledNodes } from './pieces.ts';
import type { Branch, Content, Leaf, Source } from './pieces.ts';
import type { Amendment, RenderContext } from './render.ts';
import { openContainers, settle } from './settle.ts';
import type { Step } from './spine.ts';
import type { Syntax } from './syntax.ts';
import type { Tail } from './tail.ts';

export class Settled {
  /** Of what was rendered again. */
  parsedCharacters = 0;
  readonly definitions: Definitions = new Definitions();
  readonly root: Branch = createBranch({ type: 'root', parent: undefined, start: 0 });
  readonly context: RenderContext;
  readonly #footnoteSection: ReturnType<typeof createFootnoteSection>;
  readonly #callers = new Callers();
  readonly #numbers: Numbers;
  /** Of footnotes that the tail continues, the content as of the latest snapshot. */
  #continued: ReadonlyMap<Branch, Content> = new Map();

  constructor(footnoteOptions: FootnoteOptions, syntax: Syntax | undefined) {
    this.#footnoteSection = createFootnoteSection(footnoteOptions);
    this.context = {
      definition: (identifier) => this.definitions.link(identifier),
      clobberPrefix: footnoteOptions.clobberPrefix ?? 'user-content-',
      syntax,
      made: new WeakMap(),
    };
    this.#numbers = new Numbers(this.context.clobberPrefix);
  }

  /** Takes over what stands before the steps in a parse of the tail's first lines; `asked` is what words that were taken out of it asked for. */
  add(
    steps: readonly Step[],
    parsed: Parsed,
    tail: Tail,
    lines: string,
    amendment: Amendment | undefined,
    asked: Iterable<string>,
  ): void {
    const source: Source = {
      text: tail.slice(0, lines.length),
      start: tail.start,
      line: tail.line,
      containers: openContainers(this.root.open),
      guessed: guessedIn(parsed),
      leaves: [],
    };
    const settled = settle(steps, parsed, this.root, tail);
    tail.relocate(parsed.root, parsed.prefixLength);
    this.definitions.replaceTail(foundWithin(parsed.root));
    for (const each of settled) {
      if (each.kind === 'branch') this.#addBranch(each);
      else this.#addLeaf(createLeaf(each, tail, source, this.context, amendment), each.node);
    }
    if (source.leaves.length === 0) return;
    this.definitions.note(source, parsed.asked);
    this.definitions.note(source, asked);
  }

  #addBranch(branch: Branch): void {
    if (branch.type !== 'footnoteDefinition') return;
    // Most notes stay as they are, and are asked for in every frame.
    let known: Content = { nodes: [], calls: [] };
    let count = 0;
    this.definitions.settleFootnote(branch.identifier, () => {
      const continued = this.#continued.get(branch);
      if (continued) return continued;
      const nodes = settledNodes(branch, false);
      if (branch.open || nodes !== known.nodes || nodes.length !== count) {
        known = { nodes, calls: [...callsWithin(branch)] };
        count = nodes.length;
      }
      return known;
    });
  }

  #addLeaf(leaf: Leaf, node: Nodes): void {
    leaf.parent.children.push(leaf);
    for (const each of definitionsWithin(node)) {
      const identifier = each.identifier.toUpperCase();
      if (each.type === 'definition') {
        this.definitions.settleLink(identifier, { url: each.url, title: each.title });
      } else {
        this.definitions.settleFootnote(identifier, () => footnoteOf(leaf, identifier));
      }
    }
    this.#callers.note(leaf);
  }

  /** Renders again what asked for a label whose meaning changed. Gives the labels, for what asked in the tail. */
  answerAskers(): ReadonlySet<string> {
    const changed = this.definitions.takeChanged();
    const sources = new Map<Source, Set<string>>();
    for (const label of changed) {
      for (const source of this.definitions.askersOf(label)) {
        const labels = sources.get(source) ?? new Set();
        sources.set(source, labels.add(label));
      }
    }
    for (const [source, labels] of sources) {
      const isKnown = [...labels].every((label) => this.definitions.isDefined(label));
      if (isKnown && renderGuessed(source, labels, this.context)) this.#noteCallers(source);
      else this.#renderAgain(source);
    }
    return changed;
  }

  #renderAgain(source: Source): void {
    this.parsedCharacters += source.text.length;
    this.definitions.note(source, renderAgain(source, this.definitions.all, this.context));
    this.#noteCallers(source);
  }

  #noteCallers(source: Source): void {
    for (const { leaf } of source.leaves) this.#callers.note(leaf);
  }

  /** Joins it with a parse of the tail; without a result if what was taken out of the tail must come back. */
  join(parsed: Parsed, amendment: Amendment | undefined): readonly ElementContent[] | undefined {
    for (;;) {
      const { nodes, calls, footnotes, continued } = assemble(parsed.root, this.root, this.context, amendment);
      this.#continued = continued;
      if (calls.length === 0 && this.#callers.isEmpty) return nodes;
      const note = (identifier: string) => this.definitions.settledFootnote(identifier) ?? footnotes.get(identifier);
      const numbering = this.#numbers.number(this.#callers.inPlace(), calls, note);
      if (numbering.stale.length === 0) {
        const section = this.#footnoteSection(numbering);
        return section ? [...nodes, section] : nodes;
      }
      if (amendment?.calls.some((call) => numbering.stale.includes(call))) return undefined;
      for (const source of this.#callers.sourcesOf(numbering.stale)) this.#renderAgain(source);
    }
  }
}

function footnoteOf(leaf: Leaf, identifier: string): Content {
  return leaf.footnotes.find((each) => each.identifier === identifier) ?? { nodes: [], calls: [] };
}
