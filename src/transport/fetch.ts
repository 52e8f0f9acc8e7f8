// One HTTP request by `fetch`, its reply read as frames. Runs wherever `fetch` does: pages, workers, servers and React
// Native (whole replies there, unless given a streaming `fetch`). Retrying is the connection's work.
import type { Clock } from '../base/clock.ts';
import { createSystemClock } from '../base/system-clock.ts';
import { readerOf } from './body-batches.ts';
import { connectionOf, prepareExchange, sendExchange } from './http-exchange.ts';
import type { Fetch } from './redirect.ts';
import type { Transport } from './transport.ts';

export interface FetchTransportOptions {
  /** Default: the platform's, looked up at each request. */
  readonly fetch?: Fetch;
  /** What a Retry-After date is measured by where the reply's own date cannot be read. Default: the system's clock. */
  readonly clock?: Pick<Clock, 'now'>;
}

/**
 * A 204 opens a connection whose first batch is its end: that there is nothing to resume is for the connection to say,
 * which sees the status. A relative url is resolved against the page, so outside of one it is a `UsageError`.
 */
export function fetchTransport(options: FetchTransportOptions = {}): Transport {
  const { clock = createSystemClock() } = options;
  const now = (): number => clock.now();
  return {
    name: 'fetch',
    async open(request) {
      const exchange = prepareExchange(request, options.fetch);
      const response = await sendExchange(exchange, options.fetch ?? globalThis.fetch, request.signal, now);
      return connectionOf(exchange, response, readerOf(response));
    },
  };
}
