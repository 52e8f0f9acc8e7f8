// One conversation and the turns that fill it: runs a turn, folds its chunks into the answer, publishes snapshots.
// What a turn is made of (transport, protocol, retries) is behind the `openTurn` port; ids and times come by port too.
import type { Clock } from '../base/clock.ts';
import { UsageError, type StreamError } from '../base/errors.ts';
import type { Connection, ConnectionState } from '../connection/connection-state.ts';
import {
  appendMessages,
  forkAfter,
  messageById,
  placeBefore,
  replaceMessage,
  switchVersion,
} from '../message/conversation.ts';
import type { Conversation, Message, MessageError, Part } from '../message/message.ts';
import { endMessage, reduceMessage } from '../message/reduce.ts';
import type { TurnInput } from '../protocol/adapter.ts';
import type { Chunk } from '../protocol/chunk.ts';
import { chatStatusOf, isBusyStatus, type ChatSnapshot } from './chat-snapshot.ts';
import { createStore } from './store.ts';
import type { Turn } from './turn.ts';

export interface SendInput {
  readonly text?: string;
  readonly files?: readonly {
    readonly mediaType: string;
    readonly url?: string;
    readonly base64?: string;
    readonly name?: string;
  }[];
  /** Further parts, after text and files. Ids are given to those without one. */
  readonly parts?: readonly Part[];
  readonly metadata?: Message['metadata'];
}

/** What applies to one turn only, on top of the chat's options. */
export interface TurnOptions {
  /** Merged over the protocol's body, shallowly. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborting stops the turn as `stop()` does. */
  readonly signal?: AbortSignal;
}

/** How a turn came out. `refused`: nothing was sent, because the chat was busy or the wait was ended by `stop()`. */
export interface TurnOutcome {
  readonly status: 'complete' | 'unconfirmed' | 'stopped' | 'interrupted' | 'failed' | 'refused';
  /** The answer; absent only when refused. */
  readonly message?: Message;
  readonly error?: StreamError;
}

export interface ChatCallbacks {
  /** Every chunk in order, once it is applied. */
  onChunk?(chunk: Chunk): void;
  /** The final message, whatever its status. */
  onFinish?(outcome: TurnOutcome & { readonly message: Message }): void;
  onError?(error: StreamError): void;
}

export interface ChatPorts {
  /** `standing`: the answer as it stands whenever it is asked, which a replay is laid behind. */
  openTurn(input: TurnInput, options: TurnOptions, standing: () => Message): Turn;
  readonly clock: Clock;
  /** A new id each call; deterministic where server and client must agree. */
  generateId(): string;
}

export interface ChatStoreOptions {
  readonly id: string;
  readonly initialMessages?: readonly Message[];
  /** What `send` does while a turn runs. Default `refuse`. */
  readonly whenBusy?: 'refuse' | 'queue' | 'interrupt';
  readonly throttleMs?: number;
  /** Read when it is needed, so the caller's latest functions are called. */
  readonly callbacks?: () => ChatCallbacks;
}

export interface Chat {
  readonly id: string;
  getSnapshot(): ChatSnapshot;
  getServerSnapshot(): ChatSnapshot;
  subscribe(listener: () => void): () => void;
  /** Never rejects: resolves when the turn has ended, with how it ended. */
  send(input: string | SendInput, options?: TurnOptions): Promise<TurnOutcome>;
  /** Ends the running turn and forgets what waits in the queue. The text stays, as `stopped`. */
  stop(): void;
  /** The same turn again, after `interrupted`, `failed` or `stopped`. */
  retry(options?: TurnOptions): Promise<TurnOutcome>;
  /** Another version of an answer; the standing one is kept. Default: the newest answer. */
  regenerate(messageId?: string, options?: TurnOptions): Promise<TurnOutcome>;
  /** Another version of a question, and its answer; what followed is kept. */
  edit(messageId: string, input: string | SendInput, options?: TurnOptions): Promise<TurnOutcome>;
  /** Shows another version of a message and what followed it. */
  showVersion(messageId: string, index: number): void;
  /** Replaces the messages and drops other versions. Throws a `UsageError` while a turn runs. */
  setMessages(messages: readonly Message[]): void;
  /** The running turn's connection. */
  readonly connection: Connection | undefined;
  /** Stops what runs; the chat keeps its messages and can be used again. */
  dispose(): void;
}

interface RunningTurn {
  readonly turn: Turn;
  readonly done: Promise<TurnOutcome>;
}

const idle: ConnectionState = { status: 'idle' };

