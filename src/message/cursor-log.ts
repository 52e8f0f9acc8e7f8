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

/** A number as numbers are written, of no more digits than one holds exactly. */
const numberAtEnd = /(?:0|[1-9]\d{0,14})$/;

export const emptyCursorLog: CursorLog = { prefix: '', first: 0, last: -1, positions: new Map(), length: 0 };

/** The log with this cursor: the same one where it is in it already. */
export function logCursor(log: CursorLog, cursor: string): CursorLog {
  const next = log.last + 1;
  if (isInRow(log, cursor) || (log.positions.get(cursor) ?? Infinity) < log.length) return log;
  return cursor === `${log.prefix}${next}` ? { ...log, last: next } : beginRow(log, cursor);
}

function isInRow({ prefix, first, last }: CursorLog, cursor: string): boolean {
  if (!cursor.startsWith(prefix)) return false;
  const number = Number(cursor.slice(prefix.length));
  return number >= first && number <= last && Number.isInteger(number) && `${prefix}${number}` === cursor;
}

/** A log whose row begins with this cursor; the row before it goes into the map. */
function beginRow(log: CursorLog, cursor: string): CursorLog {
  const { prefix, first, last } = log;
  const isNewest = log.length > 0 && log.positions.size === log.length;
  const positions = isNewest && log.length < 2 * keptCursors ? (log.positions as Map<string, number>) : copyOf(log);
  for (let number = Math.max(first, last + 1 - keptCursors); number <= last; number += 1) {
    positions.set(`${prefix}${number}`, positions.size);
  }
  const start = cursor.search(numberAtEnd);
  if (start >= 0) {
    const number = Number(cursor.slice(start));
    return { prefix: cursor.slice(0, start), first: number, last: number, positions, length: positions.size };
  }
  // Without a number it goes into the map, and the row behind it is empty as yet.
  positions.set(cursor, positions.size);
  return { prefix: cursor, first: 0, last: -1, positions, length: positions.size };
}

/** What this log's map holds, without what newer logs added, and without the oldest where there is too much. */
function copyOf(log: CursorLog): Map<string, number> {
  const copy = new Map<string, number>();
  for (const [cursor, position] of log.positions) {
    if (position < log.length && position >= log.length - keptCursors) copy.set(cursor, copy.size);
  }
  return copy;
}
