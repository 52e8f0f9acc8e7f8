// An error as a message keeps it: plain JSON, without a cause, which may be anything.
import { compact } from '../base/compact.ts';
import type { StreamError } from '../base/errors.ts';
import type { MessageError } from '../message/message.ts';

export function messageErrorOf(error: StreamError, now: number): MessageError {
  const { code, message, retryable, status, retryAfterMs, remoteCode, details } = error;
  const retryAt = retryAfterMs === undefined ? undefined : now + retryAfterMs;
  return compact({ code, message, retryable, status, retryAt, remoteCode, details });
}
