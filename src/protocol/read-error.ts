// Reads the error bodies of HTTP APIs and the headers beside them into one `error` chunk.
import type { ErrorChunk } from './chunk.ts';
import { asObject, compact, type Fields, firstString, parseBody } from './read-json.ts';

/** The reply as `Adapter.reject` gets it. */
export interface ErrorReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error reply whose body is `{error: {message, code, type}}`, or one of the shapes that proxies make of it. */
export function errorOfReply({ status, headers, body }: ErrorReply): ErrorChunk {
  return compact({ ...errorOf(parseBody(body)), status, ...retryOf(status), retryAfter: retryAfterOf(headers) });
}

/** The error that a body or a record describes: the fields themselves, or the ones under `error`. */
export function errorOf(body: Fields): ErrorChunk {
  const error = asObject(body['error']) ?? body;
  const codes = [error['code'], error['type'], error['status_code'], error['status']];
  const code = codes.find((value): value is string => typeof value === 'string' && value !== 'error');
  const status = [...codes, body['code']].find((value): value is number => typeof value === 'number');
  const message = firstString(error, 'message', 'detail', 'error_description') ?? firstString(body, 'error', 'message');
  const isHttp = status !== undefined && status >= 400 && status < 600;
  return compact({
    type: 'error',
    code: code ?? (isHttp ? undefined : status?.toString()),
    message,
    ...(isHttp ? { status, ...retryOf(status) } : {}),
  });
}

/** A request that was at fault stays at fault. */
function retryOf(status: number): { readonly retryable: boolean } {
  return { retryable: status === 408 || status === 425 || status === 429 || status >= 500 };
}

/** In seconds. A date is measured against the reply's own `date`, so that no clock is needed. */
export function retryAfterOf(headers: Readonly<Record<string, string>>): number | undefined {
  const ms = headers['retry-after-ms'];
  if (ms !== undefined && Number.isFinite(Number(ms))) return Number(ms) / 1000;
  const after = headers['retry-after'];
  if (after === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(after)) return Number(after);
  const seconds = (Date.parse(after) - Date.parse(headers['date'] ?? '')) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
