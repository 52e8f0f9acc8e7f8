// Turns over WebSockets. One socket serves many turns, one after the other or side by side; between turns it stays open
// and what the server sends then are pushes. Reconnecting is the connection's work: the next turn makes the next socket.
import { UsageError } from '../base/errors.ts';
import { createSystemClock } from '../base/system-clock.ts';
import { defaultMaxFrameChars } from '../wire/decoder.ts';
import { createChannel, type Channel } from './channel.ts';
import { disposed as disposedError } from './failures.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import type { Transport, TransportRequest } from './transport.ts';
import type { WebSocketTransportOptions } from './websocket-options.ts';

/**
 * - The body of a request is sent as its message. Where turns are queued, `open` resolves when the turn's time has come.
 * - Leaving the loop ends the turn and keeps the socket. Aborting a queued turn closes the socket, because nothing else
 *   tells its late messages from those of the next turn; a multiplexed turn is forgotten, and its late messages are dropped.
 * - Messages that nobody reads are kept within bounds and then end the turn with `buffer-exceeded`.
 */
export function webSocketTransport(options: WebSocketTransportOptions = {}): Transport {
  const { clock = createSystemClock(), maxQueuedFrames = 2000, maxQueuedBytes = 32 * 1024 * 1024 } = options;
  const channels = new Map<string, Channel>();
  const listeners = new Set<Mailbox>();
  let disposed = false;

  function channelOf(url: string): Channel {
    for (const [key, channel] of channels) {
      if (key === url || !channel.idle) continue;
      channel.close();
      channels.delete(key);
    }
    let channel = channels.get(url);
    if (channel === undefined) {
      channel = createChannel({
        options,
        clock,
        maxQueuedFrames,
        maxQueuedBytes,
        onPush(frame, bytes) {
          for (const listener of listeners) listener.put(frame, bytes);
        },
      });
      channels.set(url, channel);
    }
    return channel;
  }

  return {
    name: 'websocket',
    isSocket: true,
    async open(request) {
      if (disposed) throw disposedError();
      checkRequest(request);
      return channelOf(request.url).open(request);
    },
    pushes(signal) {
      const mailbox = createMailbox(
        { maxFrames: maxQueuedFrames, maxBytes: maxQueuedBytes, maxFrameBytes: defaultMaxFrameChars },
        leave,
      );
      function leave(): void {
        listeners.delete(mailbox);
        signal.removeEventListener('abort', mailbox.close);
      }
      if (signal.aborted || disposed) mailbox.close();
      else {
        listeners.add(mailbox);
        signal.addEventListener('abort', mailbox.close);
      }
      return mailbox.batches;
    },
    dispose() {
      disposed = true;
      for (const channel of channels.values()) channel.close();
      channels.clear();
      for (const listener of [...listeners]) listener.close();
    },
  };
}

/** Headers that only describe the body, or that a socket's message carries in its own way. */
const needless: readonly string[] = ['accept', 'content-type', 'idempotency-key'];

function checkRequest({ framings, headers = {} }: TransportRequest): void {
  if (framings !== undefined && !framings.includes('socket')) {
    throw new UsageError(
      'invalid-option',
      'This protocol is not spoken over a WebSocket. Use `fetchTransport()`, or a protocol that is.',
    );
  }
  const lost = Object.keys(headers).filter((name) => !needless.includes(name.toLowerCase()));
  if (lost.length > 0) {
    throw new UsageError(
      'invalid-option',
      `A WebSocket cannot send headers, so these would be lost: ${lost.join(', ')}. ` +
        'Authenticate by `url`, `protocols` or `firstMessage`, and resume by a message.',
    );
  }
}
