// Figures about how well a stream flows: how soon it began, how evenly it came, how often it broke.
import type { Clock } from '../base/clock.ts';
import type { Connection, ConnectionState } from './connection-state.ts';

export interface StreamQuality {
  /** From the request to the first chunk, of the newest attempt that had one. */
  readonly firstChunkMs: number | undefined;
  /** Between two arrivals of chunks; chunks that came together are one arrival. */
  readonly meanGapMs: number | undefined;
  readonly p95GapMs: number | undefined;
  readonly bytes: number;
  readonly chunks: number;
  /** Attempts that followed a failed one. */
  readonly reconnects: number;
  /** Attempts that did not fail, from 0 to 1. */
  readonly successRate: number | undefined;
  readonly level: QualityLevel;
}

export type QualityLevel = 'good' | 'degraded' | 'poor';

/** Two bounds each: up to the first is good, up to the second degraded, beyond it poor. */
export interface QualityThresholds {
  /** Default 500 and 1,000. */
  readonly firstChunkMs: readonly [degraded: number, poor: number];
  /** Of the mean gap. Default 100 and 200. */
  readonly gapMs: readonly [degraded: number, poor: number];
  /** Less than the first is degraded, less than the second poor. Default 0.99 and 0.95. */
  readonly successRate: readonly [degraded: number, poor: number];
}

export const defaultQualityThresholds: QualityThresholds = {
  firstChunkMs: [500, 1_000],
  gapMs: [100, 200],
  successRate: [0.99, 0.95],
};

export interface Meter {
  /** Follows a connection's attempts until it is closed, or the result is called. */
  follow(connection: Pick<Connection, 'state' | 'subscribe'>): () => void;
  /** `now` spares a look at the clock. */
  arrival(chunks: number, bytes: number, now?: number): void;
  read(thresholds?: QualityThresholds): StreamQuality;
}

/** Gaps that the 95th percentile is taken of. */
const keptGaps = 256;

export function createMeter(clock: Clock): Meter {
  let askedAt: number | undefined;
  let firstChunkMs: number | undefined;
  let arrivedAt: number | undefined;
  const gaps: number[] = [];
  let gapCount = 0;
  let gapSum = 0;
  let bytes = 0;
  let chunks = 0;
  let attempts = 0;
  let failures = 0;
  let reconnects = 0;

  function see(status: ConnectionState['status'], before: ConnectionState['status']) {
    if (status === 'connecting') {
      attempts += 1;
      if (before === 'waiting' || before === 'offline' || before === 'interrupted') reconnects += 1;
      askedAt = clock.now();
      arrivedAt = undefined;
    } else if (status === 'waiting' || status === 'interrupted') {
      // Only an attempt can fail: waiting that turns into giving up is not another failure.
      if (before === 'connecting' || before === 'open' || before === 'stalled') failures += 1;
    }
  }

  return {
    follow(connection) {
      let before: ConnectionState['status'] = 'idle';
      const look = () => {
        const { state } = connection;
        if (state.status === before) return;
        see(state.status, before);
        if (state.status === 'closed' && state.reason.kind === 'failed' && before !== 'waiting') failures += 1;
        before = state.status;
      };
      look();
      return connection.subscribe(look);
    },
    arrival(count, size, now = clock.now()) {
      bytes += size;
      if (count === 0) return;
      chunks += count;
      if (askedAt !== undefined) firstChunkMs = now - askedAt;
      askedAt = undefined;
      if (arrivedAt !== undefined) {
        const gap = now - arrivedAt;
        gapSum += gap;
        gaps[gapCount % keptGaps] = gap;
        gapCount += 1;
      }
      arrivedAt = now;
    },
    read(thresholds = defaultQualityThresholds) {
      const figures = {
        firstChunkMs,
        meanGapMs: gapCount > 0 ? gapSum / gapCount : undefined,
        p95GapMs: percentile(gaps, 0.95),
        bytes,
        chunks,
        reconnects,
        successRate: attempts > 0 ? Math.max(0, attempts - failures) / attempts : undefined,
      };
      return { ...figures, level: qualityLevel(figures, thresholds) };
    },
  };
}

/** What is not known yet is good. */
export function qualityLevel(
  figures: Pick<StreamQuality, 'firstChunkMs' | 'meanGapMs' | 'successRate'>,
  thresholds: QualityThresholds = defaultQualityThresholds,
): QualityLevel {
  const { firstChunkMs = 0, meanGapMs = 0, successRate = 1 } = figures;
  const exceeds = (bound: 0 | 1) =>
    firstChunkMs > thresholds.firstChunkMs[bound] ||
    meanGapMs > thresholds.gapMs[bound] ||
    successRate < thresholds.successRate[bound];
  if (exceeds(1)) return 'poor';
  return exceeds(0) ? 'degraded' : 'good';
}

function percentile(values: readonly number[], share: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
