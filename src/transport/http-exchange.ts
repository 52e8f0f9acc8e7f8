// One HTTP request and its reply, up to the point where the body is read: what the transports over HTTP share.
import { TransportError, UsageError } from '../base/errors.ts';
import { createDecoder } from '../wire/decoder.ts';
import type { TextFraming } from '../wire/frame.ts';
import { type ByteReader, createBodyBatches } from './body-batches.ts';
import { acceptOf, framingOf } from './content-type.ts';
import { aborted, connectFailed } from './failures.ts';
import { type Fetch, fetchKeepingMethod, isLost, redirected } from './redirect.ts';
import { headersOf, rejectionOf } from './rejection.ts';
import type { TransportConnection, TransportRequest } from './transport.ts';

export interface Exchange {
  readonly request: TransportRequest;
  readonly method: string;
  readonly wanted: readonly TextFraming[];
  /** What `fetch` is called with, but for the signal. */
  readonly init: RequestInit & { readonly headers: Record<string, string> };
}

/** Checks the request before anything is sent. Throws what only the caller can mend. */
export function prepareExchange(request: TransportRequest, customFetch: Fetch | undefined): Exchange {
  const wanted = textFramings(request);
  const method = (request.method ?? 'GET').toUpperCase();
  if (customFetch === undefined) checkUrl(request.url);
  const init = initOf(request, method, wanted);
  if (request.signal.aborted) throw aborted(request.signal.reason);
  return { request, method, wanted, init };
}

/** Sends it and returns a reply that is a stream, or is empty. Any other is thrown as the error it stands for. */
export async function sendExchange(
  { request, method, wanted, init }: Exchange,
  fetch: Fetch,
  signal: AbortSignal,
  now: () => number,
): Promise<Response> {
  let response: Response;
  try {
    const whole = { ...init, signal };
    response = await (hasNoBody(method) ? fetch(request.url, whole) : fetchKeepingMethod(fetch, request.url, whole));
  } catch (thrown) {
    if (thrown instanceof TransportError) throw thrown;
    throw request.signal.aborted ? aborted(request.signal.reason) : connectFailed(thrown);
  }
  const isStream = isEmpty(response) || framingOf(response.headers.get('content-type'), wanted) !== undefined;
  if (isLost(response, method, response.ok && isStream)) {
    // Nobody reads this reply; one that cannot be cancelled ends by itself.
    response.body?.cancel().catch(() => undefined);
    throw redirected(response.status);
  }
  if (response.ok && isStream) return response;
  const rejection = await rejectionOf(response, now);
  throw request.signal.aborted ? aborted(request.signal.reason) : rejection;
}

/** The connection of a reply that `sendExchange` returned. */
export function connectionOf(
  { request, wanted }: Exchange,
  response: Response,
  reader: ByteReader,
): TransportConnection {
  const framing = framingOf(response.headers.get('content-type'), wanted) ?? wanted[0] ?? 'sse';
  const decoder = createDecoder(framing, { maxFrameChars: request.maxFrameBytes });
  return {
    response: { status: response.status, url: response.url || request.url, headers: headersOf(response), framing },
    batches: createBodyBatches(reader, decoder, request.signal),
  };
}

function isEmpty({ status }: Response): boolean {
  return status === 204 || status === 205;
}

function hasNoBody(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
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

/** Nothing is set that the request leaves open: some platforms refuse members they lack. */
function initOf(request: TransportRequest, method: string, wanted: readonly TextFraming[]): Exchange['init'] {
  const { body, credentials } = request;
  const headers: Record<string, string> = { accept: acceptOf(wanted), ...request.headers };
  try {
    void new Headers(headers);
  } catch (cause) {
    throw new UsageError(
      'invalid-option',
      'A header has a name or value that HTTP does not allow, so the request was not sent. Look for line breaks and letters beyond Latin-1.',
      { cause },
    );
  }
  if (hasNoBody(method) && body !== undefined) {
    throw new UsageError('invalid-option', `A ${method} request cannot have a body. Use POST, or put it into the url.`);
  }
  return {
    method,
    headers,
    ...(body === undefined ? undefined : { body }),
    ...(credentials === undefined ? undefined : { credentials }),
    // Two GETs of one url would wait for each other in the browser's cache.
    ...(hasNoBody(method) && hasCacheMode() ? { cache: 'no-store' } : undefined),
  };
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
