// One state machine over any transport: attempts, backoff, watchdogs and the environment. It hands on what attempts
// bring and asks its reader what only the reader knows: whether an end was the end, and how to go on after a loss.
// Frames are never interpreted here, except `retry` and comments, which are about the connection itself.
import { withDefaults } from '../base/defaults.ts';
import type { StreamError } from '../base/errors.ts';
import { readTwice } from '../base/read-twice.ts';
import { createListeners } from '../base/listeners.ts';
import type { Frame } from '../wire/frame.ts';
import {
  type Attempt,
  type ConnectionLimits,
  createAttempt,
  defaultConnectionLimits,
  type ReadResult,
} from './attempt.ts';
import { defaultRetryPolicy } from './backoff.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { Connection, ConnectionItem, ConnectionState } from './connection-state.ts';
import type { EnvironmentChange } from './environment.ts';
import { deadlineError, exhaustedError, frozenError, nothingError, leftError, truncatedError } from './failures.ts';
import { createGate } from './gate.ts';
import { createItems, type Pull } from './items.ts';
import { closeError, judgeEnd, judgeError, judgeRefusal, type Outcome, type Verdict } from './policy.ts';
import { createRequests } from './requests.ts';
import { createSchedule } from './schedule.ts';
import { createWatchdog } from './watchdog.ts';

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
  /** The present attempt has brought frames. */
  let received = false;

  const requests = createRequests(options.request, options.mode);
  /** What became of the item handed on last: asked when the reader pulls on, because by then it has answered. */
  let settleItem: (() => Outcome) | undefined;

  let cause: StreamError | undefined;
  let refresh: 'unused' | 'due' | 'used' = 'unused';

  const deadlineWatch = createWatchdog(clock, () => interrupt(deadlineError(limits.deadlineMs ?? 0)));

  function set(next: ConnectionState) {
    state = next;
    listeners.notify();
  }

  const isLive = (): boolean => state.status !== 'closed' && state.status !== 'interrupted';

  const gate = createGate({ clock, environment, schedule, isLive, onWait: showWait });

  /** Every way out leads through here, so that nothing outlives the connection. Nothing comes after its end. */
  function finish(last: ConnectionState, close: (attempt: Attempt) => void) {
    if (state.status === 'closed') return;
    const present = attempt;
    attempt = undefined;
    leaveEnvironment?.();
    leaveEnvironment = undefined;
    deadlineWatch.cancel();
    state = last;
    if (present) close(present);
    gate.look();
    listeners.notify();
  }

  function interrupt(why: StreamError) {
    if (isLive()) finish({ status: 'interrupted', cause: why }, (present) => present.abort(why));
  }

  function fail(error: StreamError) {
    finish({ status: 'closed', reason: { kind: 'failed', error } }, (present) => present.abort(error));
  }

  function stop() {
    finish({ status: 'closed', reason: { kind: 'stopped' } }, (present) => present.abort(leftError()));
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
        gate.freeze();
        attempt?.abort(frozenError());
        break;
      case 'thaw':
        gate.thaw();
        schedule.replan();
        break;
      case 'wake':
        attempt?.check();
        deadlineWatch.check();
        break;
    }
    gate.look();
  }

  function showWait(offline: boolean) {
    const { attempt: number, dueAt } = schedule;
    if (offline) {
      if (state.status !== 'offline') set(cause ? { status: 'offline', cause } : { status: 'offline' });
    } else if (cause && !(state.status === 'waiting' && state.retryAt === dueAt)) {
      set({ status: 'waiting', attempt: number, retryAt: dueAt, cause });
    }
  }

  /** What stands after a failure: another attempt at its time, or the end. */
  function plan(outcome: Outcome) {
    ({ cause } = outcome);
    const { verdict, askedMs } = outcome;
    // Refusing to go on does not make what arrived before a failure: that answer is interrupted.
    const end = requests.mode === 'first' ? fail : interrupt;
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

  /** Makes an attempt and waits for its head; `undefined` where there is nothing to hand on. */
  async function connect(): Promise<ConnectionItem | undefined> {
    const number = schedule.attempt;
    const fresh = refresh === 'due';
    if (fresh) refresh = 'used';
    requests.begin();
    const present = createAttempt({
      transport,
      clock,
      limits,
      originLimit: options.originLimit,
      paused: !environment.online,
      request: () => requests.source({ attempt: number, refresh: fresh }),
      canResume: options.canResume ?? (() => false),
      onStall(lastByteAt) {
        if (attempt !== present) return;
        if (lastByteAt === undefined) set({ status: 'open', attempt: number });
        else set({ status: 'stalled', attempt: number, lastByteAt });
      },
    });
    attempt = present;
    set({ status: 'connecting', attempt: number });
    if (attempt !== present) return undefined;

    const opened = await present.open();
    if (attempt !== present) return undefined;
    if (opened.kind === 'failed') {
      attempt = undefined;
      if (requests.adopt()) plan({ cause: opened.cause, verdict: 'retry' });
      else plan(refused(opened.cause, judge(present, opened.cause)));
      return undefined;
    }
    if (opened.response.status === 204) {
      present.leave();
      attempt = undefined;
      plan(refused(nothingError(requests.mode !== 'first'), 'over'));
      return undefined;
    }

    requests.replied();
    received = false;
    set({ status: 'open', attempt: number });
    return attempt === present
      ? { kind: 'open', attempt: number, response: opened.response, mode: requests.mode }
      : undefined;
  }

  /** What a read of the present attempt is to the reader; `undefined`: nothing, the attempt is over. */
  function itemOf(present: Attempt, read: ReadResult): ConnectionItem | undefined {
    if (attempt !== present) return undefined;
    if (read.kind === 'batch') {
      const { frames, bytes } = read.batch;
      if (frames.length > 0) {
        received = true;
        heedRetry(frames);
      }
      return { kind: 'batch', frames, bytes };
    }
    attempt = undefined;
    if (requests.answered) {
      // The reader itself gave this attempt up and has said how to go on.
      plan(resumed(read.kind === 'lost' ? read.cause : truncatedError()));
      return undefined;
    }
    if (read.kind === 'lost') return lost(read.cause, judge(present, read.cause));
    const { verdict, refusal } = judgeEnd(read.why);
    if (verdict === 'end') {
      settleItem = () => resumed(truncatedError());
      return { kind: 'end', why: read.why };
    }
    const error = closeError(read.why as Extract<typeof read.why, { kind: 'close' }>);
    if (!refusal || received) return lost(error, verdict);
    requests.refused();
    plan(refused(error, verdict));
    return undefined;
  }

  function judge({ method }: Attempt, error: StreamError): Verdict {
    return judgeError(error, { method, resuming: requests.mode !== 'first' });
  }

  function lost(error: StreamError, verdict: Verdict): ConnectionItem | undefined {
    if (verdict === 'fatal') fail(error);
    if (!isLive()) return undefined;
    settleItem = () => resumed(error, verdict);
    return { kind: 'lost', cause: error };
  }

  /** After the reader had its say. */
  function resumed(error: StreamError, verdict: Verdict = 'retry'): Outcome {
    if (requests.adopt()) return { cause: error, verdict };
    // A watchdog's own name says more than that the stream closed early; a lost network says less.
    return { cause: error.code === 'connect-failed' ? truncatedError(error) : error, verdict: 'over' };
  }

  function refused(error: StreamError, verdict: Verdict): Outcome {
    return judgeRefusal(error, verdict, options.explain, clock.now());
  }

  function heedRetry(frames: readonly Frame[]) {
    for (const frame of frames) if (frame.kind === 'retry') schedule.setBaseMs(frame.ms);
  }

  function watchEnvironment() {
    gate.thaw();
    leaveEnvironment = environment.subscribe(handleEnvironment);
    if (environment.online) deadlineWatch.resume();
    else deadlineWatch.pause();
    if (limits.deadlineMs !== undefined) deadlineWatch.start(limits.deadlineMs);
  }

  /** The next item, however many attempts that takes; `undefined` when everything is over. */
  async function advance(): Promise<ConnectionItem | undefined> {
    for (;;) {
      if (attempt === undefined && !(await gate.pass())) return undefined;
      const item = attempt === undefined ? await connect() : itemOf(attempt, await attempt.read());
      if (item !== undefined) return item;
    }
  }

  /** A read of a live attempt is one promise; everything else takes its time. */
  const pull: Pull = (handOn, broke) => {
    const settle = settleItem;
    settleItem = undefined;
    if (settle && isLive()) plan(settle());
    const further = () => advance().then(handOn, broke);
    const present = attempt;
    if (!present) return further();
    return present.read().then((read) => {
      const item = itemOf(present, read);
      return item ? handOn(item) : further();
    });
  };

  function leave() {
    running = false;
    if (isLive()) stop();
  }

  return {
    get state() {
      return state;
    },
    subscribe: listeners.add,
    items: {
      [Symbol.asyncIterator]() {
        if (running || state.status === 'interrupted') throw readTwice();
        running = true;
        settleItem = undefined;
        if (isLive()) watchEnvironment();
        return createItems(pull, leave);
      },
    },
    commit() {
      schedule.progress();
      refresh = 'unused';
    },
    complete(kind = 'complete') {
      finish({ status: 'closed', reason: { kind } }, (present) => present.leave());
    },
    resumeWith(resumption) {
      requests.answer(resumption);
      if (state.status === 'interrupted') requests.adopt();
      else attempt?.abort(resumption?.cause ?? truncatedError());
    },
    beat: () => attempt?.beat(),
    send: (message) => attempt?.send(message) ?? false,
    retryNow() {
      if (state.status === 'interrupted') {
        if (!requests.sendable) return;
        schedule.progress();
        schedule.clear();
        refresh = 'unused';
        if (running) watchEnvironment();
        set({ status: 'connecting', attempt: 1 });
        return;
      }
      if (!isLive() || attempt) return;
      gate.force();
    },
    stop,
    interrupt,
    fail,
  };
}
