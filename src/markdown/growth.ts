// Plain words that are appended to plain text: no construct begins, ends or changes by them, so nothing is parsed. The
// text node grows, with everything around it as it was. What that takes is decided cautiously, from what has just been
// parsed; where it does not hold, the tail is parsed again.
import type { Element, ElementContent, Text } from 'hast';
import type { Nodes, Parents, Text as WrittenText } from 'mdast';

export interface Growth {
  readonly blocks: readonly ElementContent[];
  /** From the block down to what holds the text, each with the place of the next one in it. */
  readonly path: readonly { readonly parent: Element; readonly index: number }[];
  /** The block's place. */
  readonly index: number;
  readonly text: Text;
  /** Spaces behind the text, which count once something follows. */
  readonly gap: string;
  /** The end of the last word. */
  readonly word: string;
  /** A closing parenthesis could end a link. */
  readonly hasBracket: boolean;
}

export interface GrowthContext {
  readonly text: string;
  /** Where the leaf starts in it. */
  readonly start: number;
  readonly leaf: Nodes | undefined;
  /** What holds the leaf. */
  readonly parent: Parents | undefined;
  /** What words would be added to. */
  readonly made: Text | undefined;
  readonly blocks: readonly ElementContent[];
}

// What can neither begin nor end nor change anything behind a letter: all of Unicode beyond ASCII, too, since it matters
// only next to a delimiter, and those are parsed.
const inert = /^[A-Za-z0-9 ,.;:'"()?%/\u0080-\uffff]*$/;
const inertEnd = /[A-Za-z0-9 ,.;:'"(?%/\u0080-\uffff]$/;

/** A word with this in it may be an address or an entity. */
const delicate = /www\.|https?:|mailto:|xmpp:|[@&<]/i;

/** Characters of the last word that are kept: those of the longest of the above, and a few. */
const wordLength = 12;

export function startGrowth({ text, start, leaf, parent, made, blocks }: GrowthContext): Growth | undefined {
  if (!leaf || !made || !parent || text.includes('\t')) return undefined;
  // It may turn out to be a definition, or the title of one.
  if (leaf.type === 'paragraph') {
    const before = parent.children[parent.children.length - 2];
    if (text[start] === '[' || before?.type === 'definition') return undefined;
  }
  const line = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
  if (!/\p{L}/u.test(line) || !inertEnd.test(line)) return undefined;
  const gap = line.slice(endOfWords(line));
  const last = text.at(-1 - gap.length);
  if (last === undefined || made.value === '' || made.value.at(-1) !== last || !inertEnd.test(last)) return undefined;
  const word = lastWord(line);
  if (delicate.test(word)) return undefined;
  const path = pathTo(made, blocks);
  if (!path) return undefined;
  return { ...path, blocks, text: made, gap, word: word.slice(-wordLength), hasBracket: text.includes('[') };
}

/** The text that ends a leaf. */
export function lastText(leaf: Nodes | undefined): WrittenText | undefined {
  const parent = leaf?.type === 'table' ? leaf.children.at(-1)?.children.at(-1) : leaf;
  if (parent?.type !== 'paragraph' && parent?.type !== 'heading' && parent?.type !== 'tableCell') return undefined;
  const last = parent.children.at(-1);
  return last?.type === 'text' ? last : undefined;
}

/** Undefined if what is added may be more than words. */
export function grow(growth: Growth, added: string): Growth | undefined {
  if (!inert.test(added) || (growth.hasBracket && added.includes(')'))) return undefined;
  const joined = growth.word + added;
  if (delicate.test(joined)) return undefined;
  const word = lastWord(joined).slice(-wordLength);
  const whole = growth.gap + added;
  const end = endOfWords(whole);
  const gap = whole.slice(end);
  if (end === 0) return { ...growth, gap, word };
  const text: Text = { ...growth.text, value: growth.text.value + whole.slice(0, end) };
  let child: ElementContent = text;
  const path = growth.path.toReversed().map(({ parent, index }) => {
    const children = parent.children.slice();
    children[index] = child;
    const grown: Element = { ...parent, children };
    child = grown;
    return { parent: grown, index };
  });
  const blocks = growth.blocks.slice();
  blocks[growth.index] = child;
  return { ...growth, blocks, path: path.toReversed(), text, gap, word };
}

// It stands at the very end, but for line endings, empty cells and the section of footnotes.
function pathTo(text: Text, blocks: readonly ElementContent[]): Pick<Growth, 'path' | 'index'> | undefined {
  for (let index = blocks.length - 1; index >= Math.max(0, blocks.length - 2); index--) {
    const path: { parent: Element; index: number }[] = [];
    let node = blocks[index];
    while (node?.type === 'element') {
      const parent: Element = node;
      const last = parent.children.findLastIndex(
        (child) =>
          (child.type === 'element' && child.children.length > 0) || (child.type === 'text' && child.value !== '\n'),
      );
      path.push({ parent, index: last });
      node = parent.children[last];
    }
    if (node === text) return { path, index };
  }
  return undefined;
}

// Both by hand: an expression would look at a long run from each of its places.
const lastWord = (text: string): string => text.slice(text.lastIndexOf(' ') + 1);

function endOfWords(text: string): number {
  let end = text.length;
  while (text.charAt(end - 1) === ' ') end--;
  return end;
}
