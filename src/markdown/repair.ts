// What of an unfinished text is shown: syntax whose end is still to come is completed or held back, so that no marker
// is ever seen and no element turns into another. The parser says which leaf is open and which delimiters it could not
// pair: what is left of them in that leaf's text nodes. The rest of the document is not touched, nor parsed again.
import { decodeString } from 'micromark-util-decode-string';
import type { InlineCode, LinkReference, Nodes, Parents, PhrasingContent, Text } from 'mdast';
import { isPartOfResource } from './resource.ts';
import type { Syntax } from './syntax.ts';

/** No one means more delimiters than this to be open at once. */
const maxOpen = 50;

export interface Repaired {
  readonly leaf: Parents;
  readonly children: PhrasingContent[];
  /** What words that follow would be added to. */
  readonly open: Text | InlineCode | undefined;
}

export interface RepairContext {
  readonly text: string;
  /** What precedes the text in what was parsed. */
  readonly prefixLength: number;
  /** Where in the document an offset of the text lies. */
  readonly sourceOffset: (offset: number) => number;
  readonly syntax: Syntax | undefined;
}

const token = /`+|!?\[|\](?=[([]|$)|[*_~]+|\$+|<(?=[a-z/!?]|$)|&#?\w*$|[\\!]$/gi;

/** The content of the open leaf as it is shown. The leaf itself is left as it is. */
export function repair(leaf: Nodes | undefined, context: RepairContext): Repaired | undefined {
  const inline = leaf && inlineOf(leaf);
  if (!inline) return undefined;
  const { text, prefixLength, syntax } = context;
  const place = (offset: number) => {
    const point = { line: 1, column: 1, offset: context.sourceOffset(offset) };
    return { start: point, end: point };
  };
  const offset = (point: { offset?: number | undefined } | undefined) => (point?.offset ?? -1) - prefixLength;
  const children: PhrasingContent[] = [];
  let level: PhrasingContent[] = children;
  let depth = 0;
  /** The open bracket of what may become a link: what follows it in its level is the link's. */
  let bracket: { readonly level: PhrasingContent[]; readonly index: number; readonly at: number } | undefined;
  let isStruck = false;
  let open: Text | InlineCode | undefined;
  const made = new Map<Nodes, PhrasingContent[]>();

  const addText = (value: string, like: Text) => {
    open = undefined;
    if (value === '') return;
    open = value === like.value ? like : { type: 'text', value };
    level.push(open);
  };
  const enter = (at: number, type: 'emphasis' | 'strong' | 'delete') => {
    const node = { type, children: [] as PhrasingContent[], position: place(at) };
    made.set(node, node.children);
    level.push(node);
    level = node.children;
    depth++;
  };
  const done = (): Repaired | undefined => {
    if (depth > maxOpen) return undefined;
    if (bracket) linkFrom(bracket.level, bracket.index, place(bracket.at), made);
    if (!open) tidyEnd(children, made);
    return { leaf: inline, children, open };
  };

  for (const node of inline.children) {
    open = undefined;
    const start = offset(node.position?.start);
    const raw = text.slice(start, Math.max(0, offset(node.position?.end)));
    const value = node.type === 'text' && start >= 0 ? withoutEscapes(node.value, raw) : undefined;
    if (node.type !== 'text' || value === undefined) {
      level.push(node);
      continue;
    }
    const rest = text.slice(start + raw.length);
    let from = 0;
    for (const match of value.matchAll(token)) {
      const [found] = match;
      // In a text with escapes it is not known any nearer where in the source this stands.
      const at = start + match.index;
      const before = match.index > 0 ? value[match.index - 1] : text[start - 1];
      const after = value.slice(match.index + found.length) + rest;
      const addBefore = () => addText(node.value.slice(from, match.index), node);
      const skip = () => {
        addBefore();
        from = match.index + found.length;
      };
      const kind = found[0] ?? '';
      if (kind === '`') {
        addBefore();
        if (after.trim() === '') return done();
        const code = after.replaceAll(/(?:\r\n|\n|\r)[ \t>]*/g, ' ').trimEnd();
        open = { type: 'inlineCode', value: code, position: place(at) };
        level.push(open);
        return done();
      }
      if (kind === '$') {
        if (kind !== syntax?.delimiter || !mayOpenMath(found, before, after)) continue;
        addBefore();
        level.push({ ...syntax.unfinished(found, after.trimEnd()), position: place(at) });
        open = undefined;
        return done();
      }
      if (kind === '<') {
        if (/\s/.test(after) || after.length > longestHidden) continue;
      } else if (kind === ']') {
        if (!bracket || !mayGoOn(after)) continue;
      } else if (found === '![') {
        if (after.length > longestHidden || !mayBeLink(after)) continue;
      } else if (found === '[') {
        // A number may be a citation, which shows as a whole.
        const isWhole = /^(?:\^[^\]\s]*|[\d, ]*)\]?$/.test(after);
        if (!isWhole) {
          if (after.startsWith('^') || !mayBeLink(after)) continue;
          skip();
          bracket = { level, index: level.length, at };
          continue;
        }
      } else if (kind === '*' || kind === '_' || kind === '~') {
        if (!mayOpen(found, before, after[0])) continue;
        // Strikethrough does not nest.
        if (kind === '~' && isStruck) {
          skip();
          continue;
        }
        skip();
        if (kind === '~') {
          isStruck = true;
          enter(at, 'delete');
        } else {
          if (found.length !== 2) enter(at, 'emphasis');
          if (found.length > 1) enter(at, 'strong');
        }
        continue;
      }
      addBefore();
      open = undefined;
      return done();
    }
    addText(node.value.slice(from), node);
  }
  return done();
}

