'use client';
// Any event stream in a component: connected while it is mounted, its newest events as values.
import { useCallback, useEffect } from 'react';
import { type Parser, parseWith } from '../base/standard-schema.ts';
import {
  createEventStream,
  type EventOf,
  type EventSchemas,
  type EventStreamOptions,
} from '../compose/create-event-stream.ts';
import { type HeadersGiven, readHeaders } from '../compose/headers.ts';
import type { ConnectionState } from '../connection/connection-state.ts';
import type { EventStream, EventStreamSnapshot } from '../store/event-store.ts';
import { useRegisteredStream } from './stream-registry.ts';
import { useKeyed } from './use-keyed.ts';
import { useLatest } from './use-latest.ts';
import { useStore } from './use-store.ts';

/**
 * Functions and schemas may be new in every render: the newest are called. What makes another stream (the url, the
 * transport, the method, the body, ...) connects anew when it changes; everything but functions is compared by content.
 */
export interface UseEventStreamOptions<
  Schemas extends EventSchemas = EventSchemas,
  Kept = EventOf<Schemas>,
> extends EventStreamOptions<Schemas, Kept> {
  /** Whether to be connected. Default `true`. */
  readonly enabled?: boolean | undefined;
}

export interface UseEventStreamResult<Kept> {
  readonly connection: ConnectionState;
  /** The newest event that was kept; `undefined` before there was one. */
  readonly latest: Kept | undefined;
  /** The newest events, oldest first, at most `keep`. */
  readonly events: readonly Kept[];
  /** Why the stream was given up; `undefined` while it is connected or trying. */
  readonly error: EventStreamSnapshot<Kept>['error'];
  /** Tries at once instead of at `connection.retryAt`; connects anew where it is connected or closed. */
  readonly reconnect: () => void;
  /** Disconnects until `reconnect()`. */
  readonly close: () => void;
  /** The stream itself, for `useConnectionStatus(stream)`. */
  readonly stream: EventStream<Kept>;
}

/** Renders once a frame at most, and only for events that are kept and for changes of the connection. */
export function useEventStream<const Schemas extends EventSchemas, Kept = EventOf<Schemas>>(
  options: UseEventStreamOptions<Schemas, Kept>,
): UseEventStreamResult<Kept> {
  const { url, transport, platform, enabled = true } = options;
  const latest = useLatest(options);
  const names = options.events && Object.keys(options.events);
  const { method, body, credentials, framings, keep, resume, idempotent, retry, limits, throttleMs } = options;
  const byContent = { names, method, body, credentials, framings, keep, resume, idempotent, retry, limits, throttleMs };
  const hasOnEvent = options.onEvent !== undefined;
  const headers = typeof options.headers === 'function' ? 'function' : entriesOf(options.headers);

  const key = [url, transport, platform, hasOnEvent, JSON.stringify({ ...byContent, headers })];
  const stream = useKeyed(key, () => makeStream(options, latest));

  useEffect(() => (enabled ? stream.hold() : undefined), [stream, enabled]);
  useRegisteredStream(enabled ? stream.status : undefined);

  const snapshot = useStore(stream);
  const reconnect = useCallback(() => stream.reconnect(), [stream]);
  const close = useCallback(() => stream.close(), [stream]);
  return { ...snapshot, reconnect, close, stream };
}

/** The stream of these options, calling the functions and schemas of the newest ones. */
function makeStream<Schemas extends EventSchemas, Kept>(
  options: UseEventStreamOptions<Schemas, Kept>,
  latest: () => UseEventStreamOptions<Schemas, Kept>,
): EventStream<Kept> {
  const { headers, events, onEvent, select, onDiagnostic, observe } = options;
  return createEventStream<Schemas, Kept>({
    ...options,
    headers: typeof headers === 'function' ? (context) => readHeaders(latest().headers, context) : headers,
    events: events && latestSchemas(events, () => latest().events),
    onEvent: onEvent && ((event) => latest().onEvent?.(event)),
    select: select && ((event) => latest().select?.(event)),
    onDiagnostic: onDiagnostic && ((error) => latest().onDiagnostic?.(error)),
    observe: observe && ((fact) => latest().observe?.(fact)),
  });
}

function latestSchemas<Schemas extends EventSchemas>(schemas: Schemas, latest: () => Schemas | undefined): Schemas {
  const entries = Object.entries(schemas).map(([name, schema]): [string, Parser] => [
    name,
    (value) => parseWith(latest()?.[name] ?? schema, value),
  ]);
  return Object.fromEntries(entries) as unknown as Schemas;
}

function entriesOf(headers: HeadersGiven | undefined): unknown {
  if (headers === undefined || Array.isArray(headers)) return headers;
  return headers instanceof Headers ? [...headers.entries()] : headers;
}
