// A transport for teams that send every request through @microsoft/fetch-event-source. The library issues the request;
// the reply's bytes come to our decoder by its `fetch` option, and the library is given an empty stream in their place.
import { fetchEventSource } from '@microsoft/fetch-event-source';
import type { Clock } from '../base/clock.ts';
import { UsageError } from '../base/errors.ts';
import { createSystemClock } from '../base/system-clock.ts';
import { type ByteReader, readerOf } from './body-batches.ts';
import { aborted } from './failures.ts';
import { connectionOf, prepareExchange, sendExchange } from './http-exchange.ts';
import type { Fetch } from './redirect.ts';
import type { Transport, TransportConnection } from './transport.ts';

export interface FetchEventSourceTransportOptions {
  /** What the library is to fetch with. Default: the platform's, looked up at each request. */
  readonly fetch?: Fetch;
  /** As in `fetchTransport`. */
  readonly clock?: Pick<Clock, 'now'>;
}

/**
 * Behaves as `fetchTransport` does. What the library would do otherwise, and how it is kept from it:
 *
 * | the library                                           | here                                             |
 * | ----------------------------------------------------- | ------------------------------------------------ |
 * | repeats the request when the tab is hidden and shown   | `openWhenHidden`, always                         |
 * | repeats the request for ever, once a second            | `onerror` always throws: one attempt a call      |
 * | repeats the request when `onmessage` throws            | no `onmessage`                                   |
 * | leaves the body open when `onopen` refuses             | the reply is judged within `fetch`               |
 * | moves `last-event-id` before a record is delivered     | our headers replace its own in `fetch`           |
 * | loses empty data lines, is quadratic in long lines     | it is given no bytes to parse                    |
 * | reads on however slow its caller is                    | the body is ours, and read when asked            |
 * | takes a clean end for success                          | the end is handed on, for the connection to judge |
 * | resolves when aborted, sends though already aborted    | the signal is looked at first, and after         |
 * | leaves a listener on the caller's signal               | each call has a signal of its own                |
 * | drops a `Headers` instance in silence                  | headers are a plain object with lower-case names |
 */
export function fetchEventSourceTransport(options: FetchEventSourceTransportOptions = {}): Transport {
  const { clock = createSystemClock() } = options;
  const now = (): number => clock.now();
  return {
    name: 'fetch-event-source',
    async open(request) {
      checkPage();
      const exchange = prepareExchange(request, options.fetch);
      const library = createLibrarySide(request.signal);

      return new Promise<TransportConnection>((resolve, reject) => {
        const tap = async (signal: AbortSignal): Promise<Response> => {
          const response = await sendExchange(exchange, options.fetch ?? globalThis.fetch, signal, now);
          resolve(connectionOf(exchange, response, library.endingWith(readerOf(response))));
          return library.response;
        };
        const fetched = fetchEventSource(request.url, {
          ...exchange.init,
          signal: library.signal,
          openWhenHidden: true,
          fetch: (_, init) => tap(init?.signal ?? library.signal),
          onopen: () => Promise.resolve(),
          onerror(error) {
            throw error;
          },
        });
        // After the connection stands both are too late to matter: its batches tell what became of it.
        fetched.then(
          () => reject(aborted(request.signal.reason)),
          (error: unknown) => {
            library.end();
            reject(error);
          },
        );
      });
    },
  };
}

/** What the library holds of a connection: a stream without a byte, and a signal that ends it. */
interface LibrarySide {
  readonly signal: AbortSignal;
  readonly response: Response;
  end(): void;
  /** The reader, with the library's side ended as it is cancelled. */
  endingWith(reader: ByteReader): ByteReader;
}

function createLibrarySide(callers: AbortSignal): LibrarySide {
  const controller = new AbortController();
  const stream = new ReadableStream<Uint8Array>();
  /** The library resolves, and aborts its request; a request that has ended does not mind. */
  function end(): void {
    callers.removeEventListener('abort', end);
    controller.abort();
  }
  callers.addEventListener('abort', end);
  return {
    signal: controller.signal,
    response: new Response(stream, { headers: { 'content-type': 'text/event-stream' } }),
    end,
    endingWith: (reader) => ({
      read: () => reader.read(),
      cancel() {
        const cancelled = reader.cancel();
        end();
        return cancelled;
      },
    }),
  };
}

function checkPage(): void {
  if (typeof document !== 'undefined' && typeof window !== 'undefined') return;
  throw new UsageError(
    'invalid-option',
    '@microsoft/fetch-event-source needs `window` and `document`, which a server and a worker do not have. Use `fetchTransport()` there.',
  );
}
