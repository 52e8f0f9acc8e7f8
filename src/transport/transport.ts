// The transport port: open one connection, hand over what arrives, never retry. Decoding bytes into frames is `wire`,
// deciding what to do when the connection ends is `connection`.
import type { Frame, Framing } from '../wire/frame.ts';

export interface TransportRequest {
  readonly url: string;
  /** Default `GET`. */
  readonly method?: string;
  /** Lower-case names. A WebSocket cannot send them and says so once, through the error of `open`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A string goes out as it is; a socket sends it as its first message. */
  readonly body?: string;
  /** As in `fetch`. Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** Aborting ends the connection and its batches. */
  readonly signal: AbortSignal;
  /** Framings the reader understands, best first. The content type picks among them. Default `['sse']`. */
  readonly framings?: readonly Framing[];
  /** A record larger than this ends the connection with `buffer-exceeded`. Default 8 MB. */
  readonly maxFrameBytes?: number;
}

/** What is known once the connection stands: the reply's head, or a socket's handshake (status 101). */
export interface TransportResponse {
  readonly status: number;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly framing: Framing;
}

/** How a connection that was not aborted came to its end. */
export type TransportEnd =
  | { readonly kind: 'eof' }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string; readonly clean: boolean };

/** One read: the frames that its bytes completed, in order. A read that completed none is still a sign of life. */
export interface FrameBatch {
  readonly frames: readonly Frame[];
  readonly bytes: number;
  /** Only on the last batch. */
  readonly end?: TransportEnd;
}

export interface TransportConnection {
  readonly response: TransportResponse;
  /**
   * Can be iterated once. The source is read only when the next batch is asked for, so a reader that waits is felt by
   * the server. Leaving the loop closes the connection. A network failure throws a `TransportError`, a bad byte stream
   * a `WireError`; an abort ends the iteration without an error.
   */
  readonly batches: AsyncIterable<FrameBatch>;
  /** Sends one more message on the same turn (a cancel, say). Only sockets have it. */
  send?(message: string): void;
}

/** The body of a reply that was not a stream, read whole (bounded), for the adapter's `reject`. */
export interface RejectedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Transport {
  readonly name: string;
  /** Its streams are messages of sockets, which browsers do not count among the few requests an origin may have open. */
  readonly isSocket?: boolean;
  /**
   * Resolves once the connection stands. Rejects with a `TransportError` otherwise; for a reply that is no stream
   * (`http-status`, `unauthorized`, `wrong-content-type`) its `details` is the `RejectedResponse`.
   */
  open(request: TransportRequest): Promise<TransportConnection>;
  /** What the server sent while no turn was open, for transports that stay connected between turns. */
  pushes?(signal: AbortSignal): AsyncIterable<FrameBatch>;
  /** Closes what is kept open between turns. */
  dispose?(): void;
}
