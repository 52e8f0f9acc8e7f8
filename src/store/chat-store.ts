// One conversation and the turns that fill it: runs a turn, folds its chunks into the answer, publishes snapshots.
// What a turn is made of (transport, protocol, retries) is behind the `openTurn` port; ids and times come by port too.
import { UsageError } from '../base/errors.ts';
import type { ConnectionState } from '../connection/connection-state.ts';
import {
  appendMessages,
  forkAfter,
  messageById,
  placeBefore,
  replaceMessage,
  switchVersion,
  versionOf,
} from '../message/conversation.ts';
import { createMessage, emptied, writtenParts } from '../message/make-message.ts';
import type { Conversation, Message } from '../message/message.ts';
import { amendMessage, endMessage, reduceMessage, reopenMessage } from '../message/reduce.ts';
import { continueMessage } from '../message/round.ts';
import type { TurnInput } from '../protocol/adapter.ts';
import type { Chunk } from '../protocol/chunk.ts';
import { callSafely } from './callbacks.ts';
import type { Chat, ChatCallbacks, ChatPorts, ChatStoreOptions, SendInput, TurnOptions, TurnOutcome } from './chat.ts';
import { chatSnapshotOf, type ChatSnapshot, isOpenPart } from './chat-snapshot.ts';
import { approvalIn, asksClient, hasCall } from './client-asks.ts';
import { createClientTools } from './client-tools.ts';
import { messageErrorOf } from './message-error.ts';
import { createStore } from './store.ts';
import { createStreamStatus } from './stream-status.ts';
import type { Turn } from './turn.ts';
import { createTurnQueue, refused, type RunningTurn } from './turn-queue.ts';

