// Any event stream, not only chat: reads typed events off a connection that is kept up, and publishes the newest of them.
// How a frame becomes an event and how a connection is made are handed in.
import type { Clock } from '../base/clock.ts';
import { isStreamError, ProtocolError, type StreamError } from '../base/errors.ts';
import type { Connection, ConnectionItem, ConnectionState, Resumption } from '../connection/connection-state.ts';
import type { StatusSource } from '../connection/registry.ts';
import { callSafely } from '../base/call-safely.ts';
import { createDiagnostics, type OnDiagnostic } from './diagnostics.ts';
import type { Observe } from './facts.ts';
import { createStore } from './store.ts';
import { createStreamStatus } from './stream-status.ts';

export type StreamFrame = Extract<ConnectionItem, { kind: 'batch' }>['frames'][number];

export interface EventStreamSnapshot<Kept> {
  readonly connection: ConnectionState;
  /** The newest event that was kept. */
  readonly latest: Kept | undefined;
  /** The newest events, oldest first, at most `keep`. */
  readonly events: readonly Kept[];
  /** Why the stream is interrupted or has failed. */
  readonly error: StreamError | undefined;
}

export interface EventStream<Kept> {
  getSnapshot(): EventStreamSnapshot<Kept>;
  getServerSnapshot(): EventStreamSnapshot<Kept>;
  subscribe(listener: () => void): () => void;
  /** For `useConnectionStatus`. */
  readonly status: StatusSource;
  /** Connects, unless it is connected; events go on after the last one that was received. */
  open(): void;
  /** Disconnects. What was received stays. */
  close(): void;
  /** Tries at once instead of waiting; ends a connection that stands and makes another. */
  reconnect(): void;
  /**
   * Opens for as long as someone holds it: the last release closes, in a microtask, so that a release and a new hold in
   * one go, as in a double effect of React's StrictMode, make one request.
   */
  hold(): () => void;
}

export interface EventStoreOptions<Event, Kept> {
  /** A new connection, going on after `cursor` where there is one. `canResume` says whether a loss now could be gone on from. */
  readonly connect: (cursor: string | undefined, canResume: () => boolean) => Connection;
  /** How a lost connection goes on; `undefined`: it does not. */
  readonly resume: (cursor: string | undefined) => Resumption | undefined;
  /** The event a frame holds; `undefined`: none. Throws a `ProtocolError` for one that does not fit. */
  readonly read: (frame: StreamFrame) => Event | undefined | Promise<Event | undefined>;
  /** Called with every event, once, in order. */
  readonly onEvent?: ((event: Event) => void) | undefined;
  /** What of an event is kept; `undefined`: nothing, and nothing renders. */
  readonly select: (event: Event) => Kept | undefined;
  readonly keep: number;
  readonly clock: Clock;
  readonly throttleMs?: number | undefined;
  readonly onDiagnostic?: OnDiagnostic | undefined;
  /** Told how requests went, for telemetry. */
  readonly observe?: Observe | undefined;
}

const none: readonly never[] = [];

export function createEventStore<Event, Kept>(options: EventStoreOptions<Event, Kept>): EventStream<Kept> {
  const { clock, keep } = options;
  const diagnostics = createDiagnostics(options.onDiagnostic);
  const status = createStreamStatus(clock, () => options.observe);
  const store = createStore<EventStreamSnapshot<Kept>>(
    { connection: { status: 'idle' }, latest: undefined, events: none, error: undefined },
    { clock, throttleMs: options.throttleMs },
  );
  let connection: Connection | undefined;
  let cursor: string | undefined;
  let holders = 0;

  function open() {
    const standing = connection?.state.status;
    if (standing === 'interrupted') return connection?.retryNow();
    if (standing !== undefined && standing !== 'closed') return;
    const present = options.connect(cursor, () => options.resume(cursor) !== undefined);
    connection = present;
    status.follow(present, { stream: 'events' });
    let isReading = false;
    const look = () => {
      if (connection !== present) return;
      const { state } = present;
      store.set({ ...store.current, connection: state, error: errorOf(state) }, 'now');
      // Set going again by hand.
      if (state.status === 'connecting' && !isReading) void start();
    };
    const start = async () => {
      isReading = true;
      await follow(present);
      isReading = false;
      // Given up and set going again before the reader noticed.
      if (present.state.status === 'connecting') void start();
    };
    present.subscribe(look);
    void start();
  }

  async function follow(present: Connection): Promise<void> {
    for await (const item of present.items) {
      if (item.kind === 'batch') await apply(item, present);
      else if (item.kind !== 'open') present.resumeWith(options.resume(cursor));
    }
  }

  async function apply({ frames, bytes }: Extract<ConnectionItem, { kind: 'batch' }>, present: Connection) {
    const kept: Kept[] = [];
    let count = 0;
    for (const frame of frames) {
      const read = readEvent(frame);
      const event = read instanceof Promise ? await read : read;
      // Closed, or opened anew, while an event was being parsed.
      if (connection !== present || present.state.status === 'closed') break;
      if (frame.kind === 'message' && frame.id !== undefined) cursor = frame.id;
      if (event === undefined) continue;
      count += 1;
      callSafely(options.onEvent, event);
      const value = keep > 0 ? callSafely(options.select, event) : undefined;
      if (value !== undefined) kept.push(value);
    }
    status.arrival(count, bytes);
    if (count > 0) present.commit(cursor);
    if (kept.length === 0) return;
    const events = [...store.current.events, ...kept].slice(-keep);
    store.set({ ...store.current, latest: kept[kept.length - 1], events }, 'frame');
  }

  function readEvent(frame: StreamFrame): Event | undefined | Promise<Event | undefined> {
    try {
      const read = options.read(frame);
      return read instanceof Promise ? read.catch(skip) : read;
    } catch (thrown) {
      return skip(thrown);
    }
  }

  function skip(thrown: unknown): undefined {
    diagnostics.report(isStreamError(thrown) ? thrown : unreadableError(thrown));
  }

  function close() {
    connection?.stop();
  }

  return {
    getSnapshot: store.getSnapshot,
    getServerSnapshot: store.getServerSnapshot,
    subscribe: store.subscribe,
    status,
    open,
    close,
    reconnect() {
      const waits = connection?.state.status;
      if (waits === 'waiting' || waits === 'offline' || waits === 'interrupted') connection?.retryNow();
      else {
        close();
        open();
      }
    },
    hold() {
      holders += 1;
      if (holders === 1) open();
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holders -= 1;
        queueMicrotask(() => {
          if (holders === 0) close();
        });
      };
    },
  };
}

function errorOf(state: ConnectionState): StreamError | undefined {
  if (state.status === 'interrupted') return state.cause;
  return state.status === 'closed' && state.reason.kind === 'failed' ? state.reason.error : undefined;
}

function unreadableError(cause: unknown): ProtocolError {
  return new ProtocolError('invalid-chunk', 'An event could not be read, so it was skipped.', { cause });
}
