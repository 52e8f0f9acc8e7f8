// What the WebSocket transport can be told, and what it needs of a WebSocket.
import type { Clock } from '../base/clock.ts';
import type { Frame } from '../wire/frame.ts';
import type { TransportRequest } from './transport.ts';

/** The part of the platform's `WebSocket` that is used. */
export interface WebSocketLike {
  binaryType: string;
  readonly protocol: string;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: SocketMessage) => void): void;
  addEventListener(type: 'close', listener: (event: SocketClose) => void): void;
}

export interface SocketMessage {
  readonly data: unknown;
}

export interface SocketClose {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

export type WebSocketConstructor = new (url: string, protocols?: string[]) => WebSocketLike;

/** Lets several turns share the socket at once: every message of a turn carries the turn's id, in both directions. */
export interface Multiplex {
  /** Puts the id into a message that goes out. */
  tag(message: string, id: string): string;
  /** The id in a message that came in; `undefined`: it belongs to no turn. */
  idOf(frame: Frame): string | undefined;
}

export interface WebSocketPing {
  /** What to send when nothing was received for `everyMs`. */
  readonly message: string | (() => string);
  readonly everyMs: number;
  /** How long anything may take to come back before the socket counts as dead. Default: `everyMs`. */
  readonly timeoutMs?: number;
  /** Tells the answers, which are then not handed on as frames. Default: everything is handed on. */
  readonly isPong?: (frame: Frame) => boolean;
}

/** What `url`, `protocols`, `firstMessage` and `multiplex` throw ends the turn with `option-failed`, as `headers` would. */
export interface WebSocketTransportOptions {
  /** Default: the platform's, looked up when a socket is made. */
  readonly WebSocket?: WebSocketConstructor;
  /**
   * Where to connect to, asked each time a socket is made: the place for a short-lived token. Default: the url of the
   * request, `http` becoming `ws` and `https` becoming `wss`.
   */
  readonly url?: (request: TransportRequest) => string | Promise<string>;
  /** Subprotocols, also a way to authenticate. Asked each time a socket is made. */
  readonly protocols?:
    | readonly string[]
    | ((request: TransportRequest) => readonly string[] | Promise<readonly string[]>);
  /** Sent on every new socket before anything else, to authenticate. */
  readonly firstMessage?: string | ((request: TransportRequest) => string | Promise<string>);
  /** Tells the message by which the server accepts the first one; until then no turn begins. Default: none is waited for. */
  readonly isReady?: (frame: Frame) => boolean;
  /**
   * Default: one turn at a time, the next one waits for its end. Where this is set turns run side by side; the name of
   * a field stands for that field of JSON objects.
   */
  readonly multiplex?: string | Multiplex;
  readonly ping?: WebSocketPing;
  /** What to answer to a message at once, such as the server's own ping. It is handed on as a frame all the same. */
  readonly reply?: (frame: Frame) => string | undefined;
  /** Messages that may wait for a reader. Default 2,000. */
  readonly maxQueuedFrames?: number;
  /** Their size. Default 32 MB. */
  readonly maxQueuedBytes?: number;
  /** Default: the system's clock. */
  readonly clock?: Clock;
}

/** Puts the id into the named field of JSON objects and reads it there. */
export function multiplexByField(field: string): Multiplex {
  return {
    tag: (message, id) => JSON.stringify({ ...(JSON.parse(message) as object), [field]: id }),
    idOf(frame) {
      if (frame.kind !== 'message' || frame.data === null) return undefined;
      const id = fieldOf(frame.data, field);
      return typeof id === 'string' ? id : undefined;
    },
  };
}

function fieldOf(text: string, field: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>)[field] : undefined;
  } catch {
    // No JSON, so no id: it belongs to no turn.
    return undefined;
  }
}