export function createChatStore(ports: ChatPorts, options: ChatStoreOptions): Chat {
  const { clock, generateId } = ports;
  const { callbacks = (): ChatCallbacks => ({}) } = options;
  const initial: Conversation = { id: options.id, messages: options.initialMessages ?? [], branches: [] };
  const store = createStore<ChatSnapshot>(chatSnapshotOf(initial, { status: 'idle' }, 0), {
    clock,
    throttleMs: options.throttleMs,
  });
  const status = createStreamStatus(clock, () => callbacks().observe);
  const tools = createClientTools(
    () => callbacks().onToolCall,
    ({ callId, result, error }) => void chat.addToolResult(callId, result, { error }),
  );
  let running: RunningTurn | undefined;
  /** What ended last, and can be gone on with if it was interrupted. */
  let last: { readonly turn: Turn; readonly base: Message } | undefined;
  /** The idempotency key of each answer, so that going on after an interruption asks for the same generation. */
  const turnKeys = new Map<string, string>();

  const queue = createTurnQueue(
    options.whenBusy,
    () => running,
    () => publish({}, 'now'),
  );
  const conversation = () => store.current.conversation;
  const publish = (change: { conversation?: Conversation; connection?: ConnectionState }, when: 'frame' | 'now') => {
    const next = { conversation: conversation(), connection: store.current.connection, ...change };
    store.set(chatSnapshotOf(next.conversation, next.connection, queue.length), when);
  };
  const publishMessage = (message: Message, when: 'frame' | 'now' = 'now') =>
    publish({ conversation: replaceMessage(conversation(), message) }, when);

  /** Runs a turn that fills `message`, which already stands in the conversation. */
  function answer(trigger: TurnInput['trigger'], message: Message, turnOptions: TurnOptions): Promise<TurnOutcome> {
    const key = turnKeys.get(message.id) ?? generateId();
    turnKeys.set(message.id, key);
    const asked = conversation();
    // An answer that is continued is part of what is sent; one that is still to come is not.
    const messages = trigger === 'continue' ? asked.messages : asked.messages.filter(({ id }) => id !== message.id);
    const turn = ports.openTurn({ conversation: { ...asked, messages }, trigger, turn: key }, turnOptions, {
      base: message,
      standing: () => messageById(conversation(), message.id) ?? message,
      arrival: status.arrival,
    });
    status.follow(turn.connection, { stream: 'chat', chat: options.id, turn: key, trigger });
    return run(turn, message, turnOptions.signal);
  }

  /** Reads a turn to its end; nothing else may run meanwhile. */
  function run(turn: Turn, base: Message, signal: AbortSignal | undefined): Promise<TurnOutcome> {
    const stopOnAbort = () => turn.stop();
    signal?.addEventListener('abort', stopOnAbort, { once: true });
    if (signal?.aborted) turn.stop();
    const unsubscribe = turn.connection.subscribe(() => publish({ connection: turn.connection.state }, 'now'));
    const done = follow(turn, base, () => {
      signal?.removeEventListener('abort', stopOnAbort);
      unsubscribe();
      running = undefined;
      last = { turn, base };
    }).finally(() => {
      // A callback may have started another turn already.
      if (running === undefined) queue.next();
    });
    running = { turn, done };
    return done;
  }

  /** `release` is called when the turn has ended, before the callbacks, which may want to send again. */
  async function follow(turn: Turn, base: Message, release: () => void): Promise<TurnOutcome> {
    const standing = () => messageById(conversation(), base.id) ?? base;
    for await (const update of turn.updates) {
      if (update.kind === 'chunks') {
        publishMessage(reduceMessage(update.replace ? base : standing(), update.chunks, clock.now()), 'frame');
        const { onChunk } = callbacks();
        if (onChunk !== undefined) for (const chunk of update.chunks) callSafely(onChunk, chunk);
        if (update.chunks.some(({ type }) => type === 'tool-call')) tools.run(standing());
        await options.onUpdate?.(update, standing());
        continue;
      }
      const { ending, error } = update;
      const cause = standing().error ?? (error && messageErrorOf(error, clock.now()));
      const message = endMessage(standing(), ending, clock.now(), cause);
      // A turn that is over asks for nothing again: only what was interrupted goes on under its key.
      if (ending !== 'interrupted') turnKeys.delete(base.id);
      publish({ conversation: replaceMessage(conversation(), message), connection: turn.connection.state }, 'now');
      release();
      const outcome = { status: ending, message, ...(error && { error }) };
      if (error) callSafely(callbacks().onError, error);
      callSafely(callbacks().onFinish, outcome);
      return continueIfAnswered(message, {}) ?? outcome;
    }
    throw new UsageError('disposed', 'The turn ended without saying how.');
  }

  const facts = () => ({ id: generateId(), createdAt: clock.now() });

  function askFrom(base: Conversation, question: string | SendInput, turnOptions: TurnOptions): Promise<TurnOutcome> {
    const { text, files, parts, metadata = {} } = typeof question === 'string' ? { text: question } : question;
    const asked = createMessage('user', facts());
    const user = { ...asked, metadata, parts: writtenParts(asked.id, text, files, parts) };
    const reply = createMessage('assistant', facts());
    publish({ conversation: appendMessages(base, user, reply) }, 'now');
    return answer('send', reply, turnOptions);
  }

  /** Goes on with an answer whose calls and questions were all answered while or after it ended. */
  function continueIfAnswered(message: Message, turnOptions: TurnOptions): Promise<TurnOutcome> | undefined {
    if (running !== undefined || message.id !== conversation().messages.at(-1)?.id) return undefined;
    const isOver = message.status === 'complete' || message.status === 'unconfirmed';
    const base = last?.base.id === message.id ? last.base : undefined;
    if (!isOver || !asksClient(message, base) || message.parts.some(isOpenPart)) return undefined;
    const next = continueMessage(message);
    publishMessage(next);
    return answer('continue', next, turnOptions);
  }

  /** Folds what the client has to say into the message it is about. */
  function amend(isAbout: (message: Message) => boolean, chunk: Chunk, turnOptions: TurnOptions): Promise<TurnOutcome> {
    const message = conversation().messages.findLast(isAbout);
    if (message === undefined) return refused;
    const amended = amendMessage(message, chunk, clock.now());
    publishMessage(amended);
    if (message.status === 'streaming' || message.status === 'pending') return refused;
    tools.run(amended);
    return continueIfAnswered(amended, turnOptions) ?? refused;
  }

  const chat: Chat = {
    id: options.id,
    getSnapshot: store.getSnapshot,
    getServerSnapshot: store.getServerSnapshot,
    subscribe: store.subscribe,
    status: {
      getSnapshot: status.getSnapshot,
      subscribe: status.subscribe,
      retryNow() {
        // An interrupted connection goes on only where somebody reads it again.
        if (status.getSnapshot().state.status === 'interrupted') void chat.resume();
        else status.retryNow();
      },
    },
    branches: {
      of: (messageId) => versionOf(conversation(), messageId),
      show(messageId, index) {
        refuseWhileRunning('branches.show');
        publish({ conversation: switchVersion(conversation(), placeBefore(conversation(), messageId), index) }, 'now');
      },
    },
    send: (input, turnOptions = {}) => queue.whenFree(() => askFrom(conversation(), input, turnOptions)),
    stop() {
      queue.drop();
      running?.turn.stop();
    },
    resume() {
      const standing = conversation().messages.at(-1);
      if (running !== undefined || standing?.status !== 'interrupted' || last?.base.id !== standing.id) return refused;
      const { turn, base } = last;
      turn.connection.retryNow();
      if (turn.connection.state.status !== 'connecting') return refused;
      const open = reopenMessage(standing, clock.now());
      publish({ conversation: replaceMessage(conversation(), open), connection: turn.connection.state }, 'now');
      return run(turn, base, undefined);
    },
    retry(turnOptions = {}) {
      const standing = conversation().messages.at(-1);
      if (standing?.role !== 'assistant' || running !== undefined) return refused;
      const again = emptied(standing);
      publishMessage(again);
      return answer('retry', again, turnOptions);
    },
    regenerate(messageId, turnOptions = {}) {
      return queue.whenFree(() => {
        const { messages } = conversation();
        const standing = messages.findLast(({ id, role }) =>
          messageId === undefined ? role === 'assistant' : id === messageId,
        );
        if (standing?.role !== 'assistant') return refused;
        const forked = forkAfter(conversation(), placeBefore(conversation(), standing.id));
        const reply = createMessage('assistant', { ...facts(), version: standing.version + 1 });
        publish({ conversation: appendMessages(forked, reply) }, 'now');
        return answer('regenerate', reply, turnOptions);
      });
    },
    edit(messageId, input, turnOptions = {}) {
      return queue.whenFree(() => {
        if (messageById(conversation(), messageId)?.role !== 'user') return refused;
        return askFrom(forkAfter(conversation(), placeBefore(conversation(), messageId)), input, turnOptions);
      });
    },
    addToolResult(callId, result, { error = false, ...turnOptions } = {}) {
      return amend(
        (message) => hasCall(message, callId),
        { type: 'tool-result', id: callId, result, error },
        turnOptions,
      );
    },
    approve(approvalId, approved, { reason, ...turnOptions } = {}) {
      const message = conversation().messages.findLast((candidate) => approvalIn(candidate, approvalId));
      const tool = message && approvalIn(message, approvalId)?.tool;
      const chunk: Chunk = {
        type: 'approval',
        id: approvalId,
        approved,
        ...(tool !== undefined && { tool }),
        ...(reason !== undefined && { reason }),
      };
      return amend((candidate) => candidate === message, chunk, turnOptions);
    },
    setMessages(messages) {
      refuseWhileRunning('setMessages');
      publish({ conversation: { id: options.id, messages, branches: [] } }, 'now');
    },
    dispose() {
      chat.stop();
    },
  };
  return chat;

  function refuseWhileRunning(method: string): void {
    if (running === undefined) return;
    throw new UsageError(
      'invalid-option',
      `${method}() was called while an answer streams, which would lose what arrives. Call stop() first, or wait for send() to resolve.`,
    );
  }
}
