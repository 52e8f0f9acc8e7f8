// Counts what a reader would see flicker: raw syntax on screen, elements that vanish or change their tag, and stalls.
// One character a frame. Changes that the final text forces on any renderer are counted apart, by the line they come from.
import type { Mounted } from './mounted.ts';

export interface CalmResult {
  readonly frames: number;
  /** Frames in which the text outside code holds an unfinished construct. */
  readonly rawFrames: number;
  readonly rawExamples: readonly string[];
  /** Elements removed or retagged after being shown, outside the listed cases. */
  readonly removed: number;
  readonly removedExamples: readonly string[];
  readonly removedInListedCases: number;
  /** The most characters that arrived while nothing on screen grew, destinations, definitions and delimiter rows left out. */
  readonly longestStall: number;
  /** The end of what had arrived by then. */
  readonly stallExample: string;
  /** Letters and digits on screen after each frame that the whole answer shows, too, in the same order. */
  readonly visible: readonly number[];
}

const rawSyntax =
  /\*\*|(?:^|\s)[*_](?=\S)|~~|`|\]\(|\]\[|\[\^|\[[^\]\s][^\]]*\]?\[?$|\]:|\|\s*:?-{2,}|^\s{0,3}#{1,6}\s|^\s*\||^\s*>/m;

/** What a renderer shows beside the answer: names of languages, buttons, marks of footnotes. */
const furniture =
  'button:not([data-streamdown="link"]), figcaption, svg, [aria-hidden="true"], .sr-only, [data-footnote-ref], [data-footnote-backref], [data-streamdown="code-block-header"]';

/** `answer`: the words of the whole text as it is shown in the end. */
export async function watchCalm(
  mounted: Mounted,
  root: HTMLElement,
  text: string,
  answer: readonly string[],
): Promise<CalmResult> {
  const shown = new Map<Element, string>();
  const visible: number[] = [];
  const rawExamples: string[] = [];
  const removedExamples: string[] = [];
  let rawFrames = 0;
  let removed = 0;
  let removedInListedCases = 0;
  let stall = 0;
  let longestStall = 0;
  let stallExample = '';
  for (let end = 1; end <= text.length; end += 1) {
    const soFar = text.slice(0, end);
    await mounted.show(soFar, true);
    const prose = proseOf(root);
    const raw = rawSyntax.exec(prose);
    if (raw !== null) {
      rawFrames += 1;
      if (rawExamples.length < 10)
        rawExamples.push(`${end}: …${prose.slice(Math.max(0, raw.index - 20), raw.index + 30)}…`);
    }
    for (const [element, tag] of shown) {
      if (element.isConnected) continue;
      shown.delete(element);
      if (isListedCase(soFar)) removedInListedCases += 1;
      else {
        removed += 1;
        if (removedExamples.length < 10)
          removedExamples.push(`${end}: ${tag} after ${JSON.stringify(soFar.slice(-40))}`);
      }
    }
    for (const element of root.querySelectorAll('*')) {
      if (!shown.has(element) && (element.textContent !== '' || element.matches('hr, img, input')))
        shown.set(element, element.tagName);
    }
    const count = commonCharacters(wordsOf(root), answer);
    if (count > (visible.at(-1) ?? 0)) stall = 0;
    else if (!isSilent(soFar)) stall += 1;
    if (stall > longestStall) {
      longestStall = stall;
      stallExample = soFar.slice(-60);
    }
    visible.push(count);
  }
  return {
    frames: text.length,
    rawFrames,
    rawExamples,
    removed,
    removedExamples,
    removedInListedCases,
    longestStall,
    stallExample,
    visible,
  };
}

/** Text outside code, a line for each block, so that `^` means the start of one. */
function proseOf(root: HTMLElement): string {
  const copy = root.cloneNode(true) as HTMLElement;
  for (const each of copy.querySelectorAll(`pre, code, ${furniture}`)) each.remove();
  for (const block of copy.querySelectorAll('p, li, h1, h2, h3, h4, td, th, blockquote')) block.prepend('\n');
  return copy.textContent ?? '';
}

/** The words on screen. */
export function wordsOf(root: HTMLElement): readonly string[] {
  const copy = root.cloneNode(true) as HTMLElement;
  for (const each of copy.querySelectorAll(furniture)) each.remove();
  for (const block of copy.querySelectorAll('p, li, h1, h2, h3, h4, td, th, blockquote, br')) block.prepend('\n');
  return (copy.textContent ?? '').match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * Characters of the words that both have in the same order, the longest way to read them. So syntax, addresses and labels
 * that a renderer leaves on screen do not count, and of the latest word what has come of it does.
 */
function commonCharacters(words: readonly string[], answer: readonly string[]): number {
  let start = 0;
  let total = 0;
  while (start < words.length && words[start] === answer[start]) total += words[start++]?.length ?? 0;
  const rest = answer.slice(start);
  let best = new Uint32Array(rest.length + 1);
  for (let index = start; index < words.length; index++) {
    const word = words[index] ?? '';
    const isLast = index === words.length - 1;
    const next = new Uint32Array(rest.length + 1);
    for (const [place, each] of rest.entries()) {
      const isSame = isLast ? each.startsWith(word) : each === word;
      const taken = isSame ? (best[place] ?? 0) + word.length : 0;
      next[place + 1] = Math.max(taken, best[place + 1] ?? 0, next[place] ?? 0);
    }
    best = next;
  }
  return total + (best.at(-1) ?? 0);
}

/** Setext underline, delimiter row under a header row, thematic break, loose list, definition. */
function isListedCase(soFar: string): boolean {
  const lines = soFar.split('\n');
  const line = lines.at(-1) ?? '';
  const before = lines.at(-2) ?? '';
  if (/^ {0,3}(=+|-+)\s*$/.test(line) && before.trim() !== '') return true;
  if (/^[\s|:-]+$/.test(line) && line.includes('-') && before.includes('|')) return true;
  if (/^ {0,3}([-*_])(\s*\1)*\s*$/.test(line)) return true;
  if (/^\s*([-*+]|\d+[.)])\s/.test(line) && before.trim() === '') return true;
  return /^ {0,3}\[[^\]]+\]:/.test(line);
}

/** What arrives right now is not meant to be seen: a destination, a definition, a delimiter row. */
function isSilent(soFar: string): boolean {
  const lines = soFar.split('\n');
  const line = lines.at(-1) ?? '';
  if (/\]\([^)]*\)?$/.test(line) || /^ {0,3}\[[^\]^]+\]:/.test(line)) return true;
  return /^[\s|:-]*-[\s|:-]*$/.test(line) && (lines.at(-2) ?? '').includes('|');
}
