// A conversation on real parts: the one place where a chat's defaults (transport, clock, environment, ids) have names.
import { UsageError } from '../base/errors.ts';
import { randomId } from '../base/random-id.ts';
import type { ConnectionLimits } from '../connection/attempt.ts';
import type { RetryPolicy } from '../connection/backoff.ts';
import type { Message } from '../message/message.ts';
import type { Adapter, RequestDraft, TurnInput } from '../protocol/adapter.ts';
import type { Chat, ChatCallbacks, TurnContext, TurnOptions } from '../store/chat.ts';
import { createChatStore } from '../store/chat-store.ts';
import type { OnDiagnostic } from '../store/diagnostics.ts';
import { runTurn, type Turn, type TurnLimits } from '../store/turn.ts';
import { fetchTransport } from '../transport/fetch.ts';
import type { Transport } from '../transport/transport.ts';
import { type Platform, platform as pagePlatform } from './platform.ts';
import { composeRequest, type RequestOptions } from './request.ts';

export interface ChatOptions extends RequestOptions, ChatCallbacks {
  /** The format the backend speaks, from `rivulet/protocols`. */
  readonly protocol: Adapter;
  /** How to reach it. Default: `fetchTransport()`, with `fetch` if given. */
  readonly transport?: Transport;
  /** Another `fetch` for the default transport. */
  readonly fetch?: typeof globalThis.fetch;
  /** Changes what the protocol drafted before it is sent: another path, a field of the body. Runs once an attempt. */
  readonly prepareRequest?: (draft: RequestDraft, input: TurnInput) => RequestDraft | Promise<RequestDraft>;
  /** Names the conversation to the backend. Default: a new random id. */
  readonly id?: string;
  readonly initialMessages?: readonly Message[];
  /** What `send` does while a turn runs. Default `refuse`. */
  readonly whenBusy?: 'refuse' | 'queue' | 'interrupt';
  /** Least time between two renders while tokens arrive. Default 0: every animation frame. */
  readonly throttleMs?: number;
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

/** A chat whose options can change: what it is to use from the next turn on. */
export interface ConfigurableChat extends Chat {
  /** `id`, `initialMessages`, `whenBusy`, `throttleMs`, `generateId` and `platform` stay as they were. */
  configure(options: ChatOptions): void;
}

/** A conversation that lives outside of any component. */
export function createChat(first: ChatOptions): ConfigurableChat {
  check(first);
  let current = first;
  const platform = { ...pagePlatform(), ...first.platform };
  const { clock } = platform;
  const generateId = first.generateId ?? randomId;

  function openTurn(input: TurnInput, turnOptions: TurnOptions, { base, standing, arrival }: TurnContext): Turn {
    const options = current;
    const transport = transportOf(options);
    return runTurn({
      ...platform,
      adapter: options.protocol,
      input,
      transport,
      base,
      standing,
      onArrival: arrival,
      limits: options.limits,
      retry: options.retry,
      idempotent: options.idempotent,
      resumeHeaders: options.resumeHeaders,
      canRefresh: typeof options.headers === 'function',
      onDiagnostic: options.onDiagnostic,
      async buildRequest(draft, context) {
        const prepared = options.prepareRequest ? await options.prepareRequest(draft, input) : draft;
        return composeRequest({ draft: prepared, options, turnOptions, adapter: options.protocol }, context);
      },
    });
  }

  const chat = createChatStore(
    { openTurn, clock, generateId },
    {
      id: first.id ?? generateId(),
      initialMessages: first.initialMessages,
      whenBusy: first.whenBusy,
      throttleMs: first.throttleMs,
      callbacks: () => current,
    },
  );
  return Object.assign(chat, {
    configure(next: ChatOptions) {
      check(next);
      current = next;
    },
  });
}

function transportOf({ transport, fetch }: ChatOptions): Transport {
  return transport ?? fetchTransport(fetch === undefined ? {} : { fetch });
}

/** Thrown where the mistake was made, not when the first message is sent. */
function check({ url, transport, protocol }: ChatOptions): void {
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
