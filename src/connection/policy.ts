// What a failure means for the attempts to come: pure tables over statuses, close codes and error codes.
import { isStreamError, RemoteError, type StreamError, TransportError } from '../base/errors.ts';
import { isObject } from '../base/is-object.ts';
import { mayAnswerLater } from '../base/rejection-error.ts';
import { retryAfterOf } from '../base/retry-after.ts';
import type { RejectedResponse, TransportEnd } from '../transport/transport.ts';

export type Verdict =
  /** Another attempt may succeed, after a delay. */
  | 'retry'
  /** Fresh credentials may help, once. */
  | 'refresh'
  /** The request itself is wrong: no attempt can mend it. */
  | 'fatal'
  /** Nothing is wrong, and there is nothing to go on with either. */
  | 'over';

/** 400, 403, 404, 409, 410, 413, 422 and whatever else is neither listed nor a server's own failure are fatal. */
export function judgeStatus(status: number): Verdict {
  if (status === 204) return 'over';
  if (status === 401) return 'refresh';
  return mayAnswerLater(status) ? 'retry' : 'fatal';
}

/** What one attempt came to, when it was not the end of everything. */
export interface Outcome {
  readonly cause: StreamError;
  readonly verdict: Verdict;
  /** A minimum that the server set for the next attempt. */
  readonly askedMs?: number | undefined;
}

export interface FailedAttempt {
  readonly method: string;
  /** It was to go on with what an earlier attempt began. */
  readonly resuming: boolean;
}

export function judgeError(error: StreamError, { method, resuming }: FailedAttempt): Verdict {
  switch (error.code) {
    case 'http-status':
      return judgeStatus(error.status ?? 500);
    case 'unauthorized':
      return 'refresh';
    // A sign-in page or a gateway's error page. On a POST the answer is being made all the same, so asking again would
    // make another; a GET makes nothing, and while resuming it is what a server says that is just restarting.
    case 'wrong-content-type':
      return resuming || method === 'GET' ? 'retry' : 'fatal';
    case 'connect-failed':
    case 'connection-limit':
    case 'headers-timeout':
    case 'idle-timeout':
    case 'closed-early':
    case 'empty-stream':
    case 'gap':
      return 'retry';
    case 'deadline':
    case 'retries-exhausted':
      return 'over';
    case 'failed':
    case 'rate-limited':
    case 'refused':
      return error.retryable ? 'retry' : 'fatal';
    default:
      return 'fatal';
  }
}

/** An attempt that brought no stream, with the protocol's reading of what the server said instead. */
export function judgeRefusal(
  error: StreamError,
  verdict: Verdict,
  explain: ((response: RejectedResponse) => StreamError) | undefined,
  now: number,
): Outcome {
  const askedMs = retryAfterMs(error, now);
  const response = rejectedResponse(error);
  if (!response || !explain) return { cause: error, verdict, askedMs };
  const explained = explain(response);
  // Only what would be retried can be told to be hopeless; a fatal status stays fatal.
  const hopeless = verdict === 'retry' && !explained.retryable;
  return { cause: explained, verdict: hopeless ? 'fatal' : verdict, askedMs: explained.retryAfterMs ?? askedMs };
}

export interface JudgedClose {
  /** `end`: a clean end of stream, as an end of file is. */
  readonly verdict: Verdict | 'end';
  /** The server said no before it answered: asking again cannot make a second answer. */
  readonly refusal: boolean;
}

/**
 * | code                                   | verdict | refusal       |
 * | -------------------------------------- | ------- | ------------- |
 * | end of file, 1000, 1005 (no code)      | end     |               |
 * | 1002, 1003, 1007 to 1010               | fatal   |               |
 * | 1013 (try again later), 4408, 4429     | retry   | yes           |
 * | 4401                                   | refresh | yes           |
 * | 4400 to 4499 otherwise                 | fatal   |               |
 * | 1001, 1006, 1011, 1012, any other      | retry   |               |
 */
export function judgeEnd(end: TransportEnd): JudgedClose {
  if (end.kind === 'eof') return { verdict: 'end', refusal: false };
  const { code } = end;
  if (code === 1000 || code === 1005) return { verdict: 'end', refusal: false };
  if (code === 4401) return { verdict: 'refresh', refusal: true };
  if (code === 1013 || code === 4408 || code === 4429) return { verdict: 'retry', refusal: true };
  const fatal = code === 1002 || code === 1003 || (code >= 1007 && code <= 1010) || (code >= 4400 && code <= 4499);
  return { verdict: fatal ? 'fatal' : 'retry', refusal: false };
}

/** The error a socket's close stands for, where it is more than an end of stream. */
export function closeError(end: Extract<TransportEnd, { kind: 'close' }>): StreamError {
  const { code, reason } = end;
  const { verdict } = judgeEnd(end);
  const options = {
    details: end,
    excerpt: reason.slice(0, 120),
    remoteCode: String(code),
    retryable: verdict === 'retry',
  };
  const closed = `The server closed the socket with ${code}`;
  if (verdict === 'refresh') return new TransportError('unauthorized', `${closed}: it asks for credentials.`, options);
  if (verdict === 'fatal') return new RemoteError('failed', `${closed}, which no retry mends.`, options);
  return code === 4429
    ? new RemoteError('rate-limited', `${closed}: too many requests. It is tried again later.`, options)
    : new TransportError('connect-failed', `${closed} before the answer was whole. It is tried again.`, options);
}

/** The server is there but has no room: what a banner calls busy. */
export function isBusy(cause: StreamError): boolean {
  return cause.code === 'rate-limited' || cause.status === 429 || cause.status === 503 || cause.remoteCode === '1013';
}

/** The reply that came instead of a stream, where the transport handed one over. */
export function rejectedResponse(error: StreamError): RejectedResponse | undefined {
  const details: unknown = error.details;
  if (!isObject(details)) return undefined;
  const { status, headers, body } = details;
  if (typeof status !== 'number' || !isObject(headers)) return undefined;
  return typeof body === 'string' ? { status, headers: headers as RejectedResponse['headers'], body } : undefined;
}

/** The least delay the server asked for: what the error already carries, else what the reply's headers say. */
export function retryAfterMs(error: StreamError, now: number): number | undefined {
  if (error.retryAfterMs !== undefined) return Math.max(0, error.retryAfterMs);
  return retryAfterOf(rejectedResponse(error)?.headers ?? {}, () => now);
}

/** A foreign throw becomes one of ours where it enters; our own pass through. */
export function toStreamError(thrown: unknown): StreamError {
  if (isStreamError(thrown)) return thrown;
  return new TransportError('connect-failed', 'The connection failed. It is tried again unless it was given up.', {
    cause: thrown,
    retryable: true,
  });
}
