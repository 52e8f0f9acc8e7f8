// Facts about how requests went, for telemetry: times and counts, never content. They follow from what a connection
// says of itself and from what arrives; nothing is asked for on their behalf.
import type { Cancel, Clock } from '../base/clock.ts';
import type { StreamErrorCode } from '../base/errors.ts';
import type { Connection, ConnectionState } from '../connection/connection-state.ts';
import { callSafely } from '../base/call-safely.ts';

/** What a fact is about. */
export interface FactSubject {
  readonly stream: 'chat' | 'events';
  /** The chat's id. */
  readonly chat?: string;
  /** The turn's idempotency key, the same for all its attempts. */
  readonly turn?: string;
  readonly trigger?: 'send' | 'regenerate' | 'retry' | 'continue';
}

interface FactBase extends FactSubject {
  /** Wall-clock milliseconds. */
  readonly at: number;
  /** Requests so far, this one included, from 1. */
  readonly request: number;
}

/**
 * In order, for each attempt: `request`, then of `headers`, `first-byte` and `first-chunk` those that came, then
 * `attempt`. After the last attempt comes `finish`; a stream that is set going again by hand goes on after it.
 *
 * | type        | when                                              | `ms` counts from |
 * | ----------- | ------------------------------------------------- | ---------------- |
 * | request     | a request is about to be made                     | -                |
 * | headers     | the head of an accepted reply arrived             | the request      |
 * | first-byte  | the first bytes of its body arrived               | the request      |
 * | first-chunk | the first of them that mean something were read   | the request      |
 * | attempt     | the attempt is over, whatever came of it          | the request      |
 * | finish      | the stream ended, or was given up                 | the first request |
 */
export type Fact =
  | (FactBase & { readonly type: 'request' })
  | (FactBase & { readonly type: 'headers' | 'first-byte' | 'first-chunk'; readonly ms: number })
  | (FactBase &
      FactFigures & {
        readonly type: 'attempt';
        /** `lost`: another one follows, or the stream is given up. */
        readonly outcome: 'ended' | 'lost';
      })
  | (FactBase &
      FactFigures & {
        readonly type: 'finish';
        readonly outcome: 'complete' | 'unconfirmed' | 'stopped' | 'failed' | 'interrupted';
      });

export interface FactFigures {
  readonly ms: number;
  readonly bytes: number;
  /** Chunks of a chat, events of an event stream. */
  readonly chunks: number;
  /** Why, where it went wrong. */
  readonly code?: StreamErrorCode;
  /** The HTTP status of the error, where there was one. */
  readonly httpStatus?: number;
}

export type Observe = (fact: Fact) => void;

export interface Observation {
  arrival(chunks: number, bytes: number): void;
  readonly leave: Cancel;
}

type Fresh<F> = F extends Fact ? Omit<F, keyof FactBase> : never;
type Count = { at: number; bytes: number; chunks: number };

/** `observe` is read for each fact, so that the caller's latest function is called. */
export function observeConnection(
  connection: Pick<Connection, 'state' | 'subscribe'>,
  subject: FactSubject,
  clock: Clock,
  observe: () => Observe | undefined,
): Observation {
  let before: ConnectionState = { status: 'idle' };
  let request = 0;
  let whole: Count | undefined;
  let attempt: Count | undefined;

  const tell = (fact: Fresh<Fact>) => callSafely(observe(), { ...subject, at: clock.now(), request, ...fact } as Fact);
  const count = (): Count => ({ at: clock.now(), bytes: 0, chunks: 0 });
  const figures = ({ at, bytes, chunks }: Count, state: ConnectionState) => {
    const error = errorOf(state);
    return {
      ms: clock.now() - at,
      bytes,
      chunks,
      ...(error && { code: error.code }),
      ...(error?.status !== undefined && { httpStatus: error.status }),
    };
  };

  function look() {
    const { state } = connection;
    if (state === before) return;
    const was = before.status;
    before = state;
    // A stall and its end are the same attempt.
    if ((state.status === 'open' && was !== 'connecting') || state.status === 'stalled') return;
    if (state.status === 'open') {
      if (attempt) tell({ type: 'headers', ms: clock.now() - attempt.at });
      return;
    }
    const over = attempt;
    attempt = undefined;
    const ended = outcomeOf(state);
    const isLost = ended === undefined || ended === 'failed' || ended === 'interrupted';
    if (over) tell({ type: 'attempt', outcome: isLost ? 'lost' : 'ended', ...figures(over, state) });
    if (ended !== undefined && was !== 'closed') {
      tell({ type: 'finish', outcome: ended, ...figures(whole ?? count(), state) });
    }
    if (state.status !== 'connecting') return;
    request += 1;
    attempt = count();
    whole ??= count();
    tell({ type: 'request' });
  }

  look();
  return {
    leave: connection.subscribe(look),
    arrival(chunks, bytes) {
      if (!attempt || !whole) return;
      const isFirstByte = attempt.bytes === 0 && bytes > 0;
      const isFirstChunk = attempt.chunks === 0 && chunks > 0;
      for (const each of [attempt, whole]) {
        each.bytes += bytes;
        each.chunks += chunks;
      }
      if (!isFirstByte && !isFirstChunk) return;
      const ms = clock.now() - attempt.at;
      if (isFirstByte) tell({ type: 'first-byte', ms });
      if (isFirstChunk) tell({ type: 'first-chunk', ms });
    },
  };
}

function outcomeOf(state: ConnectionState): Extract<Fact, { type: 'finish' }>['outcome'] | undefined {
  if (state.status === 'interrupted') return 'interrupted';
  return state.status === 'closed' ? state.reason.kind : undefined;
}

function errorOf(state: ConnectionState) {
  if ('cause' in state) return state.cause;
  return state.status === 'closed' && state.reason.kind === 'failed' ? state.reason.error : undefined;
}
