// The errors of a connection that every transport words alike.
import { TransportError, UsageError, WireError } from '../base/errors.ts';

export function aborted(reason: unknown): TransportError {
  return new TransportError('connect-failed', 'The request was aborted before the reply arrived.', { cause: reason });
}

export function connectFailed(cause: unknown): TransportError {
  return new TransportError(
    'connect-failed',
    'No reply arrived: the network or the server is down, or it does not allow this origin. It is tried again.',
    { retryable: true, cause },
  );
}

export function closedEarly(cause: unknown): TransportError {
  return new TransportError(
    'closed-early',
    'The connection was lost in mid-stream, so the answer is incomplete. It is resumed where the server allows.',
    { retryable: true, cause },
  );
}

export function invalidHeader(cause: unknown): UsageError {
  return new UsageError(
    'invalid-option',
    'A header has a name or value that HTTP does not allow, so the request was not sent. Look for line breaks and letters beyond Latin-1.',
    { cause },
  );
}

export function queueExceeded(): WireError {
  return new WireError(
    'buffer-exceeded',
    'The server sent more over the socket than was read, and a socket cannot be paused, so it was given up. ' +
      'Read faster, or raise `maxQueuedFrames` and `maxQueuedBytes`.',
  );
}

export function disposed(): UsageError {
  return new UsageError('disposed', 'This transport was disposed of and opens nothing any more. Make another one.');
}
