// Which cursors have been seen: a value that is cheap to add to, so that `sequence` can stay pure at one lookup a record.

/**
 * Most servers count their records, so a log is a row of numbers behind one prefix, which costs the same however long it
 * is, and a map of what came before that row and is no part of it. Logs that grew out of each other share one map and
 * differ in `length`. Adding to the newest of them writes into the map; adding to an older one copies it first, so no log
 * ever changes.
 */
export interface CursorLog {
  readonly prefix: string;
  /** The row's numbers, both in it; none where `last` is the smaller. */
  readonly first: number;
  readonly last: number;
  readonly positions: ReadonlyMap<string, number>;
  readonly length: number;
}

/** Cursors remembered at least; a server that repeats more than this at once numbers its records or is not exact. */
const keptCursors = 100_000;

/** As many digits as a number holds exactly. */
const maxDigits = 15;

export const emptyCursorLog: CursorLog = { prefix: '', first: 0, last: -1, positions: new Map(), length: 0 };

/** The log with this cursor: the same one where it is in it already. */
export function logCursor(log: CursorLog, cursor: string): CursorLog {
  const { prefix, first, last } = log;
  const number = cursor.startsWith(prefix) ? numberFrom(cursor, prefix.length) : -1;
  if (number >= first && number <= last) return log;
  const position = log.positions.get(cursor);
  if (position !== undefined && position < log.length) return log;
  if (number >= 0 && number === last + 1) return { ...log, last: number };
  return beginRow(log, cursor);
}

/** A log whose row begins with this cursor; the row before it goes into the map. */
function beginRow(log: CursorLog, cursor: string): CursorLog {
  const { prefix, first, last } = log;
  const isNewest = log.length > 0 && log.positions.size === log.length;
  const positions = isNewest && log.length < 2 * keptCursors ? (log.positions as Map<string, number>) : copyOf(log);
  for (let number = Math.max(first, last + 1 - keptCursors); number <= last; number += 1) {
    positions.set(`${prefix}${number}`, positions.size);
  }
  const start = startOfNumber(cursor);
  const hasNumber = start < cursor.length;
  // Without a number it goes into the map, and the row behind it is empty as yet.
  if (!hasNumber) positions.set(cursor, positions.size);
  const number = hasNumber ? Number(cursor.slice(start)) : 0;
  return {
    prefix: cursor.slice(0, start),
    first: number,
    last: hasNumber ? number : -1,
    positions,
    length: positions.size,
  };
}

/** The number that is all of `text` from `start` on, written as numbers are; -1 where that is something else. */
function numberFrom(text: string, start: number): number {
  const digits = text.length - start;
  if (digits < 1 || digits > maxDigits || (digits > 1 && text.charCodeAt(start) === ZERO)) return -1;
  let number = 0;
  for (let at = start; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Where the number at the end begins; zeros before it are not its. */
function startOfNumber(text: string): number {
  return text.length - (/(?:0|[1-9]\d{0,14})$/.exec(text)?.[0].length ?? 0);
}

/** What this log's map holds, without what newer logs added, and without the oldest where there is too much. */
function copyOf(log: CursorLog): Map<string, number> {
  const copy = new Map<string, number>();
  for (const [cursor, position] of log.positions) {
    if (position < log.length && position >= log.length - keptCursors) copy.set(cursor, copy.size);
  }
  return copy;
}

const ZERO = 48;
