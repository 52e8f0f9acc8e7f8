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
  return compact({ ...errorOf(parseBody(body)), ...retryOf(status), retryAfter: retryAfterOf(headers) });
}

/** The error that a body or a record describes: the fields themselves, or the ones under `error`. */
export function errorOf(body: Fields): ErrorChunk {
  const error = asObject(body['error']) ?? body;
  const codes = [error['code'], error['type'], error['status_code'], error['status'], body['code']];
  const code = codes.find((value): value is string => typeof value === 'string' && value !== 'error');
  const status = codes.find((value): value is number => typeof value === 'number' && value >= 400 && value < 600);
  const message = firstString(error, 'message', 'detail') ?? firstString(body, 'error', 'message');
  return compact({ type: 'error', code, message, ...retryOf(status, code) });
}

/** A request that was at fault stays at fault. Without a status the code's wording has to tell. */
function retryOf(status: number | undefined, code = ''): { readonly status?: number; readonly retryable?: boolean } {
  if (status !== undefined) return { status, retryable: [408, 425, 429].includes(status) || status >= 500 };
  if (/overload|rate_limit|server_error|api_error|timeout|unavailable/i.test(code)) return { retryable: true };
  return /invalid|auth|permission|not_found|quota/i.test(code) ? { retryable: false } : {};
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
