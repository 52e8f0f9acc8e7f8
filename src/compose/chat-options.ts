// What a chat is made of, as its user says it.
import { UsageError } from '../base/errors.ts';
import type { ConnectionLimits } from '../connection/attempt.ts';
import type { RetryPolicy } from '../connection/backoff.ts';
import type { MessageOf, MessageTypes } from '../message/message-types.ts';
import type { Adapter, RequestDraft, TurnInput } from '../protocol/adapter.ts';
import type { ChatCallbacks } from '../store/chat.ts';
import type { OnDiagnostic } from '../store/diagnostics.ts';
import type { ChatStorage } from '../store/stored-chat.ts';
import type { TurnLimits } from '../store/turn-options.ts';
import type { Transport } from '../transport/transport.ts';
import type { ChatSchemas } from './chat-schemas.ts';
import type { Platform } from './platform.ts';
import type { RequestOptions } from './request.ts';

export interface ChatOptions<Types extends MessageTypes = MessageTypes> extends RequestOptions, ChatCallbacks<Types> {
  /** The format the backend speaks, from `rivulet/protocols`. */
  readonly protocol: Adapter;
  /** How to reach it. Default: `fetchTransport()`, with `fetch` if given. */
  readonly transport?: Transport;
  /** Another `fetch` for the default transport. */
  readonly fetch?: typeof globalThis.fetch;
  /** Changes what the protocol drafted before it is sent: another path, a field of the body. Runs once an attempt; what it throws ends the turn. */
  readonly prepareRequest?: (draft: RequestDraft, input: TurnInput) => RequestDraft | Promise<RequestDraft>;
  /**
   * What the tools, the data parts and the metadata of this chat are: made by `chatSchemas`. Types its messages, and checks
   * what the server sends.
   */
  readonly schemas?: ChatSchemas<Types>;
  /** Names the conversation to the backend. Default: a new random id. */
  readonly id?: string;
  readonly initialMessages?: readonly MessageOf<Types>[];
  /** What `send` does while a turn runs. Default `refuse`. */
  readonly whenBusy?: 'refuse' | 'queue' | 'interrupt';
  /**
   * What becomes of an answer that was cut, where its server cannot resume. `keep` (default): it stays `interrupted`, and
   * `retry()` asks again. `restart`: a new version of it is asked for at once, up to three times, and takes its place when
   * that is whole; the cut one stays among its versions. Each is a generation of its own, which may cost.
   */
  readonly onInterrupted?: 'keep' | 'restart';
  /** Least time between two renders while tokens arrive. Default 0: every animation frame. */
  readonly throttleMs?: number;
  /**
   * Keeps the chat across reloads, also in the middle of an answer: `localChatStorage()`, or `chatStorage()` over a store
   * of your own. Needs an `id` that is the same after a reload. Read in an effect of `useChatStream`, or by `hold()` of a
   * chat that lives outside of components. Default `false`.
   */
  readonly persist?: ChatStorage | false;
  /** Ids of messages and turns. Default: random ones. */
  readonly generateId?: () => string;
  /** The server answers a repeated `Idempotency-Key` with the same generation. Default: what the protocol declares. */
  readonly idempotent?: boolean;
  /** Headers the server resumes by, besides those the protocol declares. */
  readonly resumeHeaders?: Adapter['resumeHeaders'];
  readonly limits?: Partial<ConnectionLimits & TurnLimits>;
  readonly retry?: Partial<RetryPolicy>;
  /** Faults that end nothing: frames that were skipped, kinds that are not known. Each kind once a turn. */
  readonly onDiagnostic?: OnDiagnostic;
  /** Time, chance and surroundings, for tests. Default: the page's. */
  readonly platform?: Partial<Platform>;
}

/** Thrown where the mistake was made, not when the first message is sent. */
export function checkChatOptions({
  url,
  transport,
  protocol,
}: Pick<ChatOptions, 'url' | 'transport' | 'protocol'>): void {
  if (url === undefined && transport === undefined) {
    throw new UsageError(
      'invalid-option',
      'A chat needs `url`, where the backend listens, or `transport`, which knows it. Neither was given.',
    );
  }
  if (typeof protocol?.read !== 'function') {
    throw new UsageError(
      'invalid-option',
      'A chat needs `protocol`, the format its backend speaks. Take one from `rivulet/protocols`, such as `namedEvents()`.',
    );
  }
}
