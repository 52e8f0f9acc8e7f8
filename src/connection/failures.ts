// The errors a connection makes itself, each with what happened, why it matters and what to do.
import { type StreamError, type StreamErrorOptions, TransportError, type TransportErrorCode } from '../base/errors.ts';

export function headersTimeoutError(ms: number): TransportError {
  return retryable(
    'headers-timeout',
    `No reply within ${ms} ms. The request is tried again; raise \`headersMs\` for a server that is slow to begin.`,
  );
}

export function idleTimeoutError(ms: number): TransportError {
  return retryable(
    'idle-timeout',
    `Nothing was received for ${ms} ms, so the stream counts as lost. Heartbeats keep a quiet stream alive.`,
  );
}

export function deadlineError(ms: number): TransportError {
  return retryable(
    'deadline',
    `The answer was not whole after ${ms} ms and was given up; what arrived is kept. Raise \`deadlineMs\` for longer ones.`,
  );
}

export function connectionLimitError(): TransportError {
  return retryable(
    'connection-limit',
    'Six streams are open to this HTTP/1.1 origin, and a browser opens no seventh. ' +
      'It is tried again as they end; serve HTTP/2 or share one stream.',
  );
}

/** The stream ended, or was lost, before anything said that it was whole. */
export function truncatedError(cause?: StreamError): TransportError {
  return retryable(
    'closed-early',
    'The stream closed before its end was announced, so the answer is incomplete. Call `retry()` or enable resuming.',
    // What the server said of its going is still what it said.
    { cause, remoteCode: cause?.remoteCode, details: cause?.details },
  );
}

/** 204: the server has nothing (more) to send. */
export function nothingError(resuming: boolean): TransportError {
  return resuming
    ? truncatedError()
    : new TransportError(
        'empty-stream',
        'The server answered 204, which holds no stream. Check the url and the request.',
        {
          status: 204,
        },
      );
}

export function exhaustedError(failures: number, cause: StreamError): TransportError {
  return retryable(
    'retries-exhausted',
    `${failures} attempts in a row brought nothing new, so no more are made. Call \`retryNow()\` to try again.`,
    { cause, status: cause.status },
  );
}

export function frozenError(): TransportError {
  return retryable(
    'connect-failed',
    'The page went into the back-forward cache, where no connection lives. The stream goes on when it comes back.',
  );
}

/** Stopped, or read as far as was wanted. Reaches transports as the reason of their signal; nobody else sees it. */
export function leftError(): TransportError {
  return new TransportError('closed-early', 'The reader left the stream.');
}

/** Doing the same again may succeed. */
function retryable(code: TransportErrorCode, message: string, options?: StreamErrorOptions): TransportError {
  return new TransportError(code, message, { retryable: true, ...options });
}
