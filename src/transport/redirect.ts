// Redirects of a request with a body. `fetch` turns a POST into a GET at 301, 302 and 303 and does not say so: the
// question is dropped, and whatever a GET brings would be taken for the answer.
import { TransportError } from '../base/errors.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const maxRedirects = 5;
const redirects: readonly number[] = [301, 302, 303, 307, 308];
const credentialHeaders: readonly string[] = ['authorization', 'cookie', 'proxy-authorization'];

/**
 * Fetches with the method kept: 307 and 308 are followed, the others throw `redirected`. A browser shows no redirect to
 * scripts, so there the request is made again to be followed by the browser; the redirecting server did nothing yet,
 * and `isLost` tells afterwards when the reply looks like that of a GET. A stream is then taken for the answer: 307 and
 * 308 cannot be told from the others by anything a browser shows.
 */
export async function fetchKeepingMethod(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  let target = url;
  let headers = { ...(init.headers as Record<string, string>) };
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    if (response.type === 'opaqueredirect') return fetch(target, { ...init, headers });
    const location = response.headers.get('location');
    if (location === null || !redirects.includes(response.status)) return response;
    // Nobody reads the body of a redirect; one that cannot be cancelled ends by itself.
    response.body?.cancel().catch(() => undefined);
    if (response.status < 307) throw redirected(response.status);
    const from = new URL(response.url || target, globalThis.location?.href);
    const to = new URL(location, from);
    if (to.origin !== from.origin) {
      headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !credentialHeaders.includes(name)));
    }
    target = to.href;
  }
  throw new TransportError(
    'redirected',
    `The server redirected the request more than ${maxRedirects} times, so it was not answered. Use the final url.`,
  );
}

/**
 * Whether a reply that the platform was redirected to may have lost the request on the way: it is no stream, and not
 * a failure that may pass either.
 */
export function isLost(response: Response, method: string, isStream: boolean): boolean {
  return (
    response.redirected &&
    method !== 'GET' &&
    !isStream &&
    (response.ok || response.status === 404 || response.status === 405)
  );
}

export function redirected(status?: number): TransportError {
  return new TransportError(
    'redirected',
    'The redirect of the server drops the method and body, so the request was not answered. ' +
      'Use the final url, or let the server answer 307 or 308.',
    { status },
  );
}
