// The settled words of a paragraph or heading that still grows, in segments from one cut to the next. What they come to
// together is kept beside them: there may be thousands, and it is asked for in every frame.
import type { ElementContent } from 'hast';
import type { Content } from './pieces.ts';
import type { FootnoteCall } from './render.ts';

/** Words up to one cut. */
interface Segment extends Content {
  /** Characters of the source. */
  readonly length: number;
  /** Delimiters that stand open in it. */
  readonly open: ReadonlySet<string>;
  /** Stands for it and all before it. */
  readonly filler: string;
}

export class Words {
  #segments: Segment[] = [];
  #nodes: ElementContent[] = [];
  #calls: FootnoteCall[] = [];
  #open = new Set<string>();

  get isEmpty(): boolean {
    return this.#segments.length === 0;
  }

  /** Stands for all of them when what follows is parsed. */
  get filler(): string {
    return this.#segments.at(-1)?.filler ?? '';
  }

  /** Delimiters that stand open in them. */
  get open(): ReadonlySet<string> {
    return this.#open;
  }

  get calls(): FootnoteCall[] {
    return [...this.#calls];
  }

  /** Puts the words as they are now before others, whenever it is called. */
  get before(): (others: readonly ElementContent[]) => ElementContent[] {
    const nodes = this.#nodes;
    const count = nodes.length;
    return (others) => nodes.slice(0, count).concat(others);
  }

  add(segment: Segment): void {
    this.#segments.push(segment);
    for (const node of segment.nodes) this.#nodes.push(node);
    for (const call of segment.calls) this.#calls.push(call);
    for (const delimiter of segment.open) this.#open.add(delimiter);
  }

  /**
   * Takes out the segments from the one that left a delimiter open, and returns how many characters they were. The latest
   * opener wins, but a run of backticks or a tag may have begun as early as it could.
   */
  takeBack(delimiter: string): number {
    const isHere = ({ open }: Segment) => open.has(delimiter);
    const isEarliest = delimiter === '<' || delimiter.startsWith('`');
    const index = isEarliest ? this.#segments.findIndex(isHere) : this.#segments.findLastIndex(isHere);
    const kept = this.#segments.slice(0, index);
    const returned = this.#segments.slice(index).reduce((sum, { length }) => sum + length, 0);
    this.#segments = [];
    this.#nodes = [];
    this.#calls = [];
    this.#open = new Set();
    for (const segment of kept) this.add(segment);
    return returned;
  }
}
