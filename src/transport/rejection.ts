// A reply that is no stream, turned into the error that says so, with the reply itself for the adapter to read.
import type { TransportError } from '../base/errors.ts';
import { rejectionError } from '../base/rejection-error.ts';
import { retryAfterOf } from '../base/retry-after.ts';
import type { RejectedResponse } from './transport.ts';

/** An error page is read this far. */
const maxBodyBytes = 64 * 1024;

export async function rejectionOf(response: Response, now: () => number): Promise<TransportError> {
  const { status, ok } = response;
  const headers = headersOf(response);
  const details: RejectedResponse = { status, headers, body: await readBounded(response) };
  const excerpt = ok ? details.body.slice(0, 120) : undefined;
  return rejectionError(details, { details, excerpt, retryAfterMs: retryAfterOf(headers, now) });
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