export function createChatStore(ports: ChatPorts, options: ChatStoreOptions): Chat {
  const { clock, generateId } = ports;
  const { whenBusy = 'refuse', callbacks = (): ChatCallbacks => ({}) } = options;
  const store = createStore<ChatSnapshot>(
    snapshotOf({ id: options.id, messages: options.initialMessages ?? [], branches: [] }, idle, 0),
    { clock, throttleMs: options.throttleMs },
  );
  let running: RunningTurn | undefined;
  const waiting: { readonly start: () => void; readonly drop: () => void }[] = [];
  /** The idempotency key of the newest answer, so that a retry asks for the same generation. */
  const turnKeys = new Map<string, string>();

  const publish = (change: { conversation?: Conversation; connection?: ConnectionState }, when: 'frame' | 'now') => {
    const { current } = store;
    const { conversation, connection } = { ...current, ...change };
    const isSame =
      conversation === current.conversation && connection === current.connection && waiting.length === current.queued;
    // What was set for the next frame is due now, even where nothing is added to it.
    store.set(isSame ? current : snapshotOf(conversation, connection, waiting.length), when);
  };
  const conversation = () => store.current.conversation;

  function answer(trigger: TurnInput['trigger'], message: Message, turnOptions: TurnOptions): Promise<TurnOutcome> {
    const key = turnKeys.get(message.id) ?? generateId();
    turnKeys.set(message.id, key);
    const asked = conversation();
    const input = { ...asked, messages: asked.messages.filter(({ id }) => id !== message.id) };
    const standing = () => messageById(conversation(), message.id) ?? message;
    const turn = ports.openTurn({ conversation: input, trigger, turn: key }, turnOptions, standing);
    const stopOnAbort = () => turn.stop();
    turnOptions.signal?.addEventListener('abort', stopOnAbort, { once: true });
    if (turnOptions.signal?.aborted) turn.stop();
    const unsubscribe = turn.connection.subscribe(() => publish({ connection: turn.connection.state }, 'now'));
    const done = follow(turn, message.id, () => {
      turnOptions.signal?.removeEventListener('abort', stopOnAbort);
      unsubscribe();
      running = undefined;
    }).finally(() => {
      // A callback may have started another turn already.
      if (running === undefined) waiting.shift()?.start();
    });
    running = { turn, done };
    return done;
  }

  /** `release` is called when the turn has ended, before the callbacks, which may want to send again. */
  async function follow(turn: Turn, messageId: string, release: () => void): Promise<TurnOutcome> {
    const apply = (change: (message: Message) => Message, when: 'frame' | 'now'): Message => {
      const standing = messageById(conversation(), messageId);
      if (standing === undefined) throw new UsageError('disposed', 'The message that is being answered was removed.');
      const next = change(standing);
      publish({ conversation: replaceMessage(conversation(), next), connection: turn.connection.state }, when);
      return next;
    };
    /** What came since the answer was last looked at, to be folded in when it is. */
    let arrived: Chunk[] = [];
    let arrivedAt = 0;
    const fold = (snapshot: ChatSnapshot): ChatSnapshot => {
      const chunks = arrived;
      arrived = [];
      const standing = messageById(snapshot.conversation, messageId);
      if (standing === undefined) return snapshot;
      const next = replaceMessage(snapshot.conversation, reduceMessage(standing, chunks, arrivedAt));
      return snapshotOf(next, turn.connection.state, waiting.length);
    };
    for await (const update of turn.updates) {
      if (update.kind === 'chunks') {
        if (update.replace) {
          apply((message) => reduceMessage(blank(message), update.chunks, clock.now()), 'frame');
        } else if (arrived.length === 0) {
          arrived = [...update.chunks];
          arrivedAt = clock.now();
          store.defer(fold);
        } else {
          for (const chunk of update.chunks) arrived.push(chunk);
        }
        const { onChunk } = callbacks();
        if (onChunk !== undefined) for (const chunk of update.chunks) call(onChunk, chunk);
        continue;
      }
      const { ending, error } = update;
      const message = apply(
        (standing) => endMessage(standing, ending, clock.now(), standing.error ?? (error && errorOf(error))),
        'now',
      );
      release();
      const outcome = { status: ending, message, ...(error === undefined ? undefined : { error }) };
      const { onFinish, onError } = callbacks();
      if (error !== undefined && onError !== undefined) call(onError, error);
      if (onFinish !== undefined) call(onFinish, outcome);
      return outcome;
    }
    throw new UsageError('disposed', 'The turn ended without saying how.');
  }

  /** Runs `start` now, after what runs, or not at all, as `whenBusy` says. */
  function whenFree(start: () => Promise<TurnOutcome>): Promise<TurnOutcome> {
    if (running === undefined) return start();
    if (whenBusy === 'refuse') return Promise.resolve({ status: 'refused' });
    if (whenBusy === 'interrupt') {
      running.turn.stop();
      return running.done.then(start);
    }
    return new Promise((resolve) => {
      waiting.push({ start: () => resolve(start()), drop: () => resolve({ status: 'refused' }) });
      publish({}, 'now');
    });
  }

  function newMessage(role: Message['role'], facts: Partial<Message>): Message {
    return {
      id: generateId(),
      role,
      parts: [],
      status: role === 'assistant' ? 'pending' : 'complete',
      createdAt: clock.now(),
      metadata: {},
      version: 0,
      ...facts,
    };
  }

  function askFrom(base: Conversation, question: string | SendInput, turnOptions: TurnOptions): Promise<TurnOutcome> {
    const input = typeof question === 'string' ? { text: question } : question;
    const user = newMessage('user', { metadata: input.metadata ?? {} });
    const asked = { ...user, parts: partsOf(user.id, input) };
    const reply = newMessage('assistant', {});
    publish({ conversation: appendMessages(base, asked, reply) }, 'now');
    return answer('send', reply, turnOptions);
  }

  const chat: Chat = {
    id: options.id,
    getSnapshot: store.getSnapshot,
    getServerSnapshot: store.getServerSnapshot,
    subscribe: store.subscribe,
    get connection() {
      return running?.turn.connection;
    },
    send: (input, turnOptions = {}) => whenFree(() => askFrom(conversation(), input, turnOptions)),
    stop() {
      for (const { drop } of waiting.splice(0)) drop();
      running?.turn.stop();
    },
    retry(turnOptions = {}) {
      const last = conversation().messages.at(-1);
      if (last?.role !== 'assistant' || running !== undefined) return Promise.resolve({ status: 'refused' });
      const again = blank(last);
      publish({ conversation: replaceMessage(conversation(), again) }, 'now');
      return answer('retry', again, turnOptions);
    },
    regenerate(messageId, turnOptions = {}) {
      return whenFree(() => {
        const standing =
          messageId === undefined
            ? conversation().messages.findLast(({ role }) => role === 'assistant')
            : messageById(conversation(), messageId);
        if (standing?.role !== 'assistant') return Promise.resolve({ status: 'refused' });
        const reply = newMessage('assistant', { version: standing.version + 1 });
        const forked = forkAfter(conversation(), placeBefore(conversation(), standing.id));
        publish({ conversation: appendMessages(forked, reply) }, 'now');
        return answer('regenerate', reply, turnOptions);
      });
    },
    edit(messageId, input, turnOptions = {}) {
      return whenFree(() => {
        const standing = messageById(conversation(), messageId);
        if (standing?.role !== 'user') return Promise.resolve({ status: 'refused' });
        return askFrom(forkAfter(conversation(), placeBefore(conversation(), messageId)), input, turnOptions);
      });
    },
    showVersion(messageId, index) {
      refuseWhileRunning('showVersion');
      publish({ conversation: switchVersion(conversation(), placeBefore(conversation(), messageId), index) }, 'now');
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

function snapshotOf(conversation: Conversation, connection: ConnectionState, queued: number): ChatSnapshot {
  const last = conversation.messages.at(-1);
  const status = chatStatusOf(last);
  return { conversation, status, error: isBusyStatus(status) ? undefined : last?.error, connection, queued };
}

/** The message as it was before anything of it arrived. */
function blank({ id, role, createdAt, version }: Message): Message {
  return { id, role, parts: [], status: 'pending', createdAt, metadata: {}, version };
}

function partsOf(messageId: string, { text, files = [], parts = [] }: SendInput): readonly Part[] {
  const made: Part[] = [];
  if (text !== undefined && text !== '') made.push({ type: 'text', id: `${messageId}/0`, text, status: 'complete' });
  for (const file of files) made.push({ type: 'file', id: `${messageId}/${made.length}`, ...file });
  return [...made, ...parts];
}

function errorOf(error: StreamError): MessageError {
  const { code, message, retryable, status, remoteCode, details } = error;
  return {
    code,
    message,
    retryable,
    ...(status === undefined ? undefined : { status }),
    ...(remoteCode === undefined ? undefined : { remoteCode }),
    ...(details === undefined ? undefined : { details }),
  };
}

/** A caller's callback that throws is the caller's to see, and must not end the stream. */
function call<T>(callback: (value: T) => void, value: T): void {
  try {
    callback(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