/**
 * Elements stand in the link from the start, lest they move into it when it ends. Words may move, and mostly are no link's
 * where nothing else follows the bracket.
 */
function linkFrom(
  level: PhrasingContent[],
  index: number,
  position: NonNullable<Nodes['position']>,
  made: Map<Nodes, PhrasingContent[]>,
): void {
  const children = level.slice(index);
  if (children.every((node) => node.type === 'text')) return;
  const link: PhrasingContent = {
    type: 'linkReference',
    referenceType: 'full',
    identifier: '',
    children: children as LinkReference['children'],
    position,
  };
  made.set(link, link.children);
  level.splice(index, children.length, link);
}

/** No more characters than these are held back for an image or an element that may never be one. */
const longestHidden = 300;

/** Whether a bracket that stands open before this may be that of a link or an image. */
function mayBeLink(after: string): boolean {
  const end = /^[^[\]]*\]/.exec(after)?.[0].length;
  return end === undefined || mayGoOn(after.slice(end));
}

/** Whether what stands behind a closing bracket may make a link of it. */
function mayGoOn(after: string): boolean {
  return after === '' || (after[0] === '(' && isPartOfResource(after, 1)) || /^\[[^[\]]*$/.test(after);
}

// Spaces at the end, and what was opened and has nothing in it.
function tidyEnd(children: PhrasingContent[], made: ReadonlyMap<Nodes, PhrasingContent[]>): void {
  const last = children.at(-1);
  const within = last && made.get(last);
  if (last?.type === 'text') {
    const value = last.value.trimEnd();
    children.pop();
    if (value !== '') children.push({ ...last, value });
  } else if (within) {
    tidyEnd(within, made);
    if (within.length === 0) {
      children.pop();
      tidyEnd(children, made);
    }
  }
}

const written =
  /\\[!-/:-@[-`{-~]|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]{0,30});|(?<![ \t])[ \t]*(\r\n|\n|\r)[ \t>]*/gi;

/** The value of a text, as long as it is, with letters in place of what was escaped. Undefined if it cannot be told. */
function withoutEscapes(value: string, raw: string): string | undefined {
  if (raw === value) return value;
  let plain = '';
  let from = 0;
  for (const match of raw.matchAll(written)) {
    const [found, lineEnding] = match;
    plain += raw.slice(from, match.index);
    plain += lineEnding ?? 'x'.repeat(decodeString(found).length);
    from = match.index + found.length;
  }
  plain += raw.slice(from);
  return plain.length === value.length ? plain : undefined;
}

function inlineOf(leaf: Nodes): (Parents & { children: PhrasingContent[] }) | undefined {
  if (leaf.type === 'paragraph' || leaf.type === 'heading') return leaf;
  if (leaf.type === 'table') return leaf.children.at(-1)?.children.at(-1);
  return undefined;
}

function mayOpen(run: string, before: string | undefined, after: string | undefined): boolean {
  if (after === undefined || /\s/.test(after)) return false;
  return run[0] !== '_' || before === undefined || !/[\p{L}\p{N}]/u.test(before);
}

// The next delimiter decides, so none may follow; and what may be a price stays as it is.
function mayOpenMath(run: string, before: string | undefined, after: string): boolean {
  if (run.length > 2 || after.includes(run)) return false;
  return run.length === 2 || (/^[^\s\d]/.test(after) && !/[a-z0-9]/i.test(before ?? ''));
}
