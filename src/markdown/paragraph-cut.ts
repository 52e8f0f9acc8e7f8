// Where a paragraph may be cut in two that parse apart: after a space, or between two letters of a script that writes
// none, at the paragraph's own level, where no character before it could still open or close anything after it.
import type { Nodes, Paragraph, PhrasingContent, Text } from 'mdast';

export interface ParagraphCut {
  /** Where the paragraph's text starts, and where it is cut. */
  readonly start: number;
  readonly offset: number;
  readonly before: PhrasingContent[];
}

const wide = '[\\u3001-\\u9fff\\uac00-\\ud7af\\uff01-\\uff5e]';
const seam = new RegExp(`(?<=\\S )(?=[^\\s])|(?<=${wide})(?=${wide})`, 'gu');

/** The last cut there is. Offsets count in `text`; those of the tree by `prefixLength` more. */
export function paragraphCut(
  paragraph: Paragraph,
  text: string,
  prefixLength: number,
  delimiter?: string,
): ParagraphCut | undefined {
  // A delimiter that stayed text is decided by the next one; the last of them is not, and no double one is.
  const undecided = delimiter === undefined ? -1 : text.replaceAll(/\\[^]/g, '  ').lastIndexOf(delimiter);
  const isInert = (node: PhrasingContent | undefined): boolean => {
    if (node?.type === 'text') return inertLength(node.value, undecidedIn(node)) === node.value.length;
    return node === undefined || !('children' in node) || node.children.every(isInert);
  };
  const undecidedIn = (node: Text): number => {
    if (delimiter === undefined || !node.value.includes(delimiter)) return -1;
    const double = node.value.indexOf(delimiter + delimiter);
    if (double >= 0) return double;
    const end = (node.position?.end.offset ?? 0) - prefixLength;
    return undecided >= end ? -1 : node.value.lastIndexOf(delimiter);
  };
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
    const stop = undecidedIn(node);
    const inert = inertLength(node.value, stop);
    const at = [...node.value.matchAll(seam)].findLast((match) => match.index <= inert)?.index;
    if (at === undefined || inertLength(node.value.slice(0, at), stop) < at) continue;
    const before = [...paragraph.children.slice(0, index), { ...node, value: node.value.slice(0, at) }];
    return { start: first - prefixLength, offset: start + at, before };
  }
  return undefined;
}

// Characters that cannot pair where they stand: delimiters that do not open, brackets that are closed and lead nowhere.
const harmless = /(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])|[*_~]+(?=\s)|\[[^[\]`*_~<]*\](?![([:])|<(?=[\s\d=])/gu;

/** How much of a text is free of what could still pair with something after it, which `stop` is known to be. */
function inertLength(text: string, stop: number): number {
  const found = text.replaceAll(harmless, (match) => ' '.repeat(match.length)).search(/[*_~`[<]/);
  const index = found < 0 ? text.length : found;
  return stop < 0 ? index : Math.min(index, stop);
}
