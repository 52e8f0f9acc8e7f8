// The turns of one server: at most one socket at a time, made when a turn needs it, and who gets which of its messages.
import { askOption } from '../base/ask-option.ts';
import { callSafely } from '../base/call-safely.ts';
import type { Clock } from '../base/clock.ts';
import { type StreamError, type TransportError, UsageError } from '../base/errors.ts';
import { defaultMaxFrameChars } from '../wire/decoder.ts';
import type { Frame } from '../wire/frame.ts';
import { aborted, disposed } from './failures.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { createRun, type Run } from './run.ts';
import { connectSocket, type Socket } from './socket.ts';
import type { TransportConnection, TransportEnd, TransportRequest } from './transport.ts';
import { multiplexByField, type WebSocketConstructor, type WebSocketTransportOptions } from './websocket-options.ts';

export interface Channel {
  /** No turn runs or waits. */
  readonly idle: boolean;
  open(request: TransportRequest): Promise<TransportConnection>;
  /** Closes the socket; turns that run or wait end as if aborted. */
  close(): void;
}

export interface ChannelOptions {
  readonly options: WebSocketTransportOptions;
  readonly clock: Clock;
  readonly maxQueuedFrames: number;
  readonly maxQueuedBytes: number;
  /** A message that belongs to no turn. */
  readonly onPush: (frame: Frame, bytes: number) => void;
}

/** A socket on its way, given up when the last turn that waits for it is. */
interface Connecting {
  readonly socket: Promise<Socket>;
  readonly controller: AbortController;
  waiting: number;
}

export function createChannel({ options, clock, maxQueuedFrames, maxQueuedBytes, onPush }: ChannelOptions): Channel {
  const multiplex = typeof options.multiplex === 'string' ? multiplexByField(options.multiplex) : options.multiplex;
  /** Turns that run, by id. Without multiplexing at most one. */
  const turns = new Map<string, Mailbox>();
  /** Turns that run or wait. */
  const runs = new Set<Run>();
  let lastId = 0;
  let current: Socket | undefined;
  let connecting: Connecting | undefined;
  /** Resolves when every turn before has ended. */
  let queue: Promise<void> = Promise.resolve();
  let closed = false;

  function handleFrame(frame: Frame | undefined, bytes: number): void {
    if (frame === undefined) {
      for (const turn of turns.values()) turn.put(undefined, bytes);
    } else if (multiplex === undefined) {
      const [turn] = turns.values();
      if (turn === undefined) onPush(frame, bytes);
      else turn.put(frame, bytes);
    } else {
      const id = callSafely(multiplex.idOf, frame);
      // An id that is no turn's any more belongs to a late message of a turn that was left.
      if (id === undefined) onPush(frame, bytes);
      else turns.get(id)?.put(frame, bytes);
    }
  }

  function handleEnd(end: TransportEnd | TransportError): void {
    for (const turn of turns.values()) {
      if ('kind' in end) turn.end(end);
      else turn.fail(end);
    }
  }

  async function connect(request: TransportRequest, signal: AbortSignal): Promise<Socket> {
    const { url, protocols = [], firstMessage, isReady, ping, reply } = options;
    const address = {
      url: await askOption('url', () => (url === undefined ? request.url : url(request))),
      protocols: await askOption('protocols', () => (typeof protocols === 'function' ? protocols(request) : protocols)),
      firstMessage: await askOption('firstMessage', () =>
        typeof firstMessage === 'function' ? firstMessage(request) : firstMessage,
      ),
    };
    const socket = await connectSocket(
      {
        WebSocket: options.WebSocket ?? platformWebSocket(),
        ...address,
        url: toSocketUrl(address.url),
        isReady,
        ping,
        reply,
        clock,
        signal,
      },
      { onFrame: handleFrame, onEnd: handleEnd },
    );
    return (current = socket);
  }

  function liveSocket(request: TransportRequest, run: Run): Promise<Socket> {
    if (current?.live) return Promise.resolve(current);
    if (connecting === undefined) {
      const controller = new AbortController();
      const socket = connect(request, controller.signal).finally(() => {
        if (connecting?.controller === controller) connecting = undefined;
      });
      connecting = { socket, controller, waiting: 0 };
    }
    const joined = connecting;
    joined.waiting += 1;
    run.onClose(() => {
      joined.waiting -= 1;
      if (joined.waiting > 0 || connecting !== joined) return;
      connecting = undefined;
      joined.controller.abort();
    });
    return joined.socket;
  }

  /** The turn is known before the socket stands: what the server sends first is its. */
  async function begin(request: TransportRequest, run: Run): Promise<TransportConnection> {
    const id = String((lastId += 1));
    const maxFrameBytes = request.maxFrameBytes ?? defaultMaxFrameChars;
    let failed = false;
    const mailbox = createMailbox({ maxFrames: maxQueuedFrames, maxBytes: maxQueuedBytes, maxFrameBytes }, (why) => {
      failed = why;
      run.close();
    });
    turns.set(id, mailbox);
    run.onClose(() => {
      turns.delete(id);
      const { aborted: isAborted } = request.signal;
      if ((isAborted || failed) && multiplex === undefined) current?.close();
      if (isAborted || closed) mailbox.close();
    });

    const socket = await run.unlessClosed(liveSocket(request, run));
    if (socket === undefined || run.closed) throw givenUp(request);
    const { url, protocol, send: sendRaw } = socket;
    const tag = (message: string): string => multiplex?.tag(message, id) ?? message;
    const { body } = request;
    const first = body === undefined ? undefined : await askOption('multiplex', () => tag(body));
    if (first !== undefined && !run.closed) sendRaw(first);
    const send = (message: string): void => {
      if (!run.closed) sendRaw(tag(message));
    };
    const headers: Record<string, string> = protocol === '' ? {} : { 'sec-websocket-protocol': protocol };
    return { response: { status: 101, url, headers, framing: 'socket' }, batches: mailbox.batches, send };
  }

  function givenUp({ signal }: TransportRequest): StreamError {
    return closed && !signal.aborted ? disposed() : aborted(signal.reason);
  }

  return {
    get idle() {
      return runs.size === 0;
    },
    async open(request) {
      if (request.signal.aborted) throw aborted(request.signal.reason);
      const run = createRun(request.signal, clock);
      runs.add(run);
      run.onClose(() => runs.delete(run));
      try {
        if (multiplex === undefined) {
          const before = queue;
          const over = new Promise<void>((resolve) => run.onClose(resolve));
          queue = before.then(() => over);
          await run.unlessClosed(before);
          if (run.closed) throw givenUp(request);
        }
        return await begin(request, run);
      } catch (thrown) {
        run.close();
        throw thrown;
      }
    },
    close() {
      closed = true;
      for (const run of [...runs]) run.close();
      current?.close();
    },
  };
}

function platformWebSocket(): WebSocketConstructor {
  if (typeof globalThis.WebSocket === 'function') return globalThis.WebSocket;
  throw new UsageError(
    'invalid-option',
    'This platform has no WebSocket. Pass one as `WebSocket`, from `ws` for example.',
  );
}

/** `http` becomes `ws` and `https` becomes `wss`; a relative url is resolved against the page. */
function toSocketUrl(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url, globalThis.location?.href);
  } catch (cause) {
    throw new UsageError(
      'invalid-option',
      'The url is not valid, so no socket was made. Outside of a page it must be absolute.',
      {
        cause,
      },
    );
  }
  parsed.protocol = parsed.protocol.replace(/^http/, 'ws');
  parsed.hash = '';
  return parsed.href;
}
