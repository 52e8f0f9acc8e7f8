// A value that changes often and is published at most once a frame. Readers see published snapshots only, so a
// snapshot never changes between two notifications.
import type { Clock } from '../base/clock.ts';
import { createListeners } from '../base/listeners.ts';
import { createScheduler } from './scheduler.ts';

export interface Store<Snapshot> {
  /** The newest value, published or not: what the next change starts from. */
  readonly current: Snapshot;
  /** `frame`: publish before the next paint. `now`: a terminal state or a gesture never waits. */
  set(next: Snapshot, when: 'frame' | 'now'): void;
  /**
   * Publishes before the next paint what `change` makes of the value then. It runs once, when somebody asks for the
   * value, so that what arrives in small pieces is folded in together. Replaces a change that has not run yet.
   */
  defer(change: (current: Snapshot) => Snapshot): void;
  getSnapshot(): Snapshot;
  /** The value the store was made with, for server markup and hydration. */
  getServerSnapshot(): Snapshot;
  subscribe(listener: () => void): () => void;
}

export interface StoreOptions {
  readonly clock: Clock;
  /** Least time between two publications. Default 0: every frame. */
  readonly throttleMs?: number;
}

export function createStore<Snapshot>(initial: Snapshot, { clock, throttleMs }: StoreOptions): Store<Snapshot> {
  let current = initial;
  let published = initial;
  let deferred: ((current: Snapshot) => Snapshot) | undefined;
  const settle = (): Snapshot => {
    const change = deferred;
    deferred = undefined;
    if (change) current = change(current);
    return current;
  };
  const listeners = createListeners();
  const scheduler = createScheduler({
    clock,
    throttleMs,
    notify() {
      if (Object.is(published, settle())) return;
      published = current;
      listeners.notify();
    },
  });
  return {
    get current() {
      return settle();
    },
    set(next, when) {
      deferred = undefined;
      current = next;
      if (when === 'now') scheduler.now();
      else scheduler.schedule();
    },
    defer(change) {
      deferred = change;
      scheduler.schedule();
    },
    getSnapshot: () => published,
    getServerSnapshot: () => initial,
    subscribe: (listener) => listeners.add(listener),
  };
}
