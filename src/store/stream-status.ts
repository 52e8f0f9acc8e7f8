// The status of one stream over all its connections: state changes at once, figures at most once a second. Telemetry is
// told from here too, because it is about the same connections.
import type { Clock } from '../base/clock.ts';
import type { Connection } from '../connection/connection-state.ts';
import { createMeter } from '../connection/quality.ts';
import { idleStatus, type StatusSource, type StreamStatus } from '../connection/registry.ts';
import { type FactSubject, type Observation, type Observe, observeConnection } from './facts.ts';
import { createStore } from './store.ts';

export interface StreamStatusStore extends StatusSource {
  getServerSnapshot(): StreamStatus;
  /** From now on this connection is the stream. */
  follow(connection: Connection, subject: FactSubject): void;
  /** Bytes came, and perhaps chunks. */
  arrival(chunks: number, bytes: number): void;
}

const figuresEveryMs = 1_000;

export function createStreamStatus(clock: Clock, observe: () => Observe | undefined): StreamStatusStore {
  const store = createStore<StreamStatus>(idleStatus, { clock, throttleMs: figuresEveryMs });
  const meter = createMeter(clock);
  let present: Connection | undefined;
  let leave: (() => void) | undefined;
  let observation: Observation | undefined;
  let readAt = -Infinity;

  return {
    getSnapshot: store.getSnapshot,
    getServerSnapshot: store.getServerSnapshot,
    subscribe: store.subscribe,
    retryNow: () => present?.retryNow(),
    follow(connection, subject) {
      leave?.();
      present = connection;
      const observed = observeConnection(connection, subject, clock, observe);
      observation = observed;
      const leaveMeter = meter.follow(connection);
      const publish = () => store.set({ state: connection.state, quality: meter.read() }, 'now');
      const leaveState = connection.subscribe(publish);
      leave = () => {
        leaveMeter();
        observed.leave();
        leaveState();
      };
      publish();
    },
    arrival(chunks, bytes) {
      const now = clock.now();
      meter.arrival(chunks, bytes, now);
      observation?.arrival(chunks, bytes);
      // Reading the figures costs more than counting: once for each time that they are shown.
      if (!present || chunks === 0 || Math.abs(now - readAt) < figuresEveryMs) return;
      readAt = now;
      store.set({ state: present.state, quality: meter.read() }, 'frame');
    },
  };
}
