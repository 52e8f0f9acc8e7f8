// Where a paragraph or heading may be cut in two that parse apart: after a space, or between two letters of a script
// that writes none, in a text at the leaf's own level. What is left open before the cut comes with it: a delimiter that
// could still pair with something after it. As long as nothing after it does, the parts together are the whole.
import type { Heading, Nodes, Paragraph, PhrasingContent } from 'mdast';
import { decodeString } from 'micromark-util-decode-string';
import { unfinishedResource } from './resource.ts';

export interface ParagraphCut {
  /** Where the leaf's text starts, and where it is cut. */
  readonly start: number;
  readonly offset: number;
  readonly before: PhrasingContent[];
  /** Delimiters left open before the cut: `*`, `_`, `~`, `[`, `(` of a link, `<`, and runs of backticks. */
  readonly open: ReadonlySet<string>;
  /** Stands for what is before the cut when the rest is parsed. */
  readonly filler: string;
}

// A word and a space, which no syntax can attach to. The parser pairs emphasis first or strikethrough first, whichever
// it met first, so the filler has a delimiter of each kind that was met, in that order, where it can do nothing.
const fillers: Readonly<Record<string, string>> = {
  '': 'a ',
  '*': 'a_a ',
  '~': 'a ~ a ',
  '*~': 'a_a ~ a ',
  '~*': 'a ~ a_a ',
};

const wide = '[\\u3001-\\u9fff\\uac00-\\ud7af\\uff01-\\uff5e]';
const seam = new RegExp(`(?<=\\S )(?=\\S)|(?<=${wide})(?=${wide})`, 'gu');
const seamAfterNode = new RegExp(`(?<=^ )(?=\\S)|${seam.source}`, 'gu');
const seamBeforeNode = /(?<=\S )$/g;

/** What follows this much open text is kept whole: a delimiter in it may soon be paired. */
const patience = 600;

/** No label of a definition is longer. */
const longestLabel = 999;

/**
 * The last cut that leaves nothing open; else, of a long text, the last one at some distance from its end. It parts no
 * text that another node follows, since that one would move; of a long text it may. Nothing is taken out behind an
 * undecided `delimiter`, that of a syntax which was added.
 */
export function paragraphCut(
  leaf: Paragraph | Heading,
  text: string,
  prefixLength: number,
  restStart: number,
  delimiter?: string,
): ParagraphCut | undefined {
  const first = leaf.children[0]?.position?.start.offset;
  // A break comes first only behind the box of a task, which is none without the space.
  if (first === undefined || leaf.children[0]?.type === 'break') return undefined;
  const start = first - prefixLength;
  if (mayBeDefinition(text.slice(start))) return undefined;
  const scanner = createScanner();
  let best: ParagraphCut | undefined;
  const limit = text.length - patience;
  const isLong = text.length - restStart >= 2 * patience;
  const resource = unfinishedResource(text, start);
  const stop = delimiter === undefined ? Infinity : undecidedAt(leaf, text, prefixLength, delimiter);
  for (const [index, node] of leaf.children.entries()) {
    if (!isPlaced(node)) break;
    if (node.type !== 'text') {
      scanner.scan(node, text, prefixLength);
      continue;
    }
    let from = (node.position?.start.offset ?? 0) - prefixLength;
    const end = (node.position?.end.offset ?? 0) - prefixLength;
    const isFirst = index === 0;
    const isLast = index === leaf.children.length - 1;
    for (const { offset, length } of seamsOf(node.value, text.slice(from, end), from, isFirst, isLast)) {
      scanner.scanText(text.slice(from, offset), text[offset] ?? '');
      from = offset;
      if (offset > stop || (!isLast && offset < end && !isLong)) continue;
      const open = offset > resource ? new Set([...scanner.open, '(']) : scanner.open;
      if (open.size > 0 && (offset > limit || !isLong)) continue;
      const before = [...leaf.children.slice(0, index), { ...node, value: node.value.slice(0, length) }];
      const filler = fillers[scanner.met()] ?? '';
      best = { start, offset, before, open: new Set(open), filler };
    }
    scanner.scanText(text.slice(from, end), text[end] ?? '');
  }
  return best;
}

