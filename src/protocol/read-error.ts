// Reads the error bodies of HTTP APIs and the headers beside them into one `error` chunk.
import { compact } from '../base/compact.ts';
import { mayAnswerLater } from '../base/rejection-error.ts';
import type { ErrorChunk } from './chunk.ts';
import { asObject, type Fields, firstString, parseBody } from './read-json.ts';

/** The reply as `Adapter.reject` gets it. */
export interface ErrorReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * An error reply whose body is `{error: {message, code, type}}`, or one of the shapes that proxies make of it. A
 * `retry-after` that is a date is left to the connection, which knows the time.
 */
export function errorOfReply({ status, headers, body }: ErrorReply): ErrorChunk {
  const after = Number(headers['retry-after-ms']) / 1000 || Number(headers['retry-after']);
  return compact({ ...errorOf(parseBody(body)), ...retryOf(status), retryAfter: after || undefined });
}

/** The error that a body or a record describes: the fields themselves, or the ones under `error`. */
export function errorOf(body: Fields): ErrorChunk {
  const error = asObject(body['error']) ?? body;
  const codes = [error['code'], error['type'], error['status_code'], error['status'], body['code']];
  const code = codes.find((value): value is string => typeof value === 'string' && value !== 'error');
  const status = codes.find((value): value is number => typeof value === 'number' && value >= 400 && value < 600);
  const message = firstString(error, 'message', 'detail') ?? firstString(body, 'error', 'message');
  // A request that was at fault stays at fault. Without a status the code's wording has to tell.
  const isFault = /invalid|auth|permission|not_found|quota/i.test(code ?? '');
  return compact({
    type: 'error',
    code,
    message,
    ...(status === undefined ? isFault && { retryable: false } : retryOf(status)),
  });
}

function retryOf(status: number): { readonly status: number; readonly retryable: boolean } {
  return { status, retryable: mayAnswerLater(status) };
}
