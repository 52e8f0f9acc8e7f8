// One WebSocket from its making to its end: its messages as frames, its first message, its pings.
import { callSafely } from '../base/call-safely.ts';
import type { Clock } from '../base/clock.ts';
import { TransportError, UsageError } from '../base/errors.ts';
import type { Frame } from '../wire/frame.ts';
import { aborted, connectFailed } from './failures.ts';
import type { TransportEnd } from './transport.ts';
import type { WebSocketConstructor, WebSocketPing } from './websocket-options.ts';

export interface SocketHandlers {
  /** `undefined` for a pong: bytes that only say that the server lives. */
  onFrame(frame: Frame | undefined, bytes: number): void;
  /** Called once after it stood: the end that the server or the network made, or a server that no longer answers. */
  onEnd(end: TransportEnd | TransportError): void;
}

export interface SocketOptions {
  readonly WebSocket: WebSocketConstructor;
  readonly url: string;
  readonly protocols: readonly string[];
  readonly firstMessage: string | undefined;
  readonly isReady: ((frame: Frame) => boolean) | undefined;
  readonly ping: WebSocketPing | undefined;
  readonly reply: ((frame: Frame) => string | undefined) | undefined;
  readonly clock: Clock;
  /** Aborted: nobody waits for the socket any more. */
  readonly signal: AbortSignal;
}

export interface Socket {
  readonly url: string;
  readonly protocol: string;
  /** False once it has ended or was closed. */
  readonly live: boolean;
  send(message: string): void;
  /** Closes it from our side; nothing is told any more. */
  close(): void;
}

/**
 * Resolves once the socket stands and, where a first message must be accepted, is accepted. A handshake that fails
 * rejects; a socket that is closed after its handshake resolves and then ends, because only the code tells why.
 */
export function connectSocket(options: SocketOptions, handlers: SocketHandlers): Promise<Socket> {
  const { WebSocket, url, protocols, firstMessage, isReady, ping, reply, clock, signal } = options;
  if (signal.aborted) return Promise.reject(aborted(signal.reason));
  let native: InstanceType<WebSocketConstructor>;
  try {
    native = protocols.length > 0 ? new WebSocket(url, [...protocols]) : new WebSocket(url);
  } catch (cause) {
    const message = 'The WebSocket was refused before it was made: its url or a subprotocol is not valid here.';
    return Promise.reject(new UsageError('invalid-option', message, { cause }));
  }
  native.binaryType = 'arraybuffer';
  let live = true;
  let opened = false;
  let cancelPing: (() => void) | undefined;

  function finish(): void {
    live = false;
    cancelPing?.();
  }

  const socket: Socket = {
    url,
    get protocol() {
      return native.protocol;
    },
    get live() {
      return live;
    },
    send(message) {
      if (live) native.send(message);
    },
    close() {
      if (!live) return;
      finish();
      native.close();
    },
  };

  function awaitSilence(): void {
    if (ping === undefined || !live) return;
    cancelPing?.();
    cancelPing = clock.after(ping.everyMs, () => {
      socket.send(typeof ping.message === 'string' ? ping.message : ping.message());
      cancelPing = clock.after(ping.timeoutMs ?? ping.everyMs, () => {
        socket.close();
        handlers.onEnd(unanswered());
      });
    });
  }

  return new Promise((resolve, reject) => {
    let ready = false;
    const settle = (): void => {
      if (ready) return;
      ready = true;
      resolve(socket);
    };
    signal.addEventListener('abort', () => {
      if (ready) return;
      socket.close();
      reject(aborted(signal.reason));
    });
    native.addEventListener('open', () => {
      opened = true;
      if (!live) return;
      if (firstMessage !== undefined) native.send(firstMessage);
      awaitSilence();
      if (isReady === undefined) settle();
    });
    native.addEventListener('message', ({ data }) => {
      if (!live) return;
      awaitSilence();
      const frame = frameOf(data);
      // What the caller's functions throw at a message must not lose it.
      const answer = callSafely(reply, frame);
      if (answer !== undefined) socket.send(answer);
      if (!ready && callSafely(isReady, frame)) return settle();
      handlers.onFrame(callSafely(ping?.isPong, frame) ? undefined : frame, sizeOf(frame));
    });
    native.addEventListener('close', ({ code, reason, wasClean }) => {
      if (!live) return;
      finish();
      if (!opened) return reject(connectFailed({ code, reason }));
      settle();
      handlers.onEnd({ kind: 'close', code, reason, clean: wasClean });
    });
    native.addEventListener('error', () => {
      // Some platforms send no close event after a handshake that failed. Later one follows, and it alone has a code.
      if (opened || !live) return;
      finish();
      reject(connectFailed(undefined));
    });
  });
}

function frameOf(data: unknown): Frame {
  if (typeof data === 'string') return { kind: 'message', event: 'message', data, id: undefined };
  if (data instanceof ArrayBuffer) return { kind: 'binary', data: new Uint8Array(data) };
  if (ArrayBuffer.isView(data)) {
    return { kind: 'binary', data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  }
  throw new UsageError(
    'invalid-option',
    'The WebSocket hands over binary messages as something else than an ArrayBuffer. Use one that heeds `binaryType`.',
  );
}

/** Text is counted in UTF-16 units: encoding every message only to count it would cost more than it tells. */
function sizeOf(frame: Frame): number {
  return frame.kind === 'binary' ? frame.data.byteLength : frame.kind === 'message' ? (frame.data?.length ?? 0) : 0;
}

function unanswered(): TransportError {
  return new TransportError(
    'idle-timeout',
    'The server did not answer a ping, so the socket counts as lost. It is connected again.',
    { retryable: true },
  );
}
