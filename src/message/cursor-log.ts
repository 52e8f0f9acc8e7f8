// Which cursors have been seen: a value that is cheap to add to, so that `sequence` can stay pure at one lookup a record.

/**
 * Logs that grew out of each other share one map and differ in `length`. Adding to the newest of them writes into the
 * map; adding to an older one copies it first, so no log ever changes.
 */
export interface CursorLog {
  readonly positions: ReadonlyMap<string, number>;
  readonly length: number;
}

/** Cursors remembered at least; a server that repeats more than this at once numbers its records or is not exact. */
const keptCursors = 100_000;

export const emptyCursorLog: CursorLog = { positions: new Map(), length: 0 };

export function hasCursor(log: CursorLog, cursor: string): boolean {
  const position = log.positions.get(cursor);
  return position !== undefined && position < log.length;
}

/** `cursor` must not be in the log. */
export function logCursor(log: CursorLog, cursor: string): CursorLog {
  const isNewest = log.length > 0 && log.positions.size === log.length;
  const positions = isNewest && log.length < 2 * keptCursors ? log.positions : copyOf(log);
  (positions as Map<string, number>).set(cursor, positions.size);
  return { positions, length: positions.size };
}

/** What this log holds, without what newer logs added, and without the oldest where there is too much. */
function copyOf(log: CursorLog): Map<string, number> {
  const copy = new Map<string, number>();
  for (const [cursor, position] of log.positions) {
    if (position < log.length && position >= log.length - keptCursors) copy.set(cursor, copy.size);
  }
  return copy;
}
