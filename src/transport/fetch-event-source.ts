// A transport for teams that send every request through @microsoft/fetch-event-source: the fetch transport, whose
// requests the library issues. It never sees a byte of the replies, which our own decoder reads.
import { fetchEventSource } from '@microsoft/fetch-event-source';
import { UsageError } from '../base/errors.ts';
import { fetchTransport, type FetchTransportOptions } from './fetch.ts';
import type { Fetch } from './redirect.ts';
import type { Transport } from './transport.ts';

/** `fetch` is what the library is to fetch with. */
export type FetchEventSourceTransportOptions = FetchTransportOptions;

/**
 * Behaves as `fetchTransport` does. What the library would do otherwise, and how it is kept from it:
 *
 * | the library                                          | here                                              |
 * | ---------------------------------------------------- | ------------------------------------------------- |
 * | repeats the request when the tab is hidden and shown | `openWhenHidden`, always                          |
 * | repeats the request for ever, once a second          | `onerror` always throws: one attempt a call       |
 * | repeats the request when `onmessage` throws          | no `onmessage`                                    |
 * | leaves the body open when `onopen` refuses           | `onopen` never does; `fetchTransport` judges      |
 * | moves `last-event-id` before a record is delivered   | our headers are fetched with, never its own       |
 * | loses empty data lines, is quadratic in long lines   | it is given an empty body to parse                |
 * | reads on however slow its caller is                  | the body is ours, and read when asked             |
 * | takes a clean end for success                        | the end is handed on, for the connection to judge |
 * | resolves when aborted, sends though already aborted  | the signal is ours alone, and looked at first     |
 * | leaves a listener on the caller's signal             | it is given no signal                             |
 * | drops a `Headers` instance in silence                | headers are a plain object with lower-case names  |
 */
export function fetchEventSourceTransport(options: FetchEventSourceTransportOptions = {}): Transport {
  const transport = fetchTransport({
    ...options,
    fetch: (url, init) => fetchByLibrary(options.fetch ?? globalThis.fetch, url, init),
  });
  return {
    name: 'fetch-event-source',
    async open(request) {
      checkPage();
      return transport.open(request);
    },
  };
}

/** Resolves with the reply itself: a copy would have lost its `url` and `redirected`. */
function fetchByLibrary(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { method, body, credentials } = init;
    fetchEventSource(url, {
      ...(method === undefined ? undefined : { method }),
      ...(body === undefined ? undefined : { body }),
      ...(credentials === undefined ? undefined : { credentials }),
      openWhenHidden: true,
      async fetch() {
        resolve(await fetch(url, init));
        return new Response('');
      },
      onopen: () => Promise.resolve(),
      onerror(error) {
        throw error;
      },
    }).catch(reject);
  });
}

function checkPage(): void {
  if (typeof document !== 'undefined' && typeof window !== 'undefined') return;
  throw new UsageError(
    'invalid-option',
    '@microsoft/fetch-event-source needs `window` and `document`, which a server and a worker do not have. Use `fetchTransport()` there.',
  );
}
