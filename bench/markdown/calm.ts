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
  /** Visible characters after each frame. */
  readonly visible: readonly number[];
}

const rawSyntax = /\*\*|~~|`|\]\(|\[[^\]\s][^\]]*\]?\[?$|\|\s*:?-{2,}|^\s{0,3}#{1,6}\s|^\s*\|/m;

export async function watchCalm(mounted: Mounted, root: HTMLElement, text: string): Promise<CalmResult> {
  const shown = new Map<Element, string>();
  const visible: number[] = [];
  const rawExamples: string[] = [];
  const removedExamples: string[] = [];
  let rawFrames = 0;
  let removed = 0;
  let removedInListedCases = 0;
  let stall = 0;
  let longestStall = 0;
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
    const count = (root.textContent ?? '').length;
    if (count > Math.max(0, ...visible.slice(-1)) || isSilent(soFar)) stall = 0;
    else stall += 1;
    longestStall = Math.max(longestStall, stall);
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
    visible,
  };
}

/** Text outside code, a line for each block, so that `^` means the start of one. */
function proseOf(root: HTMLElement): string {
  const copy = root.cloneNode(true) as HTMLElement;
  for (const code of copy.querySelectorAll('pre, code, button, [aria-hidden="true"]')) code.remove();
  for (const block of copy.querySelectorAll('p, li, h1, h2, h3, h4, td, th, blockquote')) block.prepend('\n');
  return copy.textContent ?? '';
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

/** What arrives right now is not meant to be seen. */
function isSilent(soFar: string): boolean {
  const line = soFar.slice(soFar.lastIndexOf('\n') + 1);
  return /\]\([^)]*$/.test(line) || /^ {0,3}\[[^\]]*\]?:?/.test(line) || /^[\s|:-]*$/.test(line);
}
