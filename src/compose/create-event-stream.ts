// An event stream with its defaults: the fetch transport, the page's clock and surroundings, and events typed by schemas.
import { askOption } from '../base/ask-option.ts';
import { ProtocolError } from '../base/errors.ts';
import { parseUrl } from '../base/parse-url.ts';
import { type Parser, type ParserOutput, parseWith } from '../base/standard-schema.ts';
import type { ConnectionLimits } from '../connection/attempt.ts';
import type { RetryPolicy } from '../connection/backoff.ts';
import { createConnection } from '../connection/connection.ts';
import type { ConnectionRequest, RequestSource, Resumption } from '../connection/connection-state.ts';
import type { OnDiagnostic } from '../store/diagnostics.ts';
import { createEventStore, type EventStream, type StreamFrame } from '../store/event-store.ts';
import type { Observe } from '../store/facts.ts';
import { fetchTransport } from '../transport/fetch.ts';
import type { Transport } from '../transport/transport.ts';
import type { Framing } from '../wire/frame.ts';
import { type HeadersOption, readHeaders } from './headers.ts';
import { type Platform, platform } from './platform.ts';

/** One event. `type` is the SSE event name; `message` where the record has none. */
export interface StreamEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  /** The SSE id in force, as an EventSource's `lastEventId`: a record without one has that of the record before. */
  readonly id?: string;
}

/** Schemas or parse functions by event name. */
export type EventSchemas = Readonly<Record<string, Parser>>;

/** The union of the events that the schemas describe; without schemas, any event with unchecked data. */
export type EventOf<Schemas> = [Schemas] extends [EventSchemas]
  ? string extends keyof Schemas
    ? StreamEvent
    : { [Type in keyof Schemas & string]: StreamEvent<Type, ParserOutput<Schemas[Type]>> }[keyof Schemas & string]
  : StreamEvent;

export interface EventStreamOptions<Schemas extends EventSchemas = EventSchemas, Kept = EventOf<Schemas>> {
  readonly url: string;
  /** Default `fetchTransport()`. */
  readonly transport?: Transport | undefined;
  /** Default `GET`. */
  readonly method?: string | undefined;
  /** A function is called for each attempt. */
  readonly headers?: HeadersOption | undefined;
  /** What is not a string is sent as JSON. */
  readonly body?: unknown;
  readonly credentials?: ConnectionRequest['credentials'] | undefined;
  /** Default SSE, NDJSON and socket messages. */
  readonly framings?: readonly Framing[] | undefined;
  /**
   * What the stream's events are, by name. An event that is not named here, or does not fit, is skipped and reported.
   * An unnamed record whose JSON has a `type` named here is that event. Default: every event, unchecked.
   */
  readonly events?: Schemas | undefined;
  /** Called with every event, once, in order; renders nothing by itself. */
  readonly onEvent?: ((event: EventOf<Schemas>) => void) | undefined;
  /** What of an event is kept in `latest` and `events`; `undefined` keeps nothing of it. Default: the event. */
  readonly select?: ((event: EventOf<Schemas>) => Kept | undefined) | undefined;
  /** How many of the newest are kept. Default 100; 0 where `onEvent` is given, so that events render nothing. */
  readonly keep?: number | undefined;
  /**
   * Whether a new connection is asked for what came after the last `id:`, by `Last-Event-ID`. Default: where the server
   * is of the page's origin or there is no page, because other servers' CORS rules would refuse the header.
   */
  readonly resume?: boolean | undefined;
  /** Whether the request may be repeated after a reply began. Default: where its method is GET. */
  readonly idempotent?: boolean | undefined;
  /** Default: never given up. */
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly limits?: Partial<ConnectionLimits> | undefined;
  /** Least time between two notifications. Default 0: once a frame. */
  readonly throttleMs?: number | undefined;
  readonly onDiagnostic?: OnDiagnostic | undefined;
  /** Told how requests went, for telemetry: times and counts, never content. */
  readonly observe?: Observe | undefined;
  /** Time, chance and surroundings. Default: the page's, each. */
  readonly platform?: Partial<StreamPlatform> | undefined;
}

