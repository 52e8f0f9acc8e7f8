// One attempt: opens the transport once and reads it when asked, under the watchdogs of one attempt. Whatever happens
// comes back as a value, and nothing comes back after the attempt was given up, even from a transport that ignores its
// signal. Whether there will be another attempt is `connection`'s to decide.
import { askOption } from '../base/ask-option.ts';
import type { Clock } from '../base/clock.ts';
import type { StreamError } from '../base/errors.ts';
import type {
  FrameBatch,
  Transport,
  TransportConnection,
  TransportEnd,
  TransportResponse,
} from '../transport/transport.ts';
import type { ConnectionRequest } from './connection-state.ts';
import { connectionLimitError, headersTimeoutError, idleTimeoutError, leftError } from './failures.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { OriginLimit, StreamSlot } from './origin-limit.ts';
import { toStreamError } from './policy.ts';
import { createWatchdog } from './watchdog.ts';

export interface ConnectionLimits {
  /** How long the reply's head may take, making the request included. Default 60,000. */
  readonly headersMs: number;
  /** Silence after which a stream is shown as stalled. Default 45,000. */
  readonly silenceMs: number;
  /** Silence after which a stream is given up that cannot resume and has shown no heartbeat. Default 600,000. */
  readonly longSilenceMs: number;
  /** How long the whole may take, waiting included. Default: no limit. */
  readonly deadlineMs?: number | undefined;
}

export const defaultConnectionLimits: ConnectionLimits = {
  headersMs: 60_000,
  silenceMs: 45_000,
  longSilenceMs: 600_000,
};

/**
 * A machine that just woke, or a process that was kept busy, finds a long silence on the clock and has not yet read what
 * waits in its network buffers. What cannot be asked for again gets this long to show that it lives.
 */
const wakeGraceMs = 5_000;

/** A watchdog that is later than this was not looking. */
const lateMs = 1_000;

export type OpenResult =
  | { readonly kind: 'open'; readonly response: TransportResponse }
  | { readonly kind: 'failed'; readonly cause: StreamError };

export type ReadResult =
  | { readonly kind: 'batch'; readonly batch: FrameBatch }
  | { readonly kind: 'end'; readonly why: TransportEnd }
  | { readonly kind: 'lost'; readonly cause: StreamError };

export interface Attempt {
  /** Known once the request was made. */
  readonly method: string;
  open(): Promise<OpenResult>;
  /** Reads once more. Only while a read is asked for does silence count. */
  read(): Promise<ReadResult>;
  /** Ends it at once: what is being waited for becomes a loss with this cause. */
  abort(cause: StreamError): void;
  /** Closes it in peace: everything that was wanted has arrived. */
  leave(): void;
  send(message: string): boolean;
  beat(): void;
  pause(): void;
  resume(): void;
  /** The machine woke: what the wall clock says now counts. */
  check(): void;
}

export interface AttemptOptions {
  readonly transport: Transport;
  readonly request: () => ConnectionRequest | Promise<ConnectionRequest>;
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  readonly originLimit?: OriginLimit | undefined;
  readonly paused: boolean;
  /** Whether giving up a silent stream loses nothing. */
  readonly canResume: () => boolean;
  /** No byte since `lastByteAt` for the silence limit; `undefined`: it speaks again. */
  readonly onStall: (lastByteAt: number | undefined) => void;
}

