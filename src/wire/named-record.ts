// Finds the SSE records that may name an event without carrying data, which eventsource-parser drops in silence.

/**
 * Returns a function that passes text on to `feed`, except for the blank lines that end a suspect record: each of
 * those goes to `probe`. A record is suspect when no `data` line follows its `event` line; whether one came before is
 * for the probe to find out.
 *
 *     event: ping↵     suspect
 *     id: 7↵           neither data nor blank: look on
 *     ↵                probe
 */
export function createNamedRecordWatch(
  feed: (text: string) => void,
  probe: (blankLine: string) => void,
): (text: string) => void {
  let suspect = false;
  /** The first characters of the line that the last piece left unfinished, enough to tell its field. */
  let head = '';
  /** The last piece ended in CR: an LF that comes first belongs to it. */
  let afterCr = false;

  return (text) => {
    const hasCr = text.includes('\r');
    let fed = 0;
    let at = afterCr && text.charCodeAt(0) === LF ? 1 : 0;
    if (text !== '') afterCr = hasCr && text.charCodeAt(text.length - 1) === CR;

    if (head !== '') {
      const end = lineEnd(text, 0, hasCr);
      if (head.length < HEAD_CHARS) head += text.slice(0, Math.min(HEAD_CHARS - head.length, end));
      if (end === text.length) return feed(text);
      if (isField('event', head, 0, head.length)) suspect = true;
      else if (isField('data', head, 0, head.length)) suspect = false;
      at = nextLine(text, end);
      head = '';
    }

    while (at < text.length) {
      const end = lineEnd(text, at, hasCr);
      if (end === text.length) break;
      const next = nextLine(text, end);
      if (isField('event', text, at, end)) suspect = true;
      else if (isField('data', text, at, end)) suspect = false;
      else if (end === at && suspect) {
        if (fed < at) feed(text.slice(fed, at));
        probe(text.slice(at, next));
        fed = next;
        suspect = false;
      }
      at = next;
    }

    const lastLine = lastLineStart(text, hasCr);
    head = text.slice(lastLine, lastLine + HEAD_CHARS);
    if (fed < text.length) feed(text.slice(fed));
  };
}

/** The position of the terminator that ends the line at `at`, or the text's length. */
function lineEnd(text: string, at: number, hasCr: boolean): number {
  if (!hasCr) {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === LF || code === CR) break;
  }
  return end;
}

function nextLine(text: string, end: number): number {
  return text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? end + 2 : end + 1;
}

function lastLineStart(text: string, hasCr: boolean): number {
  return Math.max(text.lastIndexOf('\n'), hasCr ? text.lastIndexOf('\r') : -1) + 1;
}

/** Whether the line from `at` to `end` is this field: its name is followed by a colon or by nothing. */
function isField(name: string, text: string, at: number, end: number): boolean {
  const after = at + name.length;
  return text.startsWith(name, at) && (after === end || text.charCodeAt(after) === COLON);
}

/** `event:` is the longest of what is looked for. */
const HEAD_CHARS = 6;
const LF = 10;
const CR = 13;
const COLON = 58;
