// Writes one record as server-sent events text. Line endings other than LF are put in later, by the byte faults.
import type { WireRecord } from './format.ts';

/** Every line of the data gets its own `data:` line, as the standard wants; the blank line ends the record. */
export function writeSse(record: WireRecord): string {
  let text = record.event === undefined ? '' : `event: ${record.event}\n`;
  if (record.id !== undefined) text += `id: ${record.id}\n`;
  for (const line of record.data.split('\n')) text += `data: ${line}\n`;
  return `${text}\n`;
}

/** For formats without cursors, whatever the request wants. */
export function writePlainSse(record: WireRecord): string {
  return writeSse({ ...record, id: undefined });
}
