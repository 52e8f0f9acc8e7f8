// Runs a chat's turns, one at a time: folds what a turn brings into its answer, says how it ended, and goes on with an
// answer that was cut, that waited for the client, or that an earlier page left behind.
import { UsageError } from '../base/errors.ts';
import { replaceMessage } from '../message/conversation.ts';
import { createMessage } from '../message/make-message.ts';
import type { Message } from '../message/message.ts';
import { endMessage, reduceMessage, reopenMessage } from '../message/reduce.ts';
import { continueMessage } from '../message/round.ts';
import type { TurnInput } from '../protocol/adapter.ts';
import type { Chunk } from '../protocol/chunk.ts';
import { callSafely } from '../base/call-safely.ts';
import type { ChatCallbacks, ChatPorts, ChatStoreOptions, TurnOptions, TurnOutcome } from './chat.ts';
import { isOpenPart } from './chat-snapshot.ts';
import type { ChatState } from './chat-state.ts';
import { asksClient } from './client-asks.ts';
import type { ClientTools } from './client-tools.ts';
import { messageErrorOf } from './message-error.ts';
import { mayRestart, restart, swapVersion } from './restart.ts';
import type { PendingTurn } from './stored-chat.ts';
import type { StreamStatusStore } from './stream-status.ts';
import type { Turn } from './turn.ts';
import { refused, type RunningTurn } from './turn-queue.ts';

export interface TurnRunner {
  readonly running: RunningTurn | undefined;
  /** What would have to be known to go on with the newest answer on another page; `undefined`: nothing is left to come. */
  readonly pending: PendingTurn | undefined;
  /** Runs a turn that fills `message`, which already stands in the conversation. */
  answer(trigger: TurnInput['trigger'], message: Message, turnOptions: TurnOptions): Promise<TurnOutcome>;
  /**
   * Goes on with the newest answer, where it was interrupted and can be; and where the server paused it and waits for
   * nothing, if that is `asked` for: it is another request.
   */
  resume(asked?: boolean): Promise<TurnOutcome>;
  /** `resume` goes on with this turn of an earlier page. */
  adopt(pending: PendingTurn): void;
  /** Goes on with an answer whose calls and questions were all answered while or after it ended. */
  continueIfAnswered(message: Message, turnOptions: TurnOptions): Promise<TurnOutcome> | undefined;
}

export interface TurnRunnerOptions extends Pick<ChatStoreOptions, 'id' | 'onInterrupted' | 'onUpdate'> {
  readonly ports: ChatPorts;
  readonly state: ChatState;
  readonly status: StreamStatusStore;
  readonly tools: ClientTools;
  readonly callbacks: () => ChatCallbacks;
  readonly facts: () => { readonly id: string; readonly createdAt: number };
  /** A turn has ended and none runs. */
  readonly onFree: () => void;
}

type EndedTurn = TurnOutcome & { readonly message: Message };

interface OpenTurn extends Omit<PendingTurn, 'cursor'> {
  readonly turn: Turn;
}

/** The turn that runs, and what it was asked with. */
interface PresentTurn extends OpenTurn {
  readonly turnOptions: TurnOptions;
  /** From now on another turn runs in its place. */
  takeOver(next: Turn): void;
  /** Nothing runs any more; `ended` is what can be gone on with. */
  release(ended: OpenTurn): void;
}

