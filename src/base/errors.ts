// Every error the kit makes: one brand, one closed list of codes, one family per layer that can fail.

/** Thrown at once to the caller that made the mistake; never stored in a message or a connection. */
export type UsageErrorCode = 'missing-provider' | 'missing-peer' | 'invalid-option' | 'disposed';

/**
 * The way to the server failed. The retry policy sees these first; what it cannot mend reaches the message.
 * `option-failed`: code of the caller's that makes the request threw; `field` names the option, and it is not tried again.
 */
export type TransportErrorCode =
  | 'option-failed'
  | 'connect-failed'
  | 'connection-limit'
  | 'http-status'
  | 'unauthorized'
  | 'redirected'
  | 'wrong-content-type'
  | 'headers-timeout'
  | 'idle-timeout'
  | 'deadline'
  | 'empty-stream'
  | 'closed-early'
  | 'retries-exhausted';

/** The bytes were not what their framing promises. `malformed-frame` is reported and skipped; `buffer-exceeded` ends the stream. */
export type WireErrorCode = 'malformed-frame' | 'buffer-exceeded';

/** The frames were not what their protocol promises. Only a lasting `gap` ends the stream. */
export type ProtocolErrorCode = 'unknown-chunk' | 'invalid-chunk' | 'gap';

/** The server said so inside the stream. Part of the message; never retried silently. */
export type RemoteErrorCode = 'failed' | 'rate-limited' | 'refused';

export type StreamErrorCode = UsageErrorCode | TransportErrorCode | WireErrorCode | ProtocolErrorCode | RemoteErrorCode;

export interface StreamErrorOptions {
  /** Whether doing the same again may succeed. */
  readonly retryable?: boolean;
  /** The foreign error this one stands for. */
  readonly cause?: unknown;
  /** HTTP status, where one was received. */
  readonly status?: number;
  /** The least time to wait before trying again, as the server asked. */
  readonly retryAfterMs?: number;
  /** The server's own code, as it named it. */
  readonly remoteCode?: string;
  /** The field of a frame that does not fit, or the option that threw. */
  readonly field?: string;
  /** A few characters of what was received, for a developer's eye; never part of `message`. */
  readonly excerpt?: string;
  /** What the server sent along, checked by nobody. */
  readonly details?: unknown;
}

const brand: unique symbol = Symbol.for('rivulet.stream-error') as never;

/**
 * Base of every error the kit throws, stores or reports. Decide by `code`, never by `message`.
 * Messages say what happened, why it matters and what to do; they hold no content, header or token.
 */
export class StreamError<Code extends StreamErrorCode = StreamErrorCode> extends Error {
  readonly code: Code;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly remoteCode: string | undefined;
  readonly field: string | undefined;
  readonly excerpt: string | undefined;
  readonly details: unknown;

  constructor(code: Code, message: string, options: StreamErrorOptions = {}) {
    super(`Rivulet: ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.remoteCode = options.remoteCode;
    this.field = options.field;
    this.excerpt = options.excerpt;
    this.details = options.details;
    Object.defineProperty(this, brand, { value: true });
  }
}

export class UsageError extends StreamError<UsageErrorCode> {}

export class TransportError extends StreamError<TransportErrorCode> {}

export class WireError extends StreamError<WireErrorCode> {}

export class ProtocolError extends StreamError<ProtocolErrorCode> {}

export class RemoteError extends StreamError<RemoteErrorCode> {}

/** True for an error of this kit, also one made by another copy of it in the same page. */
export function isStreamError(value: unknown): value is StreamError {
  return typeof value === 'object' && value !== null && brand in value;
}
