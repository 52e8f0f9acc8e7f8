// The streams that live on a page, and the worst of them: what one banner for the whole application shows.
import { createListeners } from '../base/listeners.ts';
import type { ConnectionState } from './connection-state.ts';
import type { StreamQuality } from './quality.ts';

/** How one stream, or all of them, are doing. Immutable: the same object means that nothing changed. */
export interface StreamStatus {
  readonly state: ConnectionState;
  readonly quality: StreamQuality;
}

/** One stream's status to read and to join. A chat is one stream, whatever turn it is in. */
export interface StatusSource {
  getSnapshot(): StreamStatus;
  subscribe(listener: () => void): () => void;
  /** As `Connection.retryNow`. */
  retryNow(): void;
}

export interface StreamRegistry extends StatusSource {
  /** Counts the stream until the result is called. */
  add(source: StatusSource): () => void;
}

/** The worse, the higher. A stream that is over, or was never begun, is not live and cannot be the worst. */
const severity: Readonly<Record<ConnectionState['status'], number>> = {
  closed: 0,
  idle: 0,
  open: 1,
  connecting: 2,
  stalled: 3,
  waiting: 4,
  interrupted: 5,
  offline: 6,
};

const levels = ['good', 'degraded', 'poor'] as const;

export const idleStatus: StreamStatus = {
  state: { status: 'idle' },
  quality: {
    firstChunkMs: undefined,
    meanGapMs: undefined,
    p95GapMs: undefined,
    bytes: 0,
    chunks: 0,
    reconnects: 0,
    successRate: undefined,
    level: 'good',
  },
};

export function createStreamRegistry(): StreamRegistry {
  const listeners = createListeners();
  const sources = new Map<{ readonly source: StatusSource }, () => void>();
  let snapshot: StreamStatus | undefined;

  const change = () => {
    snapshot = undefined;
    listeners.notify();
  };

  return {
    add(source) {
      const entry = { source };
      sources.set(entry, source.subscribe(change));
      change();
      return () => {
        const unsubscribe = sources.get(entry);
        if (!unsubscribe) return;
        sources.delete(entry);
        unsubscribe();
        change();
      };
    },
    getSnapshot: () => (snapshot ??= worstOf([...sources.keys()].map(({ source }) => source.getSnapshot()))),
    subscribe: listeners.add,
    retryNow() {
      for (const { source } of sources.keys()) source.retryNow();
    },
  };
}

/** The state of the worst stream, the figures of the worst flowing one, and what can be added up added up. */
export function worstOf(all: readonly StreamStatus[]): StreamStatus {
  const live = all.filter(({ state }) => severity[state.status] > 0);
  const [first, ...others] = live;
  if (!first) return idleStatus;
  const { state } = others.reduce(
    (worst, one) => (severity[one.state.status] > severity[worst.state.status] ? one : worst),
    first,
  );
  const { quality } = others.reduce(
    (worst, one) => (levels.indexOf(one.quality.level) > levels.indexOf(worst.quality.level) ? one : worst),
    first,
  );
  const sum = (key: 'bytes' | 'chunks' | 'reconnects') => live.reduce((total, one) => total + one.quality[key], 0);
  return { state, quality: { ...quality, bytes: sum('bytes'), chunks: sum('chunks'), reconnects: sum('reconnects') } };
}