export type StreamPlatform = Omit<Platform, 'codecs'>;

const defaultFramings: readonly Framing[] = ['sse', 'ndjson', 'socket'];
const defaultKeep = 100;

/** Makes a stream that connects when it is opened or held. */
export function createEventStream<const Schemas extends EventSchemas, Kept = EventOf<Schemas>>(
  options: EventStreamOptions<Schemas, Kept>,
): EventStream<Kept> {
  const { url, method = 'GET', onEvent, events } = options;
  const { transport = fetchTransport() } = options;
  const { clock, random, environment, originLimit } = { ...platform(), ...options.platform };
  const mayRepeat = options.idempotent ?? method.toUpperCase() === 'GET';
  const mayResume = options.resume ?? isOfThisOrigin(url);
  const body = bodyOf(options.body);

  const request =
    (cursor: string | undefined): RequestSource =>
    async (context) => ({
      url,
      method,
      framings: options.framings ?? defaultFramings,
      headers: {
        ...body?.headers,
        ...(await askOption('headers', () => readHeaders(options.headers, context))),
        ...resumeHeader(cursor),
      },
      ...(body && { body: body.text }),
      ...(options.credentials && { credentials: options.credentials }),
    });
  const resumeHeader = (cursor: string | undefined) =>
    mayResume && cursor !== undefined ? { 'last-event-id': cursor } : undefined;
  const resume = (cursor: string | undefined): Resumption | undefined =>
    mayRepeat || resumeHeader(cursor) ? { mode: 'continue', request: request(cursor) } : undefined;

  return createEventStore<EventOf<Schemas>, Kept>({
    clock,
    resume,
    connect: (cursor, canResume) =>
      createConnection({
        transport,
        request: request(cursor),
        mode: cursor === undefined ? 'first' : 'continue',
        clock,
        random,
        environment,
        originLimit,
        limits: options.limits,
        retry: { giveUp: false, ...options.retry },
        canRefresh: typeof options.headers === 'function',
        canResume,
      }),
    read: (frame) => readEvent(frame, events) as EventOf<Schemas> | undefined,
    onEvent,
    select: options.select ?? ((event) => event as unknown as Kept),
    keep: options.keep ?? (onEvent ? 0 : defaultKeep),
    throttleMs: options.throttleMs,
    onDiagnostic: options.onDiagnostic,
    observe: options.observe,
  });
}

function readEvent(
  frame: StreamFrame,
  schemas: EventSchemas | undefined,
): StreamEvent | undefined | Promise<StreamEvent | undefined> {
  if (frame.kind !== 'message') return undefined;
  const data = frame.data === null ? undefined : jsonOrText(frame.data);
  const type = typeOf(frame.event, data, schemas);
  const id = frame.id === undefined ? undefined : { id: frame.id };
  if (!schemas) return { type, data, ...id };
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (!schema) {
    throw new ProtocolError(
      'unknown-chunk',
      'An event came that `events` does not name, so it was skipped. Add a schema for it, or ignore this.',
      { field: type },
    );
  }
  const parsed = parseWith(schema, data);
  if (parsed instanceof Promise) return parsed.then((value) => ({ type, data: value, ...id }));
  return { type, data: parsed, ...id };
}

function typeOf(name: string, data: unknown, schemas: EventSchemas | undefined): string {
  if (name !== 'message' || !schemas || Object.hasOwn(schemas, name)) return name;
  if (typeof data !== 'object' || data === null || !('type' in data)) return name;
  return typeof data.type === 'string' && Object.hasOwn(schemas, data.type) ? data.type : name;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Plain text is as good a payload as JSON; a schema says which is meant.
    return text;
  }
}

function bodyOf(body: unknown): { readonly text: string; readonly headers?: { 'content-type': string } } | undefined {
  if (body === undefined) return undefined;
  if (typeof body === 'string') return { text: body };
  return { text: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

function isOfThisOrigin(url: string): boolean {
  if (typeof location === 'undefined' || typeof document === 'undefined') return true;
  return parseUrl(url, location.href)?.origin === location.origin;
}
