// One conversation and what can be done with it: asking, asking again, answering tools and approvals, other versions.
// Running the turns is `turn-runner`'s; ids and times come by port.
import { UsageError } from '../base/errors.ts';
import {
  appendMessages,
  forkAfter,
  messageById,
  placeBefore,
  switchVersion,
  versionOf,
} from '../message/conversation.ts';
import { createMessage, emptied, writtenParts } from '../message/make-message.ts';
import type { Conversation, Message } from '../message/message.ts';
import { amendMessage } from '../message/reduce.ts';
import type { Chunk } from '../protocol/chunk.ts';
import type { Chat, ChatCallbacks, ChatPorts, ChatStoreOptions, SendInput, TurnOptions, TurnOutcome } from './chat.ts';
import { createChatState } from './chat-state.ts';
import { approvalIn, hasCall } from './client-asks.ts';
import { createClientTools } from './client-tools.ts';
import { createDraftStore } from './stored-chat.ts';
import { createStreamStatus } from './stream-status.ts';
import { createTurnQueue, refused, type TurnQueue } from './turn-queue.ts';
import { createTurnRunner } from './turn-runner.ts';

export function createChatStore(ports: ChatPorts, options: ChatStoreOptions): Chat {
  const { clock, generateId } = ports;
  const { callbacks = (): ChatCallbacks => ({}) } = options;
  const initial: Conversation = { id: options.id, messages: options.initialMessages ?? [], branches: [] };
  const status = createStreamStatus(clock, () => callbacks().observe);
  const tools = createClientTools(
    () => callbacks().onToolCall,
    ({ callId, result, error }) => void chat.addToolResult(callId, result, { error }),
  );
  const state = createChatState(initial, clock, options.throttleMs, () => queue.length);
  const { store, publish, publishMessage } = state;
  const conversation = () => state.conversation;
  const facts = () => ({ id: generateId(), createdAt: clock.now() });
  const queue: TurnQueue = createTurnQueue(
    options.whenBusy,
    () => runner.running,
    () => publish({}),
  );
  const runner = createTurnRunner({
    ...options,
    ports,
    state,
    status,
    tools,
    callbacks,
    facts,
    onFree: () => queue.next(),
  });
  const { answer, continueIfAnswered } = runner;
  const draft = createDraftStore();
  /** The conversation as it was made or restored. */
  let untouched = initial;

  function hold(): () => void {
    if (options.storage === undefined) return () => undefined;
    return options.storage.hold({
      id: options.id,
      clock,
      content: () => ({ conversation: conversation(), pending: runner.pending, draft: draft.getSnapshot() }),
      subscribe(listener) {
        const leaves = [store.subscribe(listener), draft.subscribe(listener)];
        return () => {
          for (const leave of leaves) leave();
        };
      },
      get running() {
        return runner.running?.done;
      },
      get isUntouched() {
        return conversation() === untouched;
      },
      restore({ conversation: restored, pending, draft: text }) {
        untouched = restored;
        if (pending !== undefined) runner.adopt(pending);
        if (draft.getSnapshot() === '') draft.set(text);
        publish({ conversation: restored });
      },
      resume: () => void runner.resume(),
      report: (error) => options.report?.(error),
    });
  }

  function askFrom(base: Conversation, question: string | SendInput, turnOptions: TurnOptions): Promise<TurnOutcome> {
    const { text, files, parts, metadata = {} } = typeof question === 'string' ? { text: question } : question;
    const asked = createMessage('user', facts());
    const user = { ...asked, metadata, parts: writtenParts(asked.id, text, files, parts) };
    const reply = createMessage('assistant', facts());
    publish({ conversation: appendMessages(base, user, reply) });
    return answer('send', reply, turnOptions);
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
        publish({ conversation: switchVersion(conversation(), placeBefore(conversation(), messageId), index) });
      },
    },
    send: (input, turnOptions = {}) => queue.whenFree(() => askFrom(conversation(), input, turnOptions)),
    stop() {
      queue.drop();
      runner.running?.turn.stop();
    },
    resume: () => runner.resume(true),
    retry(turnOptions = {}) {
      const standing = conversation().messages.at(-1);
      if (standing?.role !== 'assistant' || runner.running !== undefined) return refused;
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
        publish({ conversation: appendMessages(forked, reply) });
        return answer('regenerate', reply, turnOptions);
      });
    },
    edit(messageId, input, turnOptions = {}) {
      return queue.whenFree(() => {
        if (messageById(conversation(), messageId)?.role !== 'user') return refused;
        return askFrom(forkAfter(conversation(), placeBefore(conversation(), messageId)), input, turnOptions);
      });
    },
    addToolResult(
      callId: string,
      result: unknown,
      { error = false, ...turnOptions }: TurnOptions & { readonly error?: boolean } = {},
    ) {
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
      publish({ conversation: { id: options.id, messages, branches: [] } });
    },
    draft,
    hold,
    dispose() {
      chat.stop();
    },
  };
  return chat;

  function refuseWhileRunning(method: string): void {
    if (runner.running === undefined) return;
    throw new UsageError(
      'invalid-option',
      `${method}() was called while an answer streams, which would lose what arrives. Call stop() first, or wait for send() to resolve.`,
    );
  }
}
