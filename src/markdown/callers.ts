// The settled leaves that call footnotes. Numbers follow the order of the calls in the whole text, so a call may have to
// be rendered again for what another leaf does.
import type { Branch, Leaf, Source } from './pieces.ts';
import type { FootnoteCall } from './render.ts';

export class Callers {
  readonly #leaves = new Set<Leaf>();
  #inPlace: FootnoteCall[] | undefined;
  /** Where the last of the leaves starts that are outside of footnotes. */
  #lastStart = 0;

  get isEmpty(): boolean {
    return this.#leaves.size === 0;
  }

  /** A leaf was rendered, for the first time or again. */
  note(leaf: Leaf): void {
    const isKnown = this.#leaves.has(leaf);
    const isCaller = callsOf(leaf).length > 0;
    if (isCaller) this.#leaves.add(leaf);
    else this.#leaves.delete(leaf);
    if (isKnown || (isCaller && leaf.start < this.#lastStart)) this.#inPlace = undefined;
    else if (isCaller && this.#inPlace) this.#addInPlace(this.#inPlace, leaf);
  }

  /**
   * The calls outside of footnotes, in the order of the text. As long as it is the same array, those in it stay as they
   * are and others come behind them.
   */
  inPlace(): readonly FootnoteCall[] {
    if (!this.#inPlace) {
      this.#inPlace = [];
      for (const leaf of [...this.#leaves].sort((a, b) => a.start - b.start)) this.#addInPlace(this.#inPlace, leaf);
    }
    return this.#inPlace;
  }

  #addInPlace(calls: FootnoteCall[], leaf: Leaf): void {
    if (isInFootnote(leaf)) return;
    calls.push(...leaf.content.calls);
    this.#lastStart = leaf.start;
  }

  /** What has to be rendered again for these calls to change. */
  sourcesOf(calls: readonly FootnoteCall[]): Set<Source> {
    const changed = new Set(calls);
    const leaves = [...this.#leaves].filter((leaf) => callsOf(leaf).some((call) => changed.has(call)));
    return new Set(leaves.map((leaf) => leaf.source));
  }
}

const callsOf = (leaf: Leaf): readonly FootnoteCall[] => [
  ...leaf.content.calls,
  ...leaf.footnotes.flatMap((footnote) => footnote.calls),
];

function isInFootnote(leaf: Leaf): boolean {
  for (let branch: Branch | undefined = leaf.parent; branch; branch = branch.parent) {
    if (branch.type === 'footnoteDefinition') return true;
  }
  return false;
}