/** Which of the delimiters that stand open before a cut something after it could pair with. */
export function pairedAfter(
  open: ReadonlySet<string>,
  leaf: Paragraph | Heading,
  text: string,
  prefixLength: number,
): string | undefined {
  const start = (leaf.position?.start.offset ?? 0) - prefixLength;
  const raw = text.slice(start, (leaf.position?.end.offset ?? 0) - prefixLength);
  // While a bracket is open, an address is not found by the parser, but afterwards and by other rules.
  if (open.has('[') && /www\.|https?:|@/i.test(raw)) return '[';
  if (open.has('(') && raw.includes(')')) return '(';
  if (open.has('<') && /[^\s>][^\n\r]*>/.test(raw)) return '<';
  for (const [run] of raw.matchAll(/`+/g)) {
    if (open.has(run)) return run;
  }
  if (!open.has('*') && !open.has('_') && !open.has('~') && !open.has('[')) return undefined;
  const scanner = createScanner();
  if (isPlaced(leaf)) scanner.scan(leaf, text, prefixLength);
  else scanner.scanText(raw, '');
  for (const each of scanner.closers) {
    if (open.has(each)) return each;
  }
  return undefined;
}

/**
 * Where the first delimiter stands that stayed text and may yet mean something: the last of all, which the next one
 * decides, and a double one.
 */
function undecidedAt(node: Nodes, text: string, prefixLength: number, delimiter: string): number {
  const last = text.replaceAll(/\\[^]/g, '  ').lastIndexOf(delimiter);
  const at = (inner: Nodes): number => {
    if ('children' in inner) return Math.min(Infinity, ...inner.children.map(at));
    if (inner.type !== 'text') return Infinity;
    const from = (inner.position?.start.offset ?? 0) - prefixLength;
    const to = (inner.position?.end.offset ?? 0) - prefixLength;
    const double = text.slice(from, to).indexOf(delimiter + delimiter);
    if (double >= 0) return from + double;
    return last >= from && last < to ? last : Infinity;
  };
  return at(node);
}

/** Where an address was found in the finished tree, what is around it does not tell where it stands. */
function isPlaced(node: Nodes): boolean {
  return node.position !== undefined && (!('children' in node) || node.children.every((child) => isPlaced(child)));
}

function mayBeDefinition(text: string): boolean {
  return text.startsWith('[') && (text.length < longestLabel + 10 || text.slice(0, longestLabel + 10).includes(']:'));
}

interface Scanner {
  /** What could open something that ends later. */
  readonly open: ReadonlySet<string>;
  /** What could end something that began before. */
  readonly closers: ReadonlySet<string>;
  /** Emphasis and strikethrough, in the order in which they were met. */
  met(): string;
  scan(node: Nodes, text: string, prefixLength: number): void;
  scanText(raw: string, after: string): void;
}

const token = /\\[!-/:-@[-`{-~]|`+|\*+|_+|~+|[[\]]|<(?=[a-z/!?])/gi;

// Delimiters that stand in the text of something that is paired already can still matter: a link, code or a tag that
// begins there and ends outside would win over it. Only emphasis inside emphasis is done with, and anything in a link.
function createScanner(): Scanner {
  const open = new Set<string>();
  const closers = new Set<string>();
  let brackets = 0;
  let last = '';
  let met = '';
  const meet = (kind: string) => {
    if (!met.includes(kind)) met += kind;
  };

  const scanText = (raw: string, after: string, dead = '') => {
    for (const match of raw.matchAll(token)) {
      const [found] = match;
      const kind = found.startsWith('`') ? found : found.charAt(0);
      if (kind === '*' || kind === '_') meet('*');
      if (kind === '~' && found.length < 3) meet('~');
      if (kind === '\\' || dead.includes(kind.charAt(0))) continue;
      const next = raw[match.index + found.length] ?? after;
      const previous = match.index > 0 ? raw[match.index - 1] : last;
      if (kind === '[') {
        brackets++;
      } else if (kind === ']') {
        if (brackets > 0) brackets--;
        else closers.add('[');
      } else if (kind === '*' || kind === '_' || kind === '~') {
        const isWithin = kind === '_' && isWordCharacter(previous) && isWordCharacter(next);
        if (isWithin) continue;
        if (next !== '' && !/\s/.test(next)) open.add(kind);
        if (previous && !/\s/.test(previous)) closers.add(kind);
      } else {
        open.add(kind);
      }
    }
    if (brackets > 0) open.add('[');
    else open.delete('[');
    last = raw.at(-1) ?? last;
  };

  const scan = (node: Nodes, text: string, prefixLength: number, dead = '') => {
    const from = (node.position?.start.offset ?? 0) - prefixLength;
    const to = (node.position?.end.offset ?? 0) - prefixLength;
    if (node.type === 'text') {
      scanText(text.slice(from, to), text[to] ?? '', dead);
    } else if ('children' in node) {
      if (node.type === 'emphasis' || node.type === 'strong') meet('*');
      if (node.type === 'delete') meet('~');
      for (const child of node.children) scan(child, text, prefixLength, dead + deadWithin(node));
    } else if (node.type === 'image' || node.type === 'imageReference') {
      scanText(descriptionOf(text.slice(from, to)), ']', dead + deadWithin(node));
    }
    last = text[to - 1] ?? last;
  };

  return { open, closers, met: () => met, scan, scanText };
}