export function createAttempt(options: AttemptOptions): Attempt {
  const { transport, clock, limits, canResume, onStall } = options;
  const controller = new AbortController();
  const heartbeat = createHeartbeat(clock);
  let method = 'GET';
  let slot: StreamSlot | undefined;
  let connection: TransportConnection | undefined;
  let batches: AsyncIterator<FrameBatch> | undefined;
  let ended: TransportEnd | undefined;
  /** Why it was given up. */
  let given: StreamError | undefined;
  /** Ends the present wait with a loss. */
  let lose: ((cause: StreamError) => void) | undefined;
  let lastByteAt = clock.now();
  let stalled = false;

  let headersDueAt = Infinity;
  const headersWatch = createWatchdog(clock, () => {
    const isLate = clock.now() > headersDueAt + lateMs;
    // Once: a second request may be a second generation, where the reply to the first has come already.
    headersDueAt = Infinity;
    if (isLate) headersWatch.start(wakeGraceMs);
    else abort(slot?.suspected ? connectionLimitError() : headersTimeoutError(limits.headersMs));
  });
  const silenceWatch = createWatchdog(clock, handleSilence);
  if (options.paused) {
    headersWatch.pause();
    silenceWatch.pause();
  }

  /** Two silences are watched with one countdown: the one that shows, then the one that ends the attempt. */
  function handleSilence() {
    const silentMs = clock.now() - lastByteAt;
    const resumable = canResume();
    const leftMs = (resumable ? limits.silenceMs : patienceMs()) - silentMs;
    const wasStalled = stalled;
    if (!stalled) {
      stalled = true;
      onStall(lastByteAt);
      if (given) return;
    }
    if (leftMs <= 0 && (resumable || wasStalled)) return abort(idleTimeoutError(silentMs));
    silenceWatch.start(Math.max(wakeGraceMs, leftMs));
  }

  /** How long a stream is waited for that cannot be asked for again. */
  function patienceMs(): number {
    const interval = heartbeat.intervalMs ?? Infinity;
    return Math.min(limits.longSilenceMs, Math.max(limits.silenceMs, 3 * interval));
  }

  function close() {
    headersWatch.cancel();
    silenceWatch.cancel();
    slot?.leave();
  }

  function abort(cause: StreamError) {
    if (given) return;
    given = cause;
    close();
    controller.abort(cause);
    lose?.(cause);
    leaveLoop();
  }

  /** A reader that stops asking is told to the transport even if it does not look at its signal. */
  function leaveLoop() {
    const left = batches?.return?.();
    // What an abandoned attempt still says, errors included, is about a stream that nobody waits for any more.
    left?.catch(() => undefined);
  }

  /**
   * Waits for `work`, or for the attempt to be given up, whichever is first. Takes callbacks rather than being awaited
   * and asked: a turn of the microtask queue for each read is what small reads would feel.
   */
  function unlessLost<T, R>(work: Promise<T>, done: (value: T) => R, lost: (cause: StreamError) => R): Promise<R> {
    return new Promise((resolve) => {
      lose = (cause) => {
        lose = undefined;
        resolve(lost(cause));
      };
      work.then(
        (value) => {
          if (given) return;
          lose = undefined;
          resolve(done(value));
        },
        (thrown: unknown) => {
          if (given) return;
          lose = undefined;
          given = toStreamError(thrown);
          close();
          resolve(lost(given));
        },
      );
    });
  }

  async function connect(): Promise<OpenResult> {
    const request = await askOption('request', options.request);
    if (given) return { kind: 'failed', cause: given };
    method = (request.method ?? 'GET').toUpperCase();
    // Sockets are not among the connections that a browser counts so.
    if (!transport.isSocket) slot = options.originLimit?.enter(request.url);
    if (slot?.exceeded) throw connectionLimitError();
    const opened = await transport.open({ ...request, signal: controller.signal });
    connection = opened;
    batches = opened.batches[Symbol.asyncIterator]();
    if (given) leaveLoop();
    return { kind: 'open', response: opened.response };
  }

  /** The read is over, one way or the other. */
  function settle(result: ReadResult): ReadResult {
    silenceWatch.hold();
    if (result.kind !== 'batch') {
      close();
      return result;
    }
    heartbeat.read(result.batch.frames);
    if (stalled) {
      stalled = false;
      onStall(undefined);
    }
    return result;
  }

  function received(read: IteratorResult<FrameBatch>): ReadResult {
    if (read.done === true) {
      ended = { kind: 'eof' };
      return settle({ kind: 'end', why: ended });
    }
    const { value } = read;
    ended = value.end;
    if (ended && value.frames.length === 0 && value.bytes === 0) return settle({ kind: 'end', why: ended });
    return settle({ kind: 'batch', batch: value });
  }

  const lostRead = (cause: StreamError): ReadResult => settle({ kind: 'lost', cause });

  return {
    get method() {
      return method;
    },
    async open() {
      headersDueAt = clock.now() + limits.headersMs;
      headersWatch.start(limits.headersMs);
      const same = (result: OpenResult): OpenResult => result;
      const result = await unlessLost(connect(), same, (cause): OpenResult => ({ kind: 'failed', cause }));
      headersWatch.cancel();
      return result;
    },
    read() {
      if (given) return Promise.resolve({ kind: 'lost', cause: given });
      if (!batches || ended) {
        close();
        leaveLoop();
        return Promise.resolve({ kind: 'end', why: ended ?? { kind: 'eof' } });
      }
      // Time in which nobody read says nothing about the server.
      lastByteAt = clock.now();
      silenceWatch.start(limits.silenceMs, lastByteAt);
      return unlessLost(batches.next(), received, lostRead);
    },
    abort,
    leave() {
      if (given) return;
      // A read that is still out would hold the loop open: then only the signal can end it.
      if (lose) return abort(leftError());
      given = leftError();
      close();
      leaveLoop();
    },
    send(message) {
      if (given || ended || !connection?.send) return false;
      connection.send(message);
      return true;
    },
    beat: heartbeat.beat,
    pause() {
      headersWatch.pause();
      silenceWatch.pause();
    },
    resume() {
      headersWatch.resume();
      silenceWatch.resume();
      if (!lose || !batches) return;
      lastByteAt = clock.now();
      silenceWatch.start(limits.silenceMs);
    },
    check() {
      headersWatch.check();
      silenceWatch.check();
    },
  };
}
