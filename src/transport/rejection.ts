// A reply that is no stream, turned into the error that says so, with the reply itself for the adapter to read.
import { TransportError } from '../base/errors.ts';
import { retryAfterOf } from './retry-after.ts';
import type { RejectedResponse } from './transport.ts';

/** An error page is read this far. */
const maxBodyBytes = 64 * 1024;

export async function rejectionOf(response: Response, now: () => number): Promise<TransportError> {
  const { status } = response;
  const headers = headersOf(response);
  const details: RejectedResponse = { status, headers, body: await readBounded(response) };
  const options = { status, details, retryAfterMs: retryAfterOf(headers, now) };

  if (status === 401) {
    return new TransportError(
      'unauthorized',
      'The server answered 401, so nothing was streamed. Return fresh credentials from `headers`.',
      options,
    );
  }
  if (!response.ok) {
    const retryable = status >= 500 || status === 408 || status === 425 || status === 429;
    return new TransportError(
      'http-status',
      `The server answered ${status}, so nothing was streamed. ${retryable ? 'It may answer later.' : 'Check the url and the request.'}`,
      { ...options, retryable },
    );
  }
  return new TransportError(
    'wrong-content-type',
    `The server answered with content type \`${headers['content-type'] ?? 'none'}\`, which is no stream this protocol reads. ` +
      'Check the url, and that no sign-in page or proxy answers in its place.',
    { ...options, excerpt: details.body.slice(0, 120) },
  );
}

/** Names come in lower case from the platform. */
export function headersOf(response: Response): Record<string, string> {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name] = value;
  });
  return headers;
}

async function readBounded(response: Response): Promise<string> {
  const body: ReadableStream<Uint8Array> | null | undefined = response.body;
  if (!body) return body === undefined ? (await response.text()).slice(0, maxBodyBytes) : '';
  const reader = body.getReader();
  const text = new TextDecoder();
  let read = '';
  try {
    for (let left = maxBodyBytes; left > 0;) {
      const { done, value } = await reader.read();
      if (done) return read + text.decode();
      read += text.decode(value.subarray(0, left), { stream: true });
      left -= value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The status is known and tells more than a body that broke off; what was read of it is kept.
  }
  return read;
}
