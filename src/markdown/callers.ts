// The settled leaves that call footnotes. Numbers follow the order of the calls in the whole text, so a call may have to
// be rendered again for what another leaf does.
import type { Branch, Leaf, Source } from './pieces.ts';
import type { FootnoteCall } from './render.ts';

export class Callers {
  readonly #leaves = new Set<Leaf>();
  #inPlace: FootnoteCall[] | undefined;

  get isEmpty(): boolean {
    return this.#leaves.size === 0;
  }

  /** A leaf was rendered, for the first time or again. */
  note(leaf: Leaf): void {
    const isCaller = callsOf(leaf).length > 0;
    if (isCaller || this.#leaves.has(leaf)) this.#inPlace = undefined;
    if (isCaller) this.#leaves.add(leaf);
    else this.#leaves.delete(leaf);
  }

  /** The calls outside of footnotes, in the order of the text. */
  inPlace(): readonly FootnoteCall[] {
    this.#inPlace ??= [...this.#leaves]
      .filter((leaf) => !isInFootnote(leaf))
      .sort((a, b) => a.start - b.start)
      .flatMap((leaf) => leaf.content.calls);
    return this.#inPlace;
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
