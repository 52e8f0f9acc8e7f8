// Lines inside an open fence at the document's own level: whatever they hold, but for what could close the fence, they
// are shown as they are.
import type { Element, ElementContent, Text } from 'hast';
import type { Nodes } from 'mdast';
import { replaced } from './growth.ts';
import type { Growth, Place } from './growth.ts';
import { hold } from './hold.ts';
import { chunkLines, countLines } from './lines.ts';

export interface CodeContext {
  readonly text: string;
  /** Where the leaf starts in it. */
  readonly start: number;
  readonly leaf: Nodes | undefined;
  readonly blocks: readonly ElementContent[];
}

export function codeGrowth({ text, start, leaf, blocks }: CodeContext): Growth | undefined {
  if (leaf?.type !== 'code' || !leaf.data?.isOpen || text.includes('\r')) return undefined;
  const fence = text[start];
  if ((fence !== '`' && fence !== '~') || (start > 0 && text[start - 1] !== '\n')) return undefined;
  const place = placeOf(blocks);
  const made = place?.path.at(-1);
  const last = made?.parent.children[made.index];
  if (!place || last?.type !== 'text' || !last.value.endsWith('\n')) return undefined;
  const written = text.endsWith('\n') ? last.value : last.value.slice(0, -1);
  return growing(place, { text: last, written, fence });
}

interface Code {
  readonly text: Text;
  /** The lines as they were written; what is shown always ends a line. */
  readonly written: string;
  readonly fence: string;
}

/** More than this at once is no stream. */
const longest = 4000;

/** What the parser does not leave as it is. */
const strange = /[\r\0]/;

const growing = (place: Place, { text, written, fence }: Code): Growth => ({
  blocks: place.blocks,
  takes(added) {
    if (added.length > longest || added.includes(fence) || strange.test(added)) return false;
    const whole = written + added;
    const line = whole.slice(whole.lastIndexOf('\n') + 1);
    // What is held back elsewhere is held back here, and a chunk that is complete is settled.
    return hold(line, 0, false) === line && countLines(whole) <= chunkLines;
  },
  grow(added) {
    const whole = written + added;
    const longer = { ...text, value: whole.endsWith('\n') ? whole : `${whole}\n` };
    return growing(replaced(place, longer), { text: longer, written: whole, fence });
  },
});

/** The last text of the code block that stands last. */
function placeOf(blocks: readonly ElementContent[]): Place | undefined {
  const index = blocks.findLastIndex((block) => block.type === 'element' && block.tagName === 'pre');
  const parent = blocks[index];
  const code = parent?.type === 'element' ? parent.children[0] : undefined;
  if (parent?.type !== 'element' || code?.type !== 'element' || !parent.data?.isOpen) return undefined;
  const path: { parent: Element; index: number }[] = [
    { parent, index: 0 },
    { parent: code, index: code.children.length - 1 },
  ];
  return { blocks, path, index };
}
