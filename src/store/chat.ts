// What a chat offers and what it is made of: the types between the chat store, who composes it and who reads it.
import type { Clock } from '../base/clock.ts';
import type { StreamError } from '../base/errors.ts';
import type { StatusSource } from '../connection/registry.ts';
import type { FilePart, Message, Part } from '../message/message.ts';
import type { MessageOf, MessageTypes, ToolCallId, ToolResultOf } from '../message/message-types.ts';
import type { TurnInput } from '../protocol/adapter.ts';
import type { Chunk } from '../protocol/chunk.ts';
import type { ChunkUpdate } from './answer.ts';
import type { ChatSnapshot } from './chat-snapshot.ts';
import type { Fact } from './facts.ts';
import type { ChatStorage, DraftStore } from './stored-chat.ts';
import type { Turn } from './turn.ts';

export interface SendInput<Types extends MessageTypes = MessageTypes> {
  readonly text?: string;
  readonly files?: readonly Omit<FilePart, 'type' | 'id'>[];
  /** Further parts, after text and files. */
  readonly parts?: readonly Part[];
  readonly metadata?: Partial<Types['metadata']>;
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
export interface TurnOutcome<M = Message> {
  readonly status: 'complete' | 'unconfirmed' | 'stopped' | 'interrupted' | 'failed' | 'refused';
  /** The answer; absent only when refused. */
  readonly message?: M;
  readonly error?: StreamError;
}

/** A call that the client is to run. Told apart by their names where schemas declare the tools. */
export type ClientToolCall<Types extends MessageTypes = MessageTypes> = {
  [Name in keyof Types['tools'] & string]: {
    readonly id: ToolCallId<Name>;
    readonly name: Name;
    readonly args: Types['tools'][Name]['args'];
    readonly message: MessageOf<Types>;
  };
}[keyof Types['tools'] & string];

export interface ChatCallbacks<Types extends MessageTypes = MessageTypes> {
  /** Every chunk in order, once it is applied. */
  onChunk?(chunk: Chunk): void;
  /**
   * Called once for each whole call that the client is to run. What it returns, or resolves to, is the result; what it
   * throws is the error the model is told. `undefined` leaves the call open for `addToolResult`.
   */
  onToolCall?(call: ClientToolCall<Types>): unknown;
  /** The final message, whatever its status. */
  onFinish?(outcome: TurnOutcome<MessageOf<Types>> & { readonly message: MessageOf<Types> }): void;
  onError?(error: StreamError): void;
  /** Told how requests went, for telemetry: times and counts, never content. */
  observe?(fact: Fact): void;
}

/** What a turn is told of its chat. */
export interface TurnContext {
  /** The answer as it was when the turn began: what a replay starts from. */
  readonly base: Message;
  /** The answer as it stands whenever it is asked, which a replay is laid behind. */
  standing(): Message;
  /** Told of every batch, for figures about quality. */
  arrival(chunks: number, bytes: number): void;
  /** The turn began on an earlier page: what it goes on after. */
  readonly resume: { readonly cursor?: string | undefined } | undefined;
}

export interface ChatPorts {
  openTurn(input: TurnInput, options: TurnOptions, context: TurnContext): Turn;
  readonly clock: Clock;
  /** A new id each call; deterministic where server and client must agree. */
  generateId(): string;
}

export interface ChatStoreOptions {
  readonly id: string;
  readonly initialMessages?: readonly Message[] | undefined;
  /** What `send` does while a turn runs. Default `refuse`. */
  readonly whenBusy?: 'refuse' | 'queue' | 'interrupt' | undefined;
  readonly throttleMs?: number | undefined;
  /** What becomes of an answer that was cut and cannot be gone on with. Default `keep`. */
  readonly onInterrupted?: 'keep' | 'restart' | undefined;
  /** Read when it is needed, so that the caller's latest functions are called. */
  readonly callbacks?: (() => ChatCallbacks) | undefined;
  /** Keeps the chat across reloads while it is held. */
  readonly storage?: ChatStorage | undefined;
  readonly report?: ((error: StreamError) => void) | undefined;
  /** Told of every update once it is applied. The turn reads on when the promise resolves. */
  readonly onUpdate?: ((update: ChunkUpdate, message: Message) => Promise<void> | undefined) | undefined;
}

/** The versions of one place in the conversation. */
export interface Branches {
  /** Which version of a message is shown, from 0, and how many there are. */
  of(messageId: string): { readonly index: number; readonly count: number };
  /** Shows another version of a message and what followed it. Throws a `UsageError` while a turn runs. */
  show(messageId: string, index: number): void;
}

export interface Chat<Types extends MessageTypes = MessageTypes> {
  readonly id: string;
  getSnapshot(): ChatSnapshot<MessageOf<Types>>;
  getServerSnapshot(): ChatSnapshot<MessageOf<Types>>;
  subscribe(listener: () => void): () => void;
  /** Never rejects: resolves when the turn has ended, with how it ended. */
  send(input: string | SendInput<Types>, options?: TurnOptions): Promise<TurnOutcome<MessageOf<Types>>>;
  /** Ends the running turn and forgets what waits in the queue. The text stays, as `stopped`. */
  stop(): void;
  /** The same turn again, after `interrupted`, `failed` or `stopped`. */
  retry(options?: TurnOptions): Promise<TurnOutcome<MessageOf<Types>>>;
  /**
   * Goes on with an answer that was interrupted, where the backend can: the same generation, after what stands. One that
   * the server paused (`finishReason` is `paused`) it asks to go on, in the same message.
   */
  resume(): Promise<TurnOutcome<MessageOf<Types>>>;
  /** Another version of an answer; the standing one is kept. Default: the newest answer. */
  regenerate(messageId?: string, options?: TurnOptions): Promise<TurnOutcome<MessageOf<Types>>>;
  /** Another version of a question, and its answer; what followed is kept. */
  edit(
    messageId: string,
    input: string | SendInput<Types>,
    options?: TurnOptions,
  ): Promise<TurnOutcome<MessageOf<Types>>>;
  /**
   * The result of a call that the client ran, or an error to tell the model. Once nothing of the answer is open any
   * more, it is continued, and the promise resolves with how that ended; else with `refused`.
   */
  addToolResult<Name extends keyof Types['tools'] & string>(
    callId: ToolCallId<Name>,
    result: ToolResultOf<Types, NoInfer<Name>>,
    options?: TurnOptions & { readonly error?: false },
  ): Promise<TurnOutcome<MessageOf<Types>>>;
  addToolResult(
    callId: string,
    error: unknown,
    options: TurnOptions & { readonly error: boolean },
  ): Promise<TurnOutcome<MessageOf<Types>>>;
  /** Answers an approval request, by its id; continues as `addToolResult` does. */
  approve(
    approvalId: string,
    approved: boolean,
    options?: TurnOptions & { readonly reason?: string },
  ): Promise<TurnOutcome<MessageOf<Types>>>;
  /** Replaces the messages and drops other versions. Throws a `UsageError` while a turn runs. */
  setMessages(messages: readonly MessageOf<Types>[]): void;
  readonly branches: Branches;
  /** How the chat's stream is doing, for `useConnectionStatus`: state, and figures over all its turns. */
  readonly status: StatusSource;
  /** What the reader has written and not sent. Stored with the chat where that persists. */
  readonly draft: DraftStore;
  /** Restores the chat from its storage and stores it as it changes, until the result is called. */
  hold(): () => void;
  /** Stops what runs; the chat keeps its messages and can be used again. */
  dispose(): void;
}
