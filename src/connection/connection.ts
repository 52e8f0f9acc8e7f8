// One state machine over any transport: attempts, backoff, watchdogs and the environment. It hands on what attempts
// bring and asks its reader what only the reader knows: whether an end was the end, and how to go on after a loss.
// Frames are never interpreted here, except `retry` and comments, which are about the connection itself.
import type { Clock } from '../base/clock.ts';
import { withDefaults } from '../base/defaults.ts';
import type { StreamError } from '../base/errors.ts';
import { createListeners } from '../base/listeners.ts';
import type { RejectedResponse, Transport } from '../transport/transport.ts';
import type { Frame } from '../wire/frame.ts';
import { type Attempt, type ConnectionLimits, createAttempt, defaultConnectionLimits } from './attempt.ts';
import { defaultRetryPolicy, type Random, type RetryPolicy } from './backoff.ts';
import type { Connection, ConnectionItem, ConnectionState, RequestSource, Resumption } from './connection-state.ts';
import type { Environment, EnvironmentChange } from './environment.ts';
import {
  alreadyReadError,
  deadlineError,
  exhaustedError,
  frozenError,
  nothingError,
  stoppedError,
  truncatedError,
} from './failures.ts';
import type { OriginLimit } from './origin-limit.ts';
import { closeError, judgeEnd, judgeError, rejectedResponse, retryAfterMs, type Verdict } from './policy.ts';
import { createSchedule } from './schedule.ts';
import { createWatchdog } from './watchdog.ts';

export interface ConnectionOptions {
  readonly transport: Transport;
  /** The first request, made again for every attempt until something is to be resumed. */
  readonly request: RequestSource;
  /** What the first request asks for, where it goes on with what stands already, after a reload say. Default `first`. */
  readonly mode?: 'first' | Resumption['mode'] | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  readonly limits?: Partial<ConnectionLimits> | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Shared by the page's connections; see `origin-limit.ts`. Default: streams are not counted. */
  readonly originLimit?: OriginLimit | undefined;
  /** Whether an attempt that is given up could be gone on with: a silent one is then not waited for. Default: no. */
  readonly canResume?: (() => boolean) | undefined;
  /** Whether a request after a 401 can carry other credentials than before. Default `true`. */
  readonly canRefresh?: boolean | undefined;
  /** What an error reply means. Its error is shown instead; one that is not retryable is not retried. */
  readonly explain?: ((response: RejectedResponse) => StreamError) | undefined;
}

/** What one attempt came to, when it was not the end of everything. */
interface Outcome {
  readonly cause: StreamError;
  readonly verdict: Verdict;
  /** A minimum that the server set for the next attempt. */
  readonly askedMs?: number | undefined;
}

/**
 * The transitions are those of `ConnectionState`. What moves them:
 *
 * | where it waits        | what ends the wait                                                              |
 * | --------------------- | ------------------------------------------------------------------------------- |
 * | for its time to try   | `retryAt`, `retryNow`, online, visible, thaw, wake, `stop`, `fail`, the deadline  |
 * | for the reply's head  | the reply, a failure, the headers watchdog, freeze, `resumeWith`, `stop`, `fail`  |
 * | for a read            | bytes, an end, a failure, the silence watchdog, freeze, `resumeWith`, `stop`, `fail` |
 * | for the reader        | its next pull. Nothing is read meanwhile, so the server feels the reader's pace    |
 */
