import { describe, expect, it } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import { createListeners } from '../../src/base/listeners.ts';
import type { ConnectionState } from '../../src/connection/connection-state.ts';
import { createStreamRegistry, idleStatus, type StatusSource, worstOf } from '../../src/connection/registry.ts';

const cause = new TransportError('connect-failed', 'x');
const open: ConnectionState = { status: 'open', attempt: 1 };
const waiting: ConnectionState = { status: 'waiting', attempt: 2, retryAt: 5, cause };
const closed: ConnectionState = { status: 'closed', reason: { kind: 'failed', error: cause } };

function source(state: ConnectionState) {
  const listeners = createListeners();
  let snapshot = { ...idleStatus, state };
  let retries = 0;
  const made: StatusSource = {
    getSnapshot: () => snapshot,
    subscribe: listeners.add,
    retryNow: () => void (retries += 1),
  };
  const become = (next: ConnectionState) => {
    snapshot = { ...snapshot, state: next };
    listeners.notify();
  };
  return { source: made, become, listeners, retries: () => retries };
}

describe('createStreamRegistry', () => {
  it('shows the worst of the live streams, and tells when it changes', () => {
    const registry = createStreamRegistry();
    const [one, other] = [source(open), source(open)];
    let told = 0;
    registry.subscribe(() => void (told += 1));
    registry.add(one.source);
    registry.add(other.source);
    other.become(waiting);
    expect(registry.getSnapshot().state).toBe(waiting);
    expect(told).toBe(3);
    other.become(closed);
    expect(registry.getSnapshot().state).toBe(open);
  });

  it('gives the same snapshot until something changes', () => {
    const registry = createStreamRegistry();
    const one = source(open);
    registry.add(one.source);
    expect(registry.getSnapshot()).toBe(registry.getSnapshot());
  });

  it('forgets a stream that left, and listens to it no more', () => {
    const registry = createStreamRegistry();
    const one = source(waiting);
    const leave = registry.add(one.source);
    leave();
    leave();
    expect(registry.getSnapshot()).toBe(idleStatus);
    expect(one.listeners.size).toBe(0);
  });

  it('counts a stream that was added twice until it left twice', () => {
    const registry = createStreamRegistry();
    const one = source(open);
    const leave = registry.add(one.source);
    registry.add(one.source);
    leave();
    expect(registry.getSnapshot().state).toBe(open);
  });

  it('tries all of them at once', () => {
    const registry = createStreamRegistry();
    const all = [source(open), source(waiting)];
    for (const { source: each } of all) registry.add(each);
    registry.retryNow();
    expect(all.map(({ retries }) => retries())).toEqual([1, 1]);
  });
});

describe('worstOf', () => {
  it('is idle where nothing lives', () => {
    expect(worstOf([])).toBe(idleStatus);
    expect(worstOf([{ ...idleStatus, state: closed }])).toBe(idleStatus);
  });

  it('adds up what can be added up, over the live ones', () => {
    const figures = (bytes: number, level: 'good' | 'poor') => ({ ...idleStatus.quality, bytes, chunks: 1, level });
    const all = [
      { state: open, quality: figures(5, 'good') },
      { state: waiting, quality: figures(7, 'poor') },
      { state: closed, quality: figures(100, 'poor') },
    ];
    expect(worstOf(all)).toMatchObject({ state: waiting, quality: { bytes: 12, chunks: 2, level: 'poor' } });
  });
});
