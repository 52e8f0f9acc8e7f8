// What the reader of a review can do to a stream after a given event, as data and as text for an address; and the
// deliverer that does it to the batches of one connection. What the story's own reader does stands in acts.ts.
import type { FrameBatch } from '../../../src/core.ts';

/**
 * | kind | after event `at` |
 * | --- | --- |
 * | stall | nothing comes for `ms` |
 * | drop | the connection is lost |
 * | offline | the browser is offline for `ms`, and the connection is lost |
 * | duplicate | what came comes again |
 * | reorder | the next two reads change places |
 * | missing | the next read never comes |
 * | stop | the reader stops the answer |
 * | allow | the reader allows what a tool asks for |
 * | deny | the reader denies it |
 */
export const faultKinds = [
  'stall',
  'drop',
  'offline',
  'duplicate',
  'reorder',
  'missing',
  'stop',
  'allow',
  'deny',
] as const;

export type LabFaultKind = (typeof faultKinds)[number];

export interface LabFault {
  readonly kind: LabFaultKind;
  readonly at: number;
  /** How long, for `stall` and `offline`. */
  readonly ms?: number;
}

/** Long enough for the connection to say that it is stalled, and for the reader to see that it is offline. */
export const usualMs: Partial<Record<LabFaultKind, number>> = { stall: 50_000, offline: 5_000 };

/** `drop-12_offline-30-5000`. */
export function formatFaults(faults: readonly LabFault[]): string {
  return faults
    .map(({ kind, at, ms }) => [kind, at, ...(ms === undefined || ms === usualMs[kind] ? [] : [ms])].join('-'))
    .join('_');
}

/** What cannot be read is left out. */
export function parseFaults(text: string): readonly LabFault[] {
  return text.split('_').flatMap((part) => {
    const [name, at = '', ms = ''] = part.split('-');
    const kind = faultKinds.find((known) => known === name);
    if (kind === undefined || !/^\d+$/.test(at)) return [];
    const usual = usualMs[kind];
    const lasts = usual === undefined ? {} : { ms: /^\d+$/.test(ms) ? Number(ms) : usual };
    return [{ kind, at: Number(at), ...lasts }];
  });
}

/** Sorted, each kind once an event. */
export function withFault(faults: readonly LabFault[], fault: LabFault): readonly LabFault[] {
  return [...withoutFault(faults, fault), fault].toSorted((one, other) => one.at - other.at);
}

export function withoutFault(faults: readonly LabFault[], fault: LabFault): readonly LabFault[] {
  return faults.filter(({ kind, at }) => kind !== fault.kind || at !== fault.at);
}

/** What a deliverer needs of the world. */
export interface DeliveryPort {
  /** Resolves to the event's number once it may happen. */
  admit(batch: FrameBatch, again: boolean): Promise<number>;
  /** Tells of a batch that never comes. */
  leaveOut(batch: FrameBatch): Promise<number>;
  wait(ms: number): Promise<void>;
  /** Never returns: throws what a lost connection throws. */
  lose(): never;
  goOffline(ms: number): Promise<void>;
}

/** `opened`: the number of the event that opened the connection; faults may follow that one too. */
export async function* deliver(
  batches: AsyncIterable<FrameBatch>,
  faults: readonly LabFault[],
  opened: number,
  port: DeliveryPort,
): AsyncGenerator<FrameBatch, void, undefined> {
  let last = opened;
  let previous: FrameBatch | undefined;
  let held: FrameBatch | undefined;
  let reorders = false;
  let leavesOut = false;

  /** Each fault strikes once: what it brings about has a number of its own. */
  async function* strike(): AsyncGenerator<FrameBatch, void, undefined> {
    for (const fault of faults.filter(({ at }) => at === last)) {
      switch (fault.kind) {
        case 'stall':
          await port.wait(fault.ms ?? 0);
          break;
        case 'drop':
          port.lose();
          break;
        case 'offline':
          await port.goOffline(fault.ms ?? 0);
          port.lose();
          break;
        case 'duplicate':
          if (previous === undefined) break;
          last = await port.admit(previous, true);
          yield previous;
          break;
        case 'reorder':
          reorders = true;
          break;
        case 'missing':
          leavesOut = true;
      }
    }
  }

  async function* hand(batch: FrameBatch): AsyncGenerator<FrameBatch, void, undefined> {
    last = await port.admit(batch, false);
    previous = batch.end === undefined ? batch : undefined;
    yield batch;
    yield* strike();
  }

  yield* strike();
  for await (const batch of batches) {
    if (batch.end === undefined && reorders) {
      reorders = false;
      held = batch;
      continue;
    }
    if (batch.end === undefined && leavesOut) {
      leavesOut = false;
      last = await port.leaveOut(batch);
      yield* strike();
      continue;
    }
    // The end stays last.
    const late = held;
    held = undefined;
    if (batch.end !== undefined && late !== undefined) yield* hand(late);
    yield* hand(batch);
    if (batch.end === undefined && late !== undefined) yield* hand(late);
  }
}
