'use client';
// How the connection is doing, for a banner: of one stream, or the worst of all that live.
import { useCallback, useMemo } from 'react';
import type { StreamError } from '../base/errors.ts';
import { type Platform, platform } from '../compose/platform.ts';
import type { ConnectionStatus } from '../connection/connection-state.ts';
import type { Environment } from '../connection/environment.ts';
import {
  defaultQualityThresholds,
  qualityLevel,
  type QualityThresholds,
  type StreamQuality,
} from '../connection/quality.ts';
import { idleStatus, type StatusSource } from '../connection/registry.ts';
import { useStreamRegistry } from './stream-registry.ts';
import { type ReadableStore, useStore } from './use-store.ts';

/** One stream: what `createEventStream` or `createChat` made, or the `status` of one. */
export type ConnectionStatusSource = StatusSource | { readonly status: StatusSource };

export interface UseConnectionStatusOptions {
  readonly thresholds?: Partial<QualityThresholds> | undefined;
  /** Default: the page's. */
  readonly platform?: Pick<Platform, 'environment'> | undefined;
}

export interface UseConnectionStatusResult {
  /** `idle` where no stream lives. */
  readonly status: ConnectionStatus;
  /** The attempt under way or due, counted from 1 since the last progress. */
  readonly attempt: number | undefined;
  /** When the next attempt is due, in wall-clock milliseconds; see `useCountdown`. */
  readonly retryAt: number | undefined;
  /** What went wrong, where something did. */
  readonly cause: StreamError | undefined;
  /** What the browser says; `true` on a server. */
  readonly online: boolean;
  /** Tries every stream that waits at once. */
  readonly retryNow: () => void;
  readonly quality: StreamQuality;
}

/** Renders when the state changes, and at most once a second for new figures. */
export function useConnectionStatus(
  source?: ConnectionStatusSource,
  options: UseConnectionStatusOptions = {},
): UseConnectionStatusResult {
  const registry = useStreamRegistry();
  const from = source === undefined ? registry : 'status' in source ? source.status : source;
  const store = useMemo(() => readable(from), [from]);
  const { state, quality } = useStore(store);

  const { environment } = options.platform ?? platform();
  const network = useMemo(() => networkOf(environment), [environment]);
  const online = useStore(network);

  const retryNow = useCallback(() => from.retryNow(), [from]);
  const thresholds = { ...defaultQualityThresholds, ...options.thresholds };
  return {
    status: state.status,
    attempt: 'attempt' in state ? state.attempt : undefined,
    retryAt: state.status === 'waiting' ? state.retryAt : undefined,
    cause: causeOf(state),
    online,
    retryNow,
    quality: options.thresholds ? { ...quality, level: qualityLevel(quality, thresholds) } : quality,
  };
}

function causeOf(state: ReturnType<StatusSource['getSnapshot']>['state']): StreamError | undefined {
  if ('cause' in state) return state.cause;
  return state.status === 'closed' && state.reason.kind === 'failed' ? state.reason.error : undefined;
}

function readable(source: StatusSource): ReadableStore<ReturnType<StatusSource['getSnapshot']>> {
  return {
    getSnapshot: () => source.getSnapshot(),
    getServerSnapshot: () => idleStatus,
    subscribe: (listener) => source.subscribe(listener),
  };
}

function networkOf(environment: Environment): ReadableStore<boolean> {
  return {
    getSnapshot: () => environment.online,
    getServerSnapshot: () => true,
    subscribe: (listener) => environment.subscribe(listener),
  };
}
