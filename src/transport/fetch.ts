// One HTTP request by `fetch`, its reply read as frames. Runs wherever `fetch` does: pages, workers, servers and React
// Native (whole replies there, unless given a streaming `fetch`). Retrying is the connection's work.
import type { Clock } from '../base/clock.ts';
import { compact } from '../base/compact.ts';
import { TransportError, UsageError } from '../base/errors.ts';
import { createSystemClock } from '../base/system-clock.ts';
import { createDecoder } from '../wire/decoder.ts';
import type { TextFraming } from '../wire/frame.ts';
import { createBodyBatches, readerOf } from './body-batches.ts';
import { acceptOf, framingOf } from './content-type.ts';
import { aborted, connectFailed, invalidHeader } from './failures.ts';
import { type Fetch, fetchKeepingMethod, isLost, redirected } from './redirect.ts';
import { headersOf, rejectionOf } from './rejection.ts';
import type { Transport, TransportConnection, TransportRequest } from './transport.ts';

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
      const wanted = textFramings(request);
      const method = (request.method ?? 'GET').toUpperCase();
      const init = initOf(request, method, wanted);
      if (options.fetch === undefined) checkUrl(request.url);
      if (request.signal.aborted) throw aborted(request.signal.reason);

      const fetch = options.fetch ?? globalThis.fetch;
      const keepsMethod = method === 'GET' || method === 'HEAD';
      let response: Response;
      try {
        response = await (keepsMethod ? fetch(request.url, init) : fetchKeepingMethod(fetch, request.url, init));
      } catch (thrown) {
        if (thrown instanceof TransportError) throw thrown;
        if (request.signal.aborted) throw aborted(request.signal.reason);
        throw connectFailed(thrown);
      }
      return connectionOf(response, request, method, wanted, now);
    },
  };
}

async function connectionOf(
  response: Response,
  request: TransportRequest,
  method: string,
  wanted: readonly TextFraming[],
  now: () => number,
): Promise<TransportConnection> {
  const isEmpty = response.status === 204 || response.status === 205;
  const framing = isEmpty ? wanted[0] : framingOf(response.headers.get('content-type'), wanted);
  if (isLost(response, method, response.ok && framing !== undefined)) {
    // Nobody reads this reply; one that cannot be cancelled ends by itself.
    response.body?.cancel().catch(() => undefined);
    throw redirected(response.status);
  }
  if (!response.ok || framing === undefined) {
    const rejection = await rejectionOf(response, now);
    throw request.signal.aborted ? aborted(request.signal.reason) : rejection;
  }
  const decoder = createDecoder(framing, { maxFrameChars: request.maxFrameBytes });
  return {
    response: { status: response.status, url: response.url || request.url, headers: headersOf(response), framing },
    batches: createBodyBatches(readerOf(response), decoder, request.signal),
  };
}

/** The framings a reply over HTTP can have. */
function textFramings({ framings = ['sse'] }: TransportRequest): readonly TextFraming[] {
  const wanted = framings.filter((framing) => framing !== 'socket');
  if (wanted.length > 0) return wanted;
  throw new UsageError(
    'invalid-option',
    'This protocol is spoken over a WebSocket only, and the transport is HTTP. Use `webSocketTransport()`.',
  );
}

/** What `fetch` is called with. Nothing is set that the request leaves open: some platforms refuse members they lack. */
function initOf(request: TransportRequest, method: string, wanted: readonly TextFraming[]): RequestInit {
  const { body, credentials, signal } = request;
  const headers: Record<string, string> = { accept: acceptOf(wanted), ...request.headers };
  try {
    void new Headers(headers);
  } catch (cause) {
    throw invalidHeader(cause);
  }
  const hasNoBody = method === 'GET' || method === 'HEAD';
  if (hasNoBody && body !== undefined) {
    throw new UsageError('invalid-option', `A ${method} request cannot have a body. Use POST, or put it into the url.`);
  }
  return compact({
    method,
    headers,
    signal,
    body,
    credentials,
    // Two GETs of one url would wait for each other in the browser's cache.
    cache: hasNoBody && hasCacheMode() ? 'no-store' : undefined,
  });
}

function hasCacheMode(): boolean {
  return typeof Request === 'function' && 'cache' in Request.prototype;
}

function checkUrl(url: string): void {
  try {
    void new URL(url, globalThis.location?.href);
  } catch (cause) {
    throw new UsageError(
      'invalid-option',
      'The url is not valid, so the request was not sent. Outside of a page it must be absolute.',
      { cause },
    );
  }
}
