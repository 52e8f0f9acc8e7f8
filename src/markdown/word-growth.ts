// Plain words behind plain text: no construct begins, ends or changes by them.
import type { Element, ElementContent, Text } from 'hast';
import type { Nodes, Parents, Text as WrittenText } from 'mdast';
import { replaced } from './growth.ts';
import type { Growth, Place } from './growth.ts';

export interface WordContext {
  readonly text: string;
  /** Where the leaf starts in it. */
  readonly start: number;
  readonly leaf: Nodes | undefined;
  /** What holds the leaf. */
  readonly parent: Parents | undefined;
  /** What words would be added to. */
  readonly made: Text | undefined;
  readonly blocks: readonly ElementContent[];
  /** A closing parenthesis could end a link. */
  readonly mayEndLink: boolean;
  /** Characters that may come until there is something to be settled. */
  readonly room: number;
}

// What can neither begin nor end nor change anything behind a letter: all of Unicode beyond ASCII, too, since it matters
// only next to a delimiter, and those are parsed.
const inert = /^[A-Za-z0-9 ,.;:'"()?%/\u0080-\uffff]*$/;
const inertEnd = /[A-Za-z0-9 ,.;:'"(?%/\u0080-\uffff]$/;

/** A word with this in it may be an address or an entity. */
const delicate = /www\.|https?:|mailto:|xmpp:|[@&<]/i;

/** Characters of the last word that are kept: those of the longest of the above, and a few. */
const wordLength = 12;

export function wordGrowth({
  text,
  start,
  leaf,
  parent,
  made,
  blocks,
  mayEndLink,
  room,
}: WordContext): Growth | undefined {
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
  const place = placeOf(made, blocks);
  return place && growing(place, { text: made, gap, word: word.slice(-wordLength), mayEndLink, room });
}

/** The text that ends a leaf. */
export function lastText(leaf: Nodes | undefined): WrittenText | undefined {
  const parent = leaf?.type === 'table' ? leaf.children.at(-1)?.children.at(-1) : leaf;
  if (parent?.type !== 'paragraph' && parent?.type !== 'heading' && parent?.type !== 'tableCell') return undefined;
  const last = parent.children.at(-1);
  return last?.type === 'text' ? last : undefined;
}

interface Words {
  readonly text: Text;
  /** Spaces behind the text, which count once something follows. */
  readonly gap: string;
  /** The end of the last word. */
  readonly word: string;
  readonly mayEndLink: boolean;
  readonly room: number;
}

const growing = (place: Place, { text, gap, word, mayEndLink, room }: Words): Growth => ({
  blocks: place.blocks,
  takes: (added) =>
    added.length <= room && inert.test(added) && !(mayEndLink && added.includes(')')) && !delicate.test(word + added),
  grow(added) {
    const whole = gap + added;
    const end = endOfWords(whole);
    const longer = end > 0 ? { ...text, value: text.value + whole.slice(0, end) } : text;
    return growing(end > 0 ? replaced(place, longer) : place, {
      text: longer,
      gap: whole.slice(end),
      word: lastWord(word + added).slice(-wordLength),
      mayEndLink,
      room: room - added.length,
    });
  },
});

// It stands at the very end, but for line endings, empty cells and the section of footnotes.
function placeOf(text: Text, blocks: readonly ElementContent[]): Place | undefined {
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
    if (node === text) return { blocks, path, index };
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
