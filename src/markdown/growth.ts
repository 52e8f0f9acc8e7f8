// What is appended and cannot change anything but the text it is added to, so that nothing is parsed: plain words behind
// plain text (word-growth.ts), and anything but a fence inside an open fence (code-growth.ts). What that takes is decided
// cautiously, from what has just been parsed; where it does not hold, the tail is parsed again.
import type { Element, ElementContent, Text } from 'hast';

export interface Growth {
  readonly blocks: readonly ElementContent[];
  /** Whether what is added is nothing but more of the same. */
  takes(added: string): boolean;
  grow(added: string): Growth;
}

/** Where in the blocks a text stands. */
export interface Place {
  readonly blocks: readonly ElementContent[];
  /** From the block down to what holds the text, each with the place of the next one in it. */
  readonly path: readonly { readonly parent: Element; readonly index: number }[];
  /** The block's place. */
  readonly index: number;
}

/** The blocks with another text in a place: what is around it is made anew, everything else stays. */
export function replaced({ blocks, path, index }: Place, text: Text): Place {
  let child: ElementContent = text;
  const renewed = path.toReversed().map((step) => {
    const children = step.parent.children.slice();
    children[step.index] = child;
    const parent: Element = { ...step.parent, children };
    child = parent;
    return { parent, index: step.index };
  });
  const all = blocks.slice();
  all[index] = child;
  return { blocks: all, path: renewed.toReversed(), index };
}
