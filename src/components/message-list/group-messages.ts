// Cuts a thread into runs of rows that keep their identity while nothing in them changes, so that a token costs one
// row and a comparison of references, not a walk over the elements of every message.
import type { Message } from '../../message/message.ts';

/** Big enough that few runs remain, small enough that the run which changes is cheap. */
const runLength = 32;

interface Run {
  readonly key: string;
  readonly messages: readonly Message[];
}

export interface MessageGroup extends Run {
  /** How many messages come after this run. */
  readonly after: number;
}

/**
 * Returns a function that remembers its last answer. A message stays in its run when others come before or after it,
 * for a row that changes its parent loses its state and its place.
 */
export function createGrouper(): (messages: readonly Message[]) => readonly MessageGroup[] {
  let last: readonly Message[] = [];
  let runs: readonly Run[] = [];
  let groups: readonly MessageGroup[] = [];
  return (messages) => {
    if (messages === last) return groups;
    runs = sameIds(last, messages) ? refresh(runs, messages) : regroup(runs, messages);
    last = messages;
    let after = messages.length;
    groups = runs.map((run) => ({ ...run, after: (after -= run.messages.length) }));
    return groups;
  };
}

function sameIds(a: readonly Message[], b: readonly Message[]): boolean {
  return a.length === b.length && a.every((message, index) => message === b[index] || message.id === b[index]?.id);
}

/** The same rows in the same order: only runs in which something changed are new. */
function refresh(runs: readonly Run[], messages: readonly Message[]): readonly Run[] {
  let start = 0;
  return runs.map((run) => {
    const from = start;
    start += run.messages.length;
    const same = run.messages.every((message, index) => message === messages[from + index]);
    return same ? run : { key: run.key, messages: messages.slice(from, start) };
  });
}

function regroup(runs: readonly Run[], messages: readonly Message[]): readonly Run[] {
  const before = new Map(runs.map((run) => [run.key, run]));
  const keys = assignKeys(runs, messages);
  const made: Run[] = [];
  const used = new Set<string>();
  for (let start = 0, end = 0; start < messages.length; start = end) {
    const key = keys[start] ?? '';
    while (end < messages.length && keys[end] === key) end += 1;
    const slice = messages.slice(start, end);
    // A run that was torn apart by a change of order: its later pieces get names of their own.
    const name = used.has(key) ? `${key}/${slice[0]?.id ?? ''}` : key;
    used.add(name);
    const old = before.get(name);
    const same =
      old?.messages.length === slice.length && old.messages.every((message, index) => message === slice[index]);
    made.push(same && old !== undefined ? old : { key: name, messages: slice });
  }
  return made;
}

/** The run of each message. New ones at the start are cut from their end on, so that the next ones find it full. */
function assignKeys(runs: readonly Run[], messages: readonly Message[]): string[] {
  const known = new Map<string, string>();
  for (const run of runs) for (const message of run.messages) known.set(message.id, run.key);
  const firstKnown = messages.findIndex((message) => known.has(message.id));
  const lead = firstKnown < 0 ? 0 : firstKnown;
  const keys: string[] = [];
  for (let index = 0; index < lead; index += 1) {
    const last = lead - 1 - Math.floor((lead - 1 - index) / runLength) * runLength;
    keys.push(messages[last]?.id ?? '');
  }
  let length = 0;
  for (let index = lead; index < messages.length; index += 1) {
    const message = messages[index];
    if (message === undefined) break;
    const previous = index > lead ? keys[index - 1] : undefined;
    const fits = previous !== undefined && length < runLength;
    const key = known.get(message.id) ?? (fits ? previous : message.id);
    length = key === previous ? length + 1 : 1;
    keys.push(key);
  }
  return keys;
}