function deadWithin(node: Nodes): string {
  if (node.type === 'emphasis' || node.type === 'strong') return '*_';
  if (node.type === 'delete') return '~';
  return isLinked.has(node.type) ? '*_~[]' : '';
}

const isLinked: ReadonlySet<Nodes['type']> = new Set(['link', 'linkReference', 'image', 'imageReference']);

/** What stands between an image's brackets. */
function descriptionOf(raw: string): string {
  const end = Math.max(raw.lastIndexOf(']('), raw.lastIndexOf(']['));
  return raw.slice('!['.length, end < 0 ? raw.lastIndexOf(']') : end);
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

// The seams of a text node: as offsets in the source, and as lengths of its value. Line by line, since between two lines
// of the source stand the markers of containers; escapes and entities are longer than what they mean. A line that is not
// understood in this way has no seams. Where nodes stand before and behind it, a space next to them is one.
function* seamsOf(
  value: string,
  raw: string,
  start: number,
  isFirst: boolean,
  isLast: boolean,
): Generator<{ offset: number; length: number }> {
  const meant = value.split('\n');
  const written = raw.split(/\r\n|\n|\r/);
  if (meant.length !== written.length) return;
  let lineStart = 0;
  let length = 0;
  for (const [index, whole] of written.entries()) {
    const marker = index > 0 ? (/^[ \t>]*/.exec(whole)?.[0].length ?? 0) : 0;
    const line = whole.slice(marker);
    const value = meant[index] ?? '';
    if (decodeString(line).trimEnd() === value.trimEnd()) {
      let from = 0;
      let decoded = 0;
      const inner = [...line.matchAll(index === 0 && !isFirst ? seamAfterNode : seam)];
      const last = index === written.length - 1 && !isLast ? line.matchAll(seamBeforeNode) : [];
      for (const { index: to } of [...inner, ...last]) {
        decoded += decodeString(line.slice(from, to)).length;
        from = to;
        if (to > 0) yield { offset: start + lineStart + marker + to, length: length + decoded };
      }
    }
    lineStart += whole.length;
    lineStart += raw.startsWith('\r\n', lineStart) ? 2 : 1;
    length += value.length + 1;
  }
}
