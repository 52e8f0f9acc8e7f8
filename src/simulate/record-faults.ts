// Faults that strike whole records: repeated, late, missing, enormous or unreadable ones.
import type { WireRecord } from './formats/format.ts';
import { type Fault, strikes } from './faults.ts';

/** A numbered record of an answer and when it is due after the one before it. */
export interface TimedRecord {
  readonly index: number;
  readonly afterMs: number;
  readonly record: WireRecord;
}

/** What comes out keeps the index of the newest record of the answer that the client can have when it arrives. */
export function* strikeRecords(
  records: Iterable<TimedRecord>,
  faults: readonly Fault[],
  attempt: number,
): Iterable<TimedRecord> {
  const striking = faults.filter((fault) => strikes(fault, attempt));
  // Records to be sent once the record with this index has been.
  const late = new Map<number, TimedRecord[]>();
  const hold = (after: number, entry: TimedRecord): void => {
    late.set(after, [...(late.get(after) ?? []), { ...entry, afterMs: 0 }]);
  };
  let newest = -1;
  let waitedMs = 0;
  for (const entry of records) {
    let missing = false;
    waitedMs += entry.afterMs;
    newest = entry.index;
    for (const fault of striking) {
      if (fault.type === 'oversize' && fault.record === entry.index) {
        yield { index: entry.index - 1, afterMs: 0, record: oversize(fault.bytes) };
      } else if (fault.type === 'malformed' && fault.record === entry.index) {
        yield { index: entry.index - 1, afterMs: 0, record: malformed(entry.record) };
      } else if (fault.type === 'drop') {
        missing ||= entry.index >= fault.record && entry.index < fault.record + fault.count;
      } else if (fault.type === 'swap' && fault.record === entry.index) {
        missing = true;
        hold(entry.index + Math.max(1, fault.by), entry);
      } else if (fault.type === 'duplicate' && fault.record === entry.index) {
        hold(entry.index + fault.later, entry);
      }
    }
    if (!missing) {
      yield { ...entry, afterMs: waitedMs };
      waitedMs = 0;
    }
    for (const held of late.get(entry.index) ?? []) yield { ...held, index: newest };
    late.delete(entry.index);
  }
  // The answer ended before their time came.
  for (const held of [...late.values()].flat()) yield { ...held, index: newest };
}

function oversize(bytes: number): WireRecord {
  return { event: 'oversize', id: undefined, data: JSON.stringify({ padding: 'x'.repeat(bytes) }) };
}

function malformed(like: WireRecord): WireRecord {
  return { event: like.event, id: undefined, data: '{"broken": ' };
}
