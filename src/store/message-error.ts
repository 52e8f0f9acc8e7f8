// An error as a message keeps it: plain JSON, without a cause, which may be anything.
import type { StreamError } from '../base/errors.ts';
import type { MessageError } from '../message/message.ts';

export function messageErrorOf(error: StreamError, now: number): MessageError {
  const { code, message, retryable, status, retryAfterMs, remoteCode, details } = error;
  return {
    code,
    message,
    retryable,
    ...(status === undefined ? undefined : { status }),
    ...(retryAfterMs === undefined ? undefined : { retryAt: now + retryAfterMs }),
    ...(remoteCode === undefined ? undefined : { remoteCode }),
    ...(details === undefined ? undefined : { details }),
  };
}
