// What a connection is doing, as a value to show, and the contract between a connection and the store that reads it.
import type { StreamError } from '../base/errors.ts';
import type { FrameBatch, TransportEnd, TransportRequest, TransportResponse } from '../transport/transport.ts';

/**
 * | status      | entered when                                             | leaves to                                   |
 * | ----------- | -------------------------------------------------------- | ------------------------------------------- |
 * | idle        | made, not started                                        | connecting, offline                         |
 * | connecting  | a request is on its way                                  | open, waiting, offline, interrupted, closed |
 * | open        | the head of the reply arrived                            | stalled, waiting, offline, interrupted, closed |
 * | stalled     | no byte for the silence limit; the attempt still lives   | open, waiting, interrupted, closed          |
 * | waiting     | the attempt failed; another one is due at `retryAt`      | connecting, offline, closed                 |
 * | offline     | the browser says so and no attempt lives                 | connecting, closed                          |
 * | interrupted | resuming was given up or is impossible                   | connecting (by hand), closed                |
 * | closed      | the end: complete, stopped, or failed                    | -                                           |
 */
export type ConnectionState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting'; readonly attempt: number }
  | { readonly status: 'open'; readonly attempt: number }
  | { readonly status: 'stalled'; readonly attempt: number; readonly lastByteAt: number }
  | {
      readonly status: 'waiting';
      /** The attempt that is due, counted from 1 since the last new chunk. */
      readonly attempt: number;
      readonly retryAt: number;
      readonly cause: StreamError;
    }
  | { readonly status: 'offline'; readonly cause?: StreamError }
  | { readonly status: 'interrupted'; readonly cause: StreamError }
  | { readonly status: 'closed'; readonly reason: CloseReason };

export type CloseReason =
  | { readonly kind: 'complete' }
  /** The format ends by end of file and the file ended: a clean cut looks the same. */
  | { readonly kind: 'unconfirmed' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: StreamError };

export type ConnectionStatus = ConnectionState['status'];

/** What the store pulls, in order. Every item of an attempt that was given up is dropped before it gets here. */
export type ConnectionItem =
  | {
      readonly kind: 'open';
      readonly attempt: number;
      readonly response: TransportResponse;
      /**
       * `first`: nothing was applied before. `continue`: the decoder's state goes on where the cursor stands.
       * `replay`: the server starts from the beginning, so the decoder starts fresh and applies behind the visible text.
       */
      readonly mode: 'first' | 'continue' | 'replay';
    }
  | ({ readonly kind: 'batch' } & Pick<FrameBatch, 'frames' | 'bytes'>)
  /** The attempt ended without a terminal chunk. Answer with `complete` or `resumeWith` before pulling on; else it counts as cut and cannot be resumed. */
  | { readonly kind: 'end'; readonly why: TransportEnd }
  /** The attempt failed. Answer with `resumeWith` before pulling on where the protocol can resume. */
  | { readonly kind: 'lost'; readonly cause: StreamError };

/** What a transport is asked for; the signal is the connection's own, fresh for each attempt. */
export type ConnectionRequest = Omit<TransportRequest, 'signal'>;

export interface AttemptContext {
  /** Counted from 1 since the last new chunk. */
  readonly attempt: number;
  /** The last attempt was answered with 401: credentials that were kept are stale. */
  readonly refresh: boolean;
}

/** Makes the request of one attempt. Runs again for each, so that credentials are never older than their attempt. */
export type RequestSource = (context: AttemptContext) => ConnectionRequest | Promise<ConnectionRequest>;

/** How to go on after an attempt was lost. */
export interface Resumption {
  readonly request: RequestSource;
  readonly mode: 'continue' | 'replay';
  /** Why an attempt that still lives is given up. Not needed when answering `end` or `lost`. */
  readonly cause?: StreamError;
}

export interface Connection {
  readonly state: ConnectionState;
  subscribe(listener: () => void): () => void;
  /**
   * Iterating starts the first attempt, and leaving the loop stops it. Ends when the connection is closed or interrupted.
   * Can be iterated once, and once more each time that `retryNow` set an interrupted connection going again.
   */
  readonly items: AsyncIterable<ConnectionItem>;
  /** New chunks up to here are applied: the retry count starts over, and what is resumed is resumed after this. */
  commit(cursor?: string): void;
  /** A terminal chunk was applied, or the adapter says that this end of file is the end. `stopped`: the server gave it up. */
  complete(kind?: 'complete' | 'unconfirmed' | 'stopped'): void;
  /** Gives up the present attempt, if one lives, and makes the next one with this request. `undefined`: it cannot be resumed. */
  resumeWith(resumption: Resumption | undefined): void;
  /** A heartbeat that only the protocol could recognise. Comments are recognised here. */
  beat(): void;
  /** Sends one more message on the attempt that lives; `false` where the transport cannot, or none lives. */
  send(message: string): boolean;
  /**
   * Tries at once instead of at `retryAt`, also when the browser says that it is offline. After `interrupted` the state
   * becomes `connecting` and `items` can be iterated again; where there is nothing to resume with, nothing happens.
   */
  retryNow(): void;
  /** Wins over everything: aborts, and closes as `stopped`. Safe to call at any time, any number of times. */
  stop(): void;
  /** Ends in `interrupted`, aborting what lives: the reader found that what is missing cannot be had. */
  interrupt(cause: StreamError): void;
  /** Ends in `failed`, aborting what lives: the reader found something that no attempt can mend. */
  fail(error: StreamError): void;
}
