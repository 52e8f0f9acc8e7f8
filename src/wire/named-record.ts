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
    let fed = 0;
    let at = afterCr && text.startsWith('\n') ? 1 : 0;
    if (text !== '') afterCr = text.endsWith('\r');

    for (const { 0: ending, index: end } of text.matchAll(/\r\n?|\n/g)) {
      if (end < at) continue;
      // Only so much of a line is looked at: joining a long one would copy it.
      const line = head + text.slice(at, Math.min(end, at + HEAD_CHARS));
      if (line === '' && suspect) {
        if (fed < at) feed(text.slice(fed, at));
        probe(ending);
        fed = end + ending.length;
      }
      if (/^event(:|$)/.test(line)) suspect = true;
      else if (/^(data(:|$)|$)/.test(line)) suspect = false;
      at = end + ending.length;
      head = '';
    }

    head = (head + text.slice(at, at + HEAD_CHARS)).slice(0, HEAD_CHARS);
    if (fed < text.length) feed(text.slice(fed));
  };
}

/** `event:` is the longest of what is looked for. */
const HEAD_CHARS = 6;
