// How much of a text is parsed while more is to come: without what its last line may still turn out to be, or with what
// it lacks to be the table that it begins.

/**
 * The text without what its last line may still turn out to be. `from` is where what may be held back starts. A row of
 * cells is held back if it may begin a table, or is too long to be one of any.
 */
export function hold(text: string, from: number, mayBeginTable: boolean): string {
  const rest = text.slice(from);
  const lineStart = Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('\r')) + 1;
  const line = rest.slice(lineStart);
  const before = rest.slice(0, lineStart);
  const isTable = /[\n\r][ \t>]*(?:\|[ \t]*)?:?-[-:| \t]*[\n\r]/.test(`\n${text}`);
  // Markers that have not shown what they mark, a definition, or the first row of a table.
  const [markers = ''] = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*/.exec(line) ?? [];
  if (isUndecided.test(line.slice(markers.length))) {
    const header = /(?:^|[\n\r])([ \t>]*\|[^\n\r]*)(?:\r\n|\n|\r)$/.exec(before);
    if (mayBeginTable && header && rule.test(line) && !isTable) {
      return text.slice(0, from + before.lastIndexOf(header[1] ?? ''));
    }
    return text.slice(0, from + lineStart);
  }
  if ((mayBeginTable || line.length > maxRowLength) && !isTable && isRow.test(line)) {
    return text.slice(0, from + lineStart);
  }
  return text.slice(0, from) + withoutOpenEnd(rest);
}

const isUndecided = /^(?:[-+*_=#|:$ \t]*|\d{1,9}[.)]?|\[[^\]]*\]?(?::\s*)?|\[[^\]^][^\]]*\]:.*)$/;

/** Without the delimiters it ends in. By hand: an expression would look at a long run from each of its places. */
function withoutOpenEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '*_~`$'.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

const firstRow = /^([\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)\|([^\n\r]*[^\s|:-][^\n\r]*)$/;

/** No one means more columns than these, nor a first row longer than that. */
const maxColumns = 100;
const maxRowLength = 4_000;

export interface BegunTable {
  /** The text up to the end of the first row. */
  readonly text: string;
  /** The second row that would make it one. */
  readonly delimiters: string;
  /** A blank line precedes it, so that it is no part of a paragraph. */
  readonly isApart: boolean;
}

/** Of a text that ends in what may be the first row of a table, and perhaps in some of the row of delimiters. */
export function beginTable(whole: string, from: number): BegunTable | undefined {
  const text = withoutOpenEnd(whole);
  const [last = '', previous = '', earlier = ''] = lastLines(text.slice(from), 3);
  const isHead = firstRow.test(last);
  const [row, before] = isHead ? [last, previous] : [previous, earlier];
  if (row.length > maxRowLength || isRow.test(before) || (!isHead && !rule.test(last))) return undefined;
  const [, prefix, written = ''] = firstRow.exec(row) ?? [];
  if (prefix === undefined) return undefined;
  const cells = written.trimEnd();
  const ends = [...cells.matchAll(/\\[\\|]|\|/g)].filter(([found]) => found === '|');
  const count = ends.length + (ends.at(-1)?.index === cells.length - 1 ? 0 : 1);
  if (count > maxColumns) return undefined;
  const head = isHead ? text : text.slice(0, text.length - last.length).replace(/(?:\r\n|\n|\r)$/, '');
  const delimiters = `\n${prefix.replaceAll(/[^\s>]/g, ' ')}|${'-|'.repeat(count)}`;
  return { text: head, delimiters, isApart: blank.test(before) };
}

const isRow = /^[\s>]*\|/;
const blank = /^[\s>]*$/;
const rule = /^[\s>|:-]*$/;

/** The last one first. */
function lastLines(text: string, count: number): string[] {
  const lines: string[] = [];
  for (let end = text.length; lines.length < count && end >= 0;) {
    const start = end === 0 ? -1 : Math.max(text.lastIndexOf('\n', end - 1), text.lastIndexOf('\r', end - 1));
    lines.push(text.slice(start + 1, end));
    end = text.endsWith('\r\n', start + 1) ? start - 1 : start;
  }
  return lines;
}