export function createTurnRunner(options: TurnRunnerOptions): TurnRunner {
  const { ports, state, status, tools, callbacks } = options;
  const { clock, generateId } = ports;
  let running: (RunningTurn & PresentTurn) | undefined;
  /** What ended last, and can be gone on with if it was interrupted. */
  let last: OpenTurn | undefined;
  let earlier: PendingTurn | undefined;
  /** The idempotency key of each answer, so that going on after an interruption asks for the same generation. */
  const turnKeys = new Map<string, string>();

  /** `without` is the answer that is not sent along: one that is still to come. */
  function open(
    { key, trigger, base, cursor }: PendingTurn,
    standing: () => Message,
    without: Message | undefined,
    turnOptions: TurnOptions,
    isResumed = false,
  ): OpenTurn {
    const asked = state.conversation;
    const messages = asked.messages.filter(({ id }) => id !== without?.id);
    const turn = ports.openTurn({ conversation: { ...asked, messages }, trigger, turn: key }, turnOptions, {
      base,
      standing,
      arrival: status.arrival,
      resume: isResumed ? { cursor } : undefined,
    });
    status.follow(turn.connection, { stream: 'chat', chat: options.id, turn: key, trigger });
    return { turn, key, trigger, base };
  }

  function begin(pending: PendingTurn, turnOptions: TurnOptions, isResumed?: boolean): Promise<TurnOutcome> {
    const { base, key, trigger } = pending;
    turnKeys.set(base.id, key);
    // An answer that is continued is part of what is sent.
    const without = trigger === 'continue' ? undefined : base;
    return run(
      open(pending, () => state.standing(base), without, turnOptions, isResumed),
      turnOptions,
    );
  }

  /** Reads a turn to its end; nothing else may run meanwhile. */
  function run(opened: OpenTurn, turnOptions: TurnOptions): Promise<TurnOutcome> {
    const { signal } = turnOptions;
    const stopOnAbort = () => present.turn.stop();
    signal?.addEventListener('abort', stopOnAbort, { once: true });
    if (signal?.aborted) opened.turn.stop();
    const watch = ({ connection }: Turn) => connection.subscribe(() => state.publish({ connection: connection.state }));
    let unwatch = watch(opened.turn);
    const present = {
      ...opened,
      turnOptions,
      takeOver(next: Turn) {
        unwatch();
        present.turn = next;
        unwatch = watch(next);
      },
      release(ended: OpenTurn) {
        signal?.removeEventListener('abort', stopOnAbort);
        unwatch();
        running = undefined;
        last = ended;
      },
    };
    const done = follow(present, opened).finally(() => {
      // A callback may have started another turn already.
      if (running === undefined) options.onFree();
    });
    running = Object.assign(present, { done });
    return done;
  }

  async function follow(present: PresentTurn, opened: OpenTurn): Promise<TurnOutcome> {
    const { turn, base } = opened;
    const standing = () => state.standing(base);
    /** What came since the answer was last looked at, to be folded in when it is. */
    let arrived: Chunk[] = [];
    let arrivedAt = 0;
    const fold = (message: Message): Message => {
      const chunks = arrived;
      arrived = [];
      return reduceMessage(message, chunks, arrivedAt);
    };
    for await (const update of turn.updates) {
      if (update.kind === 'chunks') {
        if (update.replace) {
          state.publishMessage(reduceMessage(base, update.chunks, clock.now()), 'frame');
        } else if (arrived.length === 0) {
          arrived = [...update.chunks];
          arrivedAt = clock.now();
          state.deferMessage(base, fold);
        } else {
          for (const chunk of update.chunks) arrived.push(chunk);
        }
        tell(update.chunks, standing);
        if (options.onUpdate) await options.onUpdate(update, standing());
        continue;
      }
      const { ending, error } = update;
      const cause = standing().error ?? (error && messageErrorOf(error, clock.now()));
      const message = endMessage(standing(), ending, clock.now(), cause);
      const outcome = { status: ending, message, ...(error && { error }) };
      // A turn that is over asks for nothing again: only what was interrupted goes on under its key.
      if (ending !== 'interrupted') turnKeys.delete(base.id);
      else if (options.onInterrupted === 'restart' && mayRestart(base, error)) return replace(present, opened, outcome);
      state.publish({ conversation: replaceMessage(state.conversation, message), connection: turn.connection.state });
      present.release(opened);
      return conclude(outcome);
    }
    throw new UsageError('disposed', 'The turn ended without saying how.');
  }

  /** Puts a new version in the place of an answer that was cut, which goes on showing until that is whole. */
  async function replace(present: PresentTurn, opened: OpenTurn, cut: EndedTurn): Promise<TurnOutcome> {
    const { base } = opened;
    const restarted = await restart({
      clock,
      newVersion: () => createMessage('assistant', { ...options.facts(), version: base.version + 1 }),
      open(version, standing) {
        const again: PendingTurn = { key: generateId(), trigger: 'regenerate', base: version };
        const next = open(again, standing, base, present.turnOptions);
        present.takeOver(next.turn);
        return next;
      },
    });
    const { ending, message } = restarted;
    const isWhole = ending === 'complete' || ending === 'unconfirmed';
    const outcome: EndedTurn = isWhole
      ? { status: ending, message }
      : ending === 'stopped'
        ? { status: ending, message: endMessage(state.standing(base), ending, clock.now()) }
        : cut;
    const kept = replaceMessage(state.conversation, isWhole ? cut.message : outcome.message);
    const conversation = isWhole ? swapVersion(kept, base, message) : kept;
    if (outcome !== cut) turnKeys.delete(base.id);
    state.publish({ conversation, connection: present.turn.connection.state });
    if (isWhole) tell(restarted.chunks, () => message);
    present.release(isWhole ? restarted.opened : opened);
    return conclude(outcome);
  }

  /** Chunks that are applied. */
  function tell(chunks: readonly Chunk[], standing: () => Message): void {
    const { onChunk } = callbacks();
    if (onChunk !== undefined) for (const chunk of chunks) callSafely(onChunk, chunk);
    if (chunks.some(({ type }) => type === 'tool-call')) tools.run(standing());
  }

  /** After the turn was released, so that callbacks may send again. */
  function conclude(outcome: EndedTurn): Promise<TurnOutcome> | TurnOutcome {
    if (outcome.error) callSafely(callbacks().onError, outcome.error);
    callSafely(callbacks().onFinish, outcome);
    return continueIfAnswered(outcome.message, {}) ?? outcome;
  }

  function answer(trigger: TurnInput['trigger'], base: Message, turnOptions: TurnOptions): Promise<TurnOutcome> {
    return begin({ key: turnKeys.get(base.id) ?? generateId(), trigger, base }, turnOptions);
  }

  function continueIfAnswered(message: Message, turnOptions: TurnOptions): Promise<TurnOutcome> | undefined {
    if (running !== undefined || message.id !== state.conversation.messages.at(-1)?.id) return undefined;
    const isOver = message.status === 'complete' || message.status === 'unconfirmed';
    const base = last?.base.id === message.id ? last.base : undefined;
    if (!isOver || !asksClient(message, base) || message.parts.some(isOpenPart)) return undefined;
    return goOn(message, turnOptions);
  }

  function goOn(message: Message, turnOptions: TurnOptions): Promise<TurnOutcome> {
    const next = continueMessage(message);
    state.publishMessage(next);
    return answer('continue', next, turnOptions);
  }

  return {
    get running() {
      return running;
    },
    get pending() {
      const newest = state.conversation.messages.at(-1);
      const found = running ?? last;
      // While a new version is made behind it, what stands is what was cut.
      if (found?.base.id !== newest?.id) return earlier?.base.id === newest?.id ? earlier : undefined;
      if (found === undefined || (running === undefined && newest?.status !== 'interrupted')) return undefined;
      const { key, trigger, base, turn } = found;
      return { key, trigger, base, cursor: turn.cursor };
    },
    answer,
    adopt(pending) {
      earlier = pending;
    },
    resume(asked) {
      const newest = state.conversation.messages.at(-1);
      if (asked && newest?.finishReason === 'paused' && !newest.parts.some(isOpenPart)) return goOn(newest, {});
      if (running !== undefined || newest?.status !== 'interrupted') return refused;
      const reopened = reopenMessage(newest, clock.now());
      if (last?.base.id === newest.id) {
        const { connection } = last.turn;
        connection.retryNow();
        if (connection.state.status !== 'connecting') return refused;
        state.publish({
          conversation: replaceMessage(state.conversation, reopened),
          connection: connection.state,
        });
        return run(last, {});
      }
      if (earlier?.base.id !== newest.id) return refused;
      state.publishMessage(reopened);
      return begin(earlier, {}, true);
    },
    continueIfAnswered,
  };
}
