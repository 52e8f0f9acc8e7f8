// Where a paragraph may be cut in two that parse apart: after a space, or between two letters of a script that writes
// none, at the paragraph's own level, where no character before it could still open or close anything after it.
import type { Nodes, Paragraph, PhrasingContent } from 'mdast';

export interface ParagraphCut {
  /** Where the paragraph's text starts, and where it is cut. */
  readonly start: number;
  readonly offset: number;
  readonly before: PhrasingContent[];
}

const wide = '[\\u3001-\\u9fff\\uac00-\\ud7af\\uff01-\\uff5e]';
const seam = new RegExp(`(?<=\\S )(?=[^\\s])|(?<=${wide})(?=${wide})`, 'gu');

/** The last cut there is. Offsets count in `text`; those of the tree by `prefixLength` more. */
export function paragraphCut(paragraph: Paragraph, text: string, prefixLength: number): ParagraphCut | undefined {
  const offsetOf = (node: Nodes | undefined) => node?.position?.start.offset;
  const first = offsetOf(paragraph.children[0]);
  if (first === undefined || text[first - prefixLength] === '[') return undefined;
  let settled = 0;
  while (settled < paragraph.children.length && isInert(paragraph.children[settled])) settled++;
  // The first node that is not inert may still be so up to some point within it.
  for (let index = Math.min(settled, paragraph.children.length - 1); index >= 0; index--) {
    const node = paragraph.children[index];
    const nodeStart = offsetOf(node);
    if (node?.type !== 'text' || nodeStart === undefined) continue;
    const start = nodeStart - prefixLength;
    if (text.slice(start, start + node.value.length) !== node.value) continue;
    const inert = inertLength(node.value);
    const at = [...node.value.matchAll(seam)].findLast((match) => match.index <= inert)?.index;
    if (at === undefined || inertLength(node.value.slice(0, at)) < at) continue;
    const before = [...paragraph.children.slice(0, index), { ...node, value: node.value.slice(0, at) }];
    return { start: first - prefixLength, offset: start + at, before };
  }
  return undefined;
}

function isInert(node: PhrasingContent | undefined): boolean {
  if (node?.type === 'text') return inertLength(node.value) === node.value.length;
  return node === undefined || !('children' in node) || node.children.every(isInert);
}

// Characters that cannot pair where they stand: delimiters that do not open, brackets that are closed and lead nowhere.
const harmless = /(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])|[*_~]+(?=\s)|\[[^[\]`*_~<]*\](?![([:])|<(?=[\s\d=])/gu;

/** How much of a text is free of what could still pair with something after it. */
function inertLength(text: string): number {
  const index = text.replaceAll(harmless, (match) => ' '.repeat(match.length)).search(/[*_~`[<]/);
  return index < 0 ? text.length : index;
}
