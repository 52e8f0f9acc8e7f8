// One showing of a story: its clock, its surroundings, and everything that its streams did. In the lab's hands it goes on
// event by event, and only when told to; else it writes down what happens.
import type { ChatOptions, Clock, ConnectionStatus, StatusSource, StreamRegistry } from '../../../src/core.ts';
import { createStreamRegistry } from '../../../src/core.ts';
import { actTexts, isAct, type LabAct, type LabReader, perform } from './acts.ts';
import type { LabFault } from './faults.ts';
import type { Announcement, LabEvent, LabEventKind } from './timeline.ts';
import { createTimeline } from './timeline.ts';
import { createLabEnvironment, type LabEnvironment } from './lab-environment.ts';
import type { TransportHost } from './lab-transport.ts';
import { nextTurn, settle } from './settle.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

export interface LabSession extends TransportHost {
  /** Whether time and the network wait for the lab. */
  readonly held: boolean;
  readonly clock: Clock;
  /** The same for a server in the page: waiting by it is known to be no work. */
  readonly serverClock: Clock;
  readonly environment: LabEnvironment;
  readonly random: () => number;
  /** Ids that are the same in every showing. */
  readonly generateId: () => string;
  readonly registry: StreamRegistry;
  readonly events: readonly LabEvent[];
  /** The state of the stream that changed last. */
  readonly status: ConnectionStatus;
  /** Stream time since the story began. */
  readonly ms: number;
  /** Whose buttons the reader's acts press. */
  addReader(reader: LabReader): () => void;
  hear(said: Announcement): void;
  /** How to find out what will happen, told by the story. */
  plan(survey: () => Promise<readonly LabEvent[]>): void;
  /** All that happens in the story's first turn; empty where the story did not say. */
  survey(): Promise<readonly LabEvent[]>;
  subscribe(listener: () => void): () => void;
  /** Goes on until so many events have happened, or nothing more will. */
  goTo(target: number | 'end'): Promise<void>;
  /** Goes on for as long as `untilMs` of the stream's time is not reached. `false`: nothing more will happen. */
  playUntil(untilMs: number): Promise<boolean>;
  dispose(): void;
}

/** Nothing is waited for longer than this of a stream's time: tickers go on for ever, and mean nothing by it. */
const longestSilenceMs = 15 * 60_000;

/** How many turns of the machine real work may take before it counts as waiting for something else. */
const mostTurns = 2_000;

/** Feeds have no end. */
const mostEvents = 3_000;

/** How long a reader takes to press a button where nobody counts the events. */
const liveActMs = 100;

export interface LabSessionOptions {
  /** Whether the lab holds the story. */
  readonly held: boolean;
  /** The page's: what time is where the lab does not hold the story. */
  readonly clock: Clock;
  readonly seed: number;
  /** Those that are the reader's acts are done by the session. */
  readonly faults: readonly LabFault[];
}

const settled: ReadonlySet<ConnectionStatus> = new Set(['idle', 'closed', 'interrupted']);

