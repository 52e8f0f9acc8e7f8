// One message being changed by a batch of chunks: parts are copied when first touched, so that untouched ones keep
// their identity however many chunks the batch holds. Lives only inside `reduceMessage`.
import { compact } from '../base/compact.ts';
import type { ChunkBase } from '../protocol/chunk.ts';
import type { Message, Part, PartOf, PartType } from './message.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** `Omit` that keeps a union a union. */
export type NewPart = Part extends infer P ? (P extends Part ? Omit<P, 'id'> & { id?: string } : never) : never;

export interface Draft {
  readonly message: Writable<Message>;
  /** Wall-clock milliseconds of the batch. */
  readonly at: number;
  /** Read-only view; change parts through `edit`, `add` and `remove`. */
  readonly parts: readonly Part[];
  /** A copy of the part at `index` that may be written to; the same one for the rest of the batch. */
  edit<T extends PartType>(index: number, type: T): Writable<PartOf<T>>;
  /** Appends a part without its `undefined` members and returns its index. Its id is the given one, else made from its place. */
  add(part: NewPart): number;
  remove(drop: (part: Part) => boolean): void;
  finish(): Message;
}

export function createDraft(source: Message, at: number): Draft {
  // A data property, not an accessor: one made for every batch would leave a hidden class behind each time, which lives
  // until the next full collection and keeps the batch's message alive with it.
  const draft = { message: { ...source } as Writable<Message>, at, parts: source.parts, edit, add, remove, finish };
  const own = new Set<Part>();
  let parts: Part[] | undefined;
  /** Copied lazily: a batch of heartbeats must not touch the array. */
  function writableParts(): Part[] {
    return (parts ??= draft.parts = source.parts.slice());
  }
  function edit<T extends PartType>(index: number, type: T): Writable<PartOf<T>> {
    const list = writableParts();
    const part = list[index];
    if (part === undefined || part.type !== type) throw new RangeError(`no ${type} part`);
    if (own.has(part)) return part as Writable<PartOf<T>>;
    const edited = { ...part } as Part;
    own.add(edited);
    list[index] = edited;
    return edited as Writable<PartOf<T>>;
  }
  function add(part: NewPart): number {
    const list = writableParts();
    const index = list.length;
    const made = compact({ ...part, id: part.id ?? freeId(list, `${source.id}/${index}`) }) as Part;
    own.add(made);
    list.push(made);
    return index;
  }
  function remove(drop: (part: Part) => boolean): void {
    if (draft.parts.some(drop)) draft.parts = parts = draft.parts.filter((part) => !drop(part));
  }
  function finish(): Message {
    draft.message.parts = draft.parts;
    return isSame(source, draft.message) ? source : draft.message;
  }
  return draft;
}

/** Parts can be removed, so an id made from a place may be taken. */
function freeId(parts: readonly Part[], wanted: string): string {
  let id = wanted;
  for (let n = 1; parts.some((part) => part.id === id); n += 1) id = `${wanted}.${n}`;
  return id;
}

function isSame(a: Message, b: Message): boolean {
  const keys = Object.keys(b) as (keyof Message)[];
  return keys.length === Object.keys(a).length && keys.every((key) => a[key] === b[key]);
}

/** What every part takes from the chunk that made it. */
export function common({ step, run }: ChunkBase): { step?: string; run?: string } {
  return { step, run };
}
