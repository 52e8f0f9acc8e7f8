// The kinds of server a schedule can meet: what the simulated server is told to be, what its client is told of it, and
// which ends are right then.
import type { Adapter } from '../../src/protocol/adapter.ts';
import type { SimulationOptions } from '../../src/simulate/options.ts';
import { namedEvents } from '../../src/protocols.ts';
import type { Frame } from '../../src/core.ts';

export type ServerKind = 'cursor+key' | 'cursor' | 'key' | 'numbers' | 'neither';

export interface ServerTraits {
  readonly simulation: SimulationOptions;
  /** `socket`: requests are messages. */
  adapter(socket: boolean): Adapter;
  /**
   * `exact`: whatever happens, the whole answer. `exact-once-begun`: the same, unless the first connection was lost
   * before a cursor came. `prefix`: the whole answer, or an interruption that shows the beginning of it.
   */
  readonly promise: 'exact' | 'exact-once-begun' | 'prefix';
  /** Records are numbered, so that swaps and drops can be noticed. */
  readonly numbered: boolean;
  /** Records can be told apart when they repeat. */
  readonly repeatable: boolean;
  /** Out of 100 schedules. */
  readonly share: number;
}

export const servers: Readonly<Record<ServerKind, ServerTraits>> = {
  'cursor+key': {
    simulation: { resume: 'id' },
    adapter: (socket) => namedEvents({ resumable: true, idempotent: true, socket }),
    promise: 'exact',
    numbered: false,
    repeatable: true,
    share: 25,
  },
  cursor: {
    simulation: { resume: 'id', idempotent: false },
    adapter: (socket) => namedEvents({ resumable: true, socket }),
    promise: 'exact-once-begun',
    numbered: false,
    repeatable: true,
    share: 10,
  },
  key: {
    simulation: { resume: 'replay' },
    adapter: (socket) => namedEvents({ idempotent: true, socket }),
    promise: 'exact',
    numbered: false,
    repeatable: false,
    share: 15,
  },
  numbers: {
    simulation: { resume: 'sequence' },
    adapter: numberedEvents,
    promise: 'exact',
    numbered: true,
    repeatable: true,
    share: 25,
  },
  neither: {
    simulation: { resume: 'none' },
    adapter: (socket) => namedEvents({ socket }),
    promise: 'prefix',
    numbered: false,
    repeatable: false,
    share: 25,
  },
};

/** What a user writes whose server numbers its records: the built-in adapter, with the number as order and cursor. */
function numberedEvents(socket: boolean): Adapter {
  const events = namedEvents({ idempotent: true, socket }) as Adapter;
  return {
    ...events,
    resumeHeaders: ['last-event-id', 'idempotency-key'],
    read(state, frame, emit) {
      const seq = numberOf(frame);
      events.read(state, frame, seq === undefined ? emit : (chunk) => emit({ ...chunk, seq, cursor: String(seq) }));
    },
  };
}

function numberOf(frame: Frame): number | undefined {
  if (frame.kind !== 'message' || !frame.data?.includes('"seq"')) return undefined;
  const record = JSON.parse(frame.data) as { readonly seq?: number; readonly data?: { readonly seq?: number } };
  return record.seq ?? record.data?.seq;
}