export function createLabSession({ held, clock: systemClock, seed, faults }: LabSessionOptions): LabSession {
  const virtual: VirtualClock | undefined = held ? createVirtualClock() : undefined;
  const clock: Clock = virtual ?? systemClock;
  const timeline = createTimeline(() => clock.now());
  const environment = createLabEnvironment(held ? undefined : globalThis.window);
  const listeners = new Set<() => void>();
  const readers = new Set<LabReader>();
  const acts = new Set(faults.filter(isAct));
  const waiting: { readonly kind: LabEventKind; readonly text: string; let(): void }[] = [];
  const begun = clock.now();
  let working = 0;
  // Of the work, what waits for the stream's time and not for the machine.
  let serverWaits = 0;
  let open = 0;
  let ids = 0;
  let status: ConnectionStatus = 'idle';
  let untold: ConnectionStatus | undefined;
  let going: Promise<unknown> = Promise.resolve();
  let gone = false;
  let planned: () => Promise<readonly LabEvent[]> = async () => [];

  const notify = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const write = (kind: LabEventKind, text: string): LabEvent => {
    const event = timeline.add(kind, text);
    if (untold !== undefined) timeline.note({ status: untold });
    untold = undefined;
    notify();
    const due = held ? undefined : actDue();
    if (due) clock.after(liveActMs, () => act(due));
    return event;
  };

  function actDue(): LabAct | undefined {
    return [...acts].find(({ at }) => at === timeline.events.length);
  }
  function act(due: LabAct): void {
    acts.delete(due);
    write(due.kind, actTexts[due.kind]);
    perform(due, readers);
  }

  /** The page's registry, with an eye on every stream that enters. */
  const streams = createStreamRegistry();
  const registry: StreamRegistry = {
    ...streams,
    add(source) {
      const leave = streams.add(source);
      const unsubscribe = source.subscribe(() => see(source));
      open += 1;
      see(source);
      return () => {
        open -= 1;
        unsubscribe();
        leave();
      };
    },
  };
  let eventsAtStep = 0;
  function see(source: StatusSource): void {
    const next = source.getSnapshot().state.status;
    if (next === status) return;
    status = next;
    // Told by the request that follows at once.
    if (next === 'connecting' || timeline.events.length === 0) {
      untold = next;
      return;
    }
    // A change that nothing on the wire brought about is an event of its own: a silence that lasted, a wait that ended.
    if (held && timeline.events.length === eventsAtStep) write('state', next);
    timeline.note({ status: next });
    notify();
  }

  /** One thing that happens, with all that follows from it. Begins and ends at rest. */
  async function step(limit: number): Promise<'event' | 'time' | 'nothing' | 'later'> {
    eventsAtStep = timeline.events.length;
    const due = actDue();
    const next = due ? undefined : waiting.shift();
    if (due) {
      act(due);
    } else if (next) {
      next.let();
    } else {
      if (virtual?.due === undefined) return 'nothing';
      if (virtual.due - begun > limit) return 'later';
      virtual.step();
    }
    await rest();
    return timeline.events.length > eventsAtStep ? 'event' : 'time';
  }

  /** Until nothing more happens without time or the next event; paints as a browser would meanwhile. */
  async function rest(): Promise<void> {
    do {
      await settle();
      for (let turn = 0; working > serverWaits && waiting.length === 0 && turn < mostTurns; turn += 1) await nextTurn();
    } while (virtual?.paint());
  }

  function over(): boolean {
    const isQuiet = waiting.length === 0 && working === 0 && (open === 0 || settled.has(status));
    return isQuiet && environment.online && actDue() === undefined;
  }

  /** One after the other: two at once would let one event happen twice. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = going.then(work);
    going = result.catch(() => undefined);
    return result;
  }

  return {
    held,
    clock,
    serverClock: {
      ...clock,
      after(ms, run) {
        let waits = true;
        const end = (): void => {
          if (waits) serverWaits -= 1;
          waits = false;
        };
        serverWaits += 1;
        const cancel = clock.after(ms, () => {
          end();
          run();
        });
        return () => {
          end();
          cancel();
        };
      },
    },
    environment,
    random: virtual ? seeded(seed) : Math.random,
    generateId: () => `lab-${(ids += 1)}`,
    registry,
    events: timeline.events,
    get status() {
      return status;
    },
    get ms() {
      return clock.now() - begun;
    },
    addReader(reader) {
      readers.add(reader);
      return () => void readers.delete(reader);
    },
    hear(said) {
      timeline.note({ said: [said] });
      notify();
    },
    plan(survey) {
      planned = survey;
    },
    survey: () => planned(),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    goTo: (target) =>
      inTurn(async () => {
        const goal = target === 'end' ? mostEvents : target;
        await rest();
        while (!gone && timeline.events.length < goal && !over()) {
          const lastAt = timeline.events.at(-1)?.ms ?? 0;
          const happened = await step(lastAt + longestSilenceMs);
          if (happened === 'nothing' || happened === 'later') break;
        }
      }),
    playUntil: (untilMs) =>
      inTurn(async () => {
        await rest();
        while (!gone && !over() && timeline.events.length < mostEvents) {
          const happened = await step(untilMs);
          if (happened === 'later') return true;
          if (happened === 'nothing') return false;
        }
        return false;
      }),
    dispose() {
      gone = true;
      listeners.clear();
    },

    admit(kind, text, signal) {
      if (!held) return Promise.resolve(write(kind, text).index);
      return new Promise((resolve, reject) => {
        const entry = {
          kind,
          text,
          let() {
            signal.removeEventListener('abort', leave);
            resolve(write(kind, text).index);
          },
        };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(signal.reason as Error);
        };
        if (signal.aborted) return leaveAtOnce(reject, signal);
        waiting.push(entry);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    tell(kind, text) {
      if (!held || timeline.events.length === eventsAtStep) write(kind, text);
    },
    after: (ms, run) => clock.after(ms, run),
    setOnline(online) {
      environment.set(online);
    },
    async busy(work) {
      working += 1;
      try {
        return await work;
      } finally {
        working -= 1;
      }
    },
  };
}

function leaveAtOnce(reject: (reason: unknown) => void, signal: AbortSignal): void {
  reject(signal.reason);
}

/** A plain linear congruence: waits need no better chance, only the same one. */
function seeded(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export type LabPlatform = NonNullable<ChatOptions['platform']>;