export function createConnection(options: ConnectionOptions): Connection {
  const { transport, clock, environment, canRefresh = true } = options;
  const limits: ConnectionLimits = withDefaults(defaultConnectionLimits, options.limits);
  const schedule = createSchedule(clock, options.random, withDefaults(defaultRetryPolicy, options.retry));
  const listeners = createListeners();

  let state: ConnectionState = { status: 'idle' };
  let running = false;
  let leaveEnvironment: (() => void) | undefined;
  let attempt: Attempt | undefined;
  let wake: (() => void) | undefined;
  let frozen = false;

  let source: RequestSource = options.request;
  let mode = options.mode ?? 'first';
  /** Whether sending `source` (again) asks for nothing that was answered already. */
  let sendable = true;
  /** What the reader answered to the present loss; `null`: that it cannot be resumed. */
  let answer: Resumption | null | undefined;

  let cause: StreamError | undefined;
  let forced = false;
  let refresh: 'unused' | 'due' | 'used' = 'unused';

  const dueWatch = createWatchdog(clock, () => wake?.());
  const deadlineWatch = createWatchdog(clock, () => interrupt(deadlineError(limits.deadlineMs ?? 0)));

  function set(next: ConnectionState) {
    state = next;
    listeners.notify();
  }

  const isLive = () => state.status !== 'closed' && state.status !== 'interrupted';

  /** Every way out leads through here, so that nothing outlives the connection. */
  function finish(last: ConnectionState, close: (attempt: Attempt) => void) {
    const present = attempt;
    attempt = undefined;
    leaveEnvironment?.();
    leaveEnvironment = undefined;
    dueWatch.cancel();
    deadlineWatch.cancel();
    state = last;
    if (present) close(present);
    wake?.();
    listeners.notify();
  }

  function interrupt(why: StreamError) {
    if (isLive()) finish({ status: 'interrupted', cause: why }, (present) => present.abort(why));
  }

  function fail(error: StreamError) {
    if (state.status === 'closed') return;
    finish({ status: 'closed', reason: { kind: 'failed', error } }, (present) => present.abort(error));
  }

  function stop() {
    if (state.status === 'closed') return;
    finish({ status: 'closed', reason: { kind: 'stopped' } }, (present) => present.abort(stoppedError()));
  }

  function handleEnvironment(change: EnvironmentChange) {
    switch (change) {
      case 'offline':
        attempt?.pause();
        deadlineWatch.pause();
        break;
      case 'online':
        attempt?.resume();
        deadlineWatch.resume();
        schedule.progress();
        schedule.replan();
        break;
      case 'visible':
        schedule.hasten();
        break;
      case 'freeze':
        frozen = true;
        attempt?.abort(frozenError());
        break;
      case 'thaw':
        frozen = false;
        schedule.replan();
        break;
      case 'wake':
        attempt?.check();
        deadlineWatch.check();
        break;
    }
    wake?.();
  }

  /** Waits until the next attempt may begin; `false` when there will be none. */
  async function untilDue(): Promise<boolean> {
    for (;;) {
      if (!isLive()) return false;
      const { attempt: number, dueAt } = schedule;
      const offline = !environment.online;
      if (!frozen && (forced || (!offline && clock.now() >= dueAt))) {
        forced = false;
        return true;
      }
      if (offline) {
        if (state.status !== 'offline') set(cause ? { status: 'offline', cause } : { status: 'offline' });
      } else if (cause && !(state.status === 'waiting' && state.retryAt === dueAt)) {
        set({ status: 'waiting', attempt: number, retryAt: dueAt, cause });
      }
      // A listener may have changed everything.
      if (!isLive() || forced) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (!offline && !frozen) dueWatch.start(dueAt - clock.now());
      });
      wake = undefined;
      dueWatch.hold();
    }
  }

  /** What stands after a failure: another attempt at its time, or the end. */
  function plan(outcome: Outcome) {
    ({ cause } = outcome);
    const { verdict, askedMs } = outcome;
    // Refusing to go on does not make what arrived before a failure: that answer is interrupted.
    const end = mode === 'first' ? fail : interrupt;
    if (verdict === 'fatal') return end(cause);
    if (verdict === 'over') return interrupt(cause);
    if (verdict === 'refresh') {
      if (!canRefresh || refresh !== 'unused') return end(cause);
      refresh = 'due';
      return schedule.clear();
    }
    const tried = schedule.attempt;
    if (!schedule.fail(askedMs)) interrupt(exhaustedError(tried, cause));
  }

  /** Runs one attempt to its end and hands on what it brings; `undefined` when everything is over. */
  async function* live(): AsyncGenerator<ConnectionItem, Outcome | undefined> {
    const number = schedule.attempt;
    const fresh = refresh === 'due';
    if (fresh) refresh = 'used';
    answer = undefined;
    forced = false;
    const present = createAttempt({
      transport,
      clock,
      limits,
      originLimit: options.originLimit,
      paused: !environment.online,
      request: () => source({ attempt: number, refresh: fresh }),
      canResume: options.canResume ?? (() => false),
      onStall(lastByteAt) {
        if (attempt !== present) return;
        if (lastByteAt === undefined) set({ status: 'open', attempt: number });
        else set({ status: 'stalled', attempt: number, lastByteAt });
      },
    });
    attempt = present;
    set({ status: 'connecting', attempt: number });
    const isPresent = () => attempt === present && isLive();
    if (!isPresent()) return undefined;

    const opened = await present.open();
    if (!isPresent()) return undefined;
    const judge = (error: StreamError) => judgeError(error, { method: present.method, resuming: mode !== 'first' });
    if (opened.kind === 'failed') {
      attempt = undefined;
      return adopt() ? { cause: opened.cause, verdict: 'retry' } : refused(opened.cause, judge(opened.cause));
    }
    if (opened.response.status === 204) {
      present.leave();
      attempt = undefined;
      return refused(nothingError(mode !== 'first'), 'over');
    }

    sendable = false;
    set({ status: 'open', attempt: number });
    if (!isPresent()) return undefined;
    yield { kind: 'open', attempt: number, response: opened.response, mode };

    let received = false;
    for (;;) {
      if (!isPresent()) return undefined;
      const read = await present.read();
      if (!isPresent()) return undefined;
      if (read.kind === 'batch') {
        const { frames, bytes } = read.batch;
        if (frames.length > 0) {
          received = true;
          heedRetry(frames);
        }
        yield { kind: 'batch', frames, bytes };
        continue;
      }
      attempt = undefined;
      // The reader itself gave this attempt up and has said how to go on.
      if (answer !== undefined) return resumed(read.kind === 'lost' ? read.cause : truncatedError(undefined));
      if (read.kind === 'lost') return yield* lost(read.cause, judge(read.cause));
      const { verdict, refusal } = judgeEnd(read.why);
      if (verdict === 'end') return yield* ended(read.why);
      const error = closeError(read.why as Extract<typeof read.why, { kind: 'close' }>);
      if (refusal && !received) {
        sendable = true;
        return refused(error, verdict);
      }
      return yield* lost(error, verdict);
    }
  }

  async function* lost(error: StreamError, verdict: Verdict): AsyncGenerator<ConnectionItem, Outcome | undefined> {
    if (verdict === 'fatal') fail(error);
    if (!isLive()) return undefined;
    yield { kind: 'lost', cause: error };
    return isLive() ? resumed(error, verdict) : undefined;
  }

  async function* ended(
    why: Extract<ConnectionItem, { kind: 'end' }>['why'],
  ): AsyncGenerator<ConnectionItem, Outcome | undefined> {
    yield { kind: 'end', why };
    return isLive() ? resumed(truncatedError(undefined)) : undefined;
  }

  /** After the reader had its say. */
  function resumed(error: StreamError, verdict: Verdict = 'retry'): Outcome {
    if (adopt()) return { cause: error, verdict };
    // A watchdog's own name says more than that the stream closed early; a lost network says less.
    return { cause: error.code === 'connect-failed' ? truncatedError(error) : error, verdict: 'over' };
  }

  /** Takes up what the reader answered, if it did. */
  function adopt(): boolean {
    if (!answer) return false;
    source = answer.request;
    mode = answer.mode;
    answer = undefined;
    sendable = true;
    return true;
  }

  function refused(error: StreamError, verdict: Verdict): Outcome {
    const askedMs = retryAfterMs(error, clock.now());
    const response = rejectedResponse(error);
    if (!response || !options.explain) return { cause: error, verdict, askedMs };
    const explained = options.explain(response);
    // Only what would be retried can be told to be hopeless; a fatal status stays fatal.
    const hopeless = verdict === 'retry' && !explained.retryable;
    return { cause: explained, verdict: hopeless ? 'fatal' : verdict, askedMs: explained.retryAfterMs ?? askedMs };
  }

  function heedRetry(frames: readonly Frame[]) {
    for (const frame of frames) if (frame.kind === 'retry') schedule.setBaseMs(frame.ms);
  }

  function watchEnvironment() {
    frozen = false;
    leaveEnvironment = environment.subscribe(handleEnvironment);
    if (environment.online) deadlineWatch.resume();
    else deadlineWatch.pause();
    if (limits.deadlineMs !== undefined) deadlineWatch.start(limits.deadlineMs);
  }

  async function* run(): AsyncGenerator<ConnectionItem, void> {
    try {
      if (isLive()) watchEnvironment();
      while (await untilDue()) {
        const outcome = yield* live();
        if (outcome && isLive()) plan(outcome);
      }
    } finally {
      running = false;
      if (isLive()) stop();
    }
  }

  return {
    get state() {
      return state;
    },
    subscribe: listeners.add,
    items: {
      [Symbol.asyncIterator]() {
        if (running || state.status === 'interrupted') throw alreadyReadError();
        running = true;
        return run();
      },
    },
    commit() {
      schedule.progress();
      refresh = 'unused';
    },
    complete(kind = 'complete') {
      if (state.status !== 'closed') finish({ status: 'closed', reason: { kind } }, (present) => present.leave());
    },
    resumeWith(resumption) {
      answer = resumption ?? null;
      if (state.status === 'interrupted') adopt();
      else attempt?.abort(resumption?.cause ?? truncatedError(undefined));
    },
    beat: () => attempt?.beat(),
    send: (message) => attempt?.send(message) ?? false,
    retryNow() {
      if (state.status === 'interrupted') {
        if (!sendable) return;
        schedule.progress();
        schedule.clear();
        refresh = 'unused';
        if (running) watchEnvironment();
        set({ status: 'connecting', attempt: 1 });
        return;
      }
      if (!isLive() || attempt) return;
      forced = true;
      wake?.();
    },
    stop,
    interrupt,
    fail,
  };
}
