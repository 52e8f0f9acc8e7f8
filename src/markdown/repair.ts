// What of an unfinished text is shown: syntax whose end is still to come is completed or held back, so that no marker
// is ever seen and no element turns into another. The parser says which leaf is open and which delimiters it could not
// pair: what is left of them in that leaf's text nodes. The rest of the document is not touched.
import type { Nodes, Parents, PhrasingContent } from 'mdast';
import type { Syntax } from './syntax.ts';

/** No one means more delimiters than this to be open at once, and to pair them takes time that grows with their square. */
const maxOpen = 50;

/** The text to parse instead, given the open leaf of the text without the delimiters at its very end. */
export function repair(text: string, leaf: Nodes | undefined, prefixLength: number, syntax?: Syntax): string {
  const inline = leaf && inlineOf(leaf);
  if (!inline || inline.children.length === 0) return text;
  const offset = (node: Nodes) => (node.position?.start.offset ?? -1) - prefixLength;
  const closers: string[] = [];
  const removed: number[] = [];
  let linkOpen = false;
  let cut = text.length;
  scan: for (const node of inline.children) {
    if (node.type !== 'text') continue;
    const start = offset(node);
    if (start < 0 || text.slice(start, start + node.value.length) !== node.value) continue;
    for (const match of node.value.matchAll(/`+|!?\[|\](?=[([]|$)|[*_~]+|\$+|<(?=[a-z/!?]|$)|&#?\w*$|[\\!]$/gi)) {
      const [token] = match;
      const at = start + match.index;
      const after = text.slice(at + token.length);
      if (token[0] === '$') {
        if (token[0] !== syntax?.delimiter || !mayOpenMath(token, text[at - 1], after)) continue;
        closers.push(syntax.unfinished + token);
        break scan;
      }
      switch (token[0]) {
        case '`':
          if (after.trim() === '') cut = at;
          else closers.push(token);
          break scan;
        case '!':
          cut = at;
          break scan;
        case '[':
          if (after.startsWith('^')) {
            if (/^\^[^\]\s]*\]?$/.test(after)) {
              cut = at;
              break scan;
            }
          } else if (!/^[^\]]*\](?![([]|$)/.test(after)) {
            removed.push(at);
            linkOpen = true;
          }
          break;
        case ']':
          if (!linkOpen) break;
          cut = at;
          break scan;
        case '<':
          if (/\s/.test(after)) break;
          cut = at;
          break scan;
        case '&':
        case '\\':
          cut = at;
          break scan;
        default:
          if (!mayOpen(token, text[at - 1], after[0])) break;
          // Strikethrough does not nest.
          if (token[0] !== '~') closers.push(token.slice(0, 3));
          else if (!closers.includes(token.slice(0, 2))) closers.push(token.slice(0, 2));
      }
    }
  }
  if (closers.length > maxOpen) closers.length = 0;
  if (cut === text.length && closers.length === 0 && removed.length === 0) return text;
  let kept = '';
  let from = 0;
  for (const at of removed) {
    kept += text.slice(from, at);
    from = at + 1;
  }
  kept += text.slice(from, cut);
  return closers.length === 0 ? kept : kept.trimEnd() + closers.toReversed().join('');
}

/** The text without what its last line may still turn out to be. `from` is where what may be held back starts. */
export function hold(text: string, from: number): string {
  const rest = text.slice(from);
  const lineStart = Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('\r')) + 1;
  const line = rest.slice(lineStart);
  const before = rest.slice(0, lineStart);
  // Markers that have not shown what they mark, a definition, or the first row of a table.
  if (
    /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:[-+*_=#|:$ \t]+|\d{1,9}[.)]?|\[[^\]]*(?:\]:.*)?\]?|\[[ xX]?\]?)$/.test(line)
  ) {
    const header = /(?:^|[\n\r])([\s>]*\|[^\n\r]*)[\n\r]+$/.exec(before);
    const isRule = /^[\s>]*[|: -]*-[|: -]*$|^[\s>]*\|?:?$/.test(line);
    if (header && isRule && !/[\n\r][\s>|:-]+[\n\r]/.test(before))
      return text.slice(0, from + before.lastIndexOf(header[1] ?? ''));
    return text.slice(0, from + lineStart);
  }
  const isTable = /[\n\r][\s>]*\|?[ \t]*:?-+:?[ \t|:-]*[\n\r]/.test(`\n${text}`);
  if (/^[\s>]*\|/.test(line) && !isTable) return text.slice(0, from + lineStart);
  return text.slice(0, from) + rest.replace(/[*_~`$]+$/, '');
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
