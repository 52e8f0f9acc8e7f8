// A transport without a network: a script says what each request gets and when. For stories, for our tests and for
// those of users. Nothing is random, and time is the clock's.
import type { Clock } from '../base/clock.ts';
import { isStreamError, type StreamError } from '../base/errors.ts';
import { createSystemClock } from '../base/system-clock.ts';
import { readTwice } from '../base/read-twice.ts';
import { createDecoder } from '../wire/decoder.ts';
import type { Decoder, Frame } from '../wire/frame.ts';
import { aborted, closedEarly } from './failures.ts';
import { rejectionOf } from './rejection.ts';
import { createRun, type Run } from './run.ts';
import type { Script, ScriptedAttempt, ScriptedReply, ScriptStep } from './script.ts';
import type { FrameBatch, Transport, TransportConnection, TransportEnd, TransportRequest } from './transport.ts';

export interface ScriptedTransportOptions {
  /** Default: the system's clock. */
  readonly clock?: Clock;
}

/** One call of `open`, as it went. */
export interface ScriptedRequest {
  readonly request: TransportRequest;
  /** What was sent on the connection after it was opened. */
  readonly sent: readonly string[];
  /** It ended, failed, was left or was aborted. */
  readonly closed: boolean;
}

export interface ScriptedTransport extends Transport {
  readonly requests: readonly ScriptedRequest[];
}

export function scriptedTransport(script: Script, options: ScriptedTransportOptions = {}): ScriptedTransport {
  const { clock = createSystemClock() } = options;
  const requests: ScriptedRequest[] = [];
  return {
    name: 'scripted',
    requests,
    async open(request) {
      if (request.signal.aborted) throw aborted(request.signal.reason);
      const attempt = attemptOf(script, request, requests.length);
      const run = createRun(request.signal, clock);
      const sent: string[] = [];
      requests.push({
        request,
        sent,
        get closed() {
          return run.closed;
        },
      });
      if (attempt.headMs !== undefined) await run.wait(attempt.headMs);
      if (run.closed) throw aborted(request.signal.reason);
      if (attempt.refuse !== undefined) {
        run.close();
        throw await errorOf(attempt.refuse, clock);
      }
      return connectionOf(attempt, request, run, sent);
    },
  };
}

function attemptOf(script: Script, request: TransportRequest, index: number): ScriptedAttempt {
  if (typeof script === 'function') return script(request, index);
  if (!isList(script)) return script;
  return script[Math.min(index, script.length - 1)] ?? {};
}

function isList(script: ScriptedAttempt | readonly ScriptedAttempt[]): script is readonly ScriptedAttempt[] {
  return Array.isArray(script);
}

async function errorOf(refusal: StreamError | ScriptedReply, clock: Clock): Promise<StreamError> {
  if (isStreamError(refusal)) return refusal;
  const { status, headers = {}, body = '' } = refusal;
  return rejectionOf(new Response(body, { status, headers }), () => clock.now());
}

function connectionOf(
  attempt: ScriptedAttempt,
  request: TransportRequest,
  run: Run,
  sent: string[],
): TransportConnection {
  const framing = request.framings?.[0] ?? 'sse';
  const response = { status: 200, url: request.url, headers: {}, framing, ...attempt.response };
  const decoder =
    response.framing === 'socket'
      ? undefined
      : createDecoder(response.framing, { maxFrameChars: request.maxFrameBytes });
  const player = createPlayer(attempt.steps ?? [], decoder, run);
  let taken = false;
  return {
    response,
    batches: {
      [Symbol.asyncIterator]() {
        if (taken) throw readTwice();
        taken = true;
        return player;
      },
    },
    send(message) {
      if (!run.closed) sent.push(message);
    },
  };
}

const done = { done: true, value: undefined } as const;

/** Plays the script as fast as it is read. */
function createPlayer(
  script: Iterable<ScriptStep> | AsyncIterable<ScriptStep>,
  decoder: Decoder | undefined,
  run: Run,
): AsyncIterator<FrameBatch, undefined> {
  const steps = Symbol.asyncIterator in script ? script[Symbol.asyncIterator]() : script[Symbol.iterator]();
  const text = new TextDecoder('utf-8', { ignoreBOM: true });
  let failure: unknown;
  run.onClose(() => void steps.return?.());

  /** Frames that came before what the decoder cannot read are handed over first. */
  function decode(piece: string, bytes: number, end?: TransportEnd): IteratorResult<FrameBatch, undefined> {
    const frames: Frame[] = [];
    try {
      decoder?.push(piece, frames);
      if (end) decoder?.end(frames);
    } catch (thrown) {
      run.close();
      if (frames.length === 0) throw thrown;
      failure = thrown;
      return { done: false, value: { frames, bytes } };
    }
    if (end === undefined) return { done: false, value: { frames, bytes } };
    run.close();
    return { done: false, value: { frames, bytes, end } };
  }

  async function next(): Promise<IteratorResult<FrameBatch, undefined>> {
    if (failure !== undefined) {
      const thrown = failure;
      failure = undefined;
      throw thrown;
    }
    for (;;) {
      if (run.closed) return done;
      const read = await run.unlessClosed(steps.next());
      if (read === undefined || run.closed) return done;
      if (read.done) return decode(text.decode(), 0, { kind: 'eof' });
      const step = read.value;
      if (step === 'stall') await run.wait(Infinity);
      else if (step === 'lost') return fail(closedEarly(undefined));
      else if ('fail' in step) return fail(step.fail);
      else if ('end' in step) return decode(text.decode(), 0, step.end);
      else if ('afterMs' in step) await run.wait(step.afterMs);
      else if ('bytes' in step) return decode(text.decode(step.bytes, { stream: true }), step.bytes.byteLength);
      else if ('text' in step) return decode(step.text, byteLength(step.text));
      else return { done: false, value: batchOf(step) };
    }
  }

  function fail(error: StreamError): never {
    run.close();
    throw error;
  }

  return {
    next,
    async return() {
      failure = undefined;
      run.close();
      return done;
    },
  };
}

function batchOf(step: Extract<ScriptStep, { readonly frames: unknown } | { readonly data: unknown }>): FrameBatch {
  if ('frames' in step) {
    return { frames: step.frames, bytes: step.frames.reduce((sum, frame) => sum + byteLength(textOf(frame)), 0) };
  }
  const { data, event = 'message', id } = step;
  const list = typeof data === 'string' ? [data] : data;
  return {
    frames: list.map((each) => ({ kind: 'message', event, data: each, id })),
    bytes: byteLength(list.join('')),
  };
}

function textOf(frame: Frame): string {
  switch (frame.kind) {
    case 'message':
      return frame.data ?? frame.event;
    case 'comment':
      return frame.text;
    case 'retry':
      return String(frame.ms);
    case 'binary':
      return ' '.repeat(frame.data.byteLength);
  }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
