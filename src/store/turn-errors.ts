// The errors a turn makes itself, and what a server's own words become.
import { RemoteError, type StreamError, TransportError, WireError } from '../base/errors.ts';
import { judgeStatus } from '../connection/policy.ts';
import type { ErrorChunk } from '../protocol/chunk.ts';
import type { RejectedResponse } from '../transport/transport.ts';

/** The server reported a failure inside the stream, or in the reply that came instead of one. */
export function errorOfChunk(chunk: ErrorChunk): StreamError {
  const isLimit = chunk.status === 429 || chunk.code?.includes('rate_limit') === true;
  return new RemoteError(
    isLimit ? 'rate-limited' : 'failed',
    isLimit
      ? 'The server has no room for this request now. Try again later.'
      : 'The server reported an error, so the answer ends here. What arrived before is kept.',
    {
      retryable: chunk.retryable ?? isLimit,
      status: chunk.status,
      retryAfterMs: chunk.retryAfter === undefined ? undefined : chunk.retryAfter * 1_000,
      remoteCode: chunk.code,
      excerpt: chunk.message?.slice(0, 500),
      details: chunk.details,
    },
  );
}

/** What an error reply means: the protocol's reading of its body where it has one, else the status alone. */
export function explainRejection(response: RejectedResponse, chunk: ErrorChunk | undefined): StreamError {
  const { status } = response;
  const retryable = chunk?.retryable ?? judgeStatus(status) === 'retry';
  const options = {
    status,
    retryable,
    remoteCode: chunk?.code,
    excerpt: chunk?.message?.slice(0, 500),
    details: chunk?.details ?? response,
    retryAfterMs: chunk?.retryAfter === undefined ? undefined : chunk.retryAfter * 1_000,
  };
  if (status === 401) {
    return new TransportError(
      'unauthorized',
      'The server answered 401. Check the credentials that `headers()` gives.',
      options,
    );
  }
  return new TransportError('http-status', `The server answered ${status}, so there is no answer to show.`, options);
}

/** A reply that was to go on with an answer began another one. */
export function anotherAnswerError(): TransportError {
  return new TransportError(
    'closed-early',
    'The server was asked to go on and began another answer, which is not glued to the first. Call `retry()` for a new one.',
    { retryable: true },
  );
}

/** A turn of an earlier page that nothing can be resumed of. */
export function notResumableError(): TransportError {
  return new TransportError(
    'closed-early',
    'The page was left while the answer streamed, and its server cannot resume. Call `retry()` for a new answer.',
    { retryable: true },
  );
}

export function tooLargeError(bytes: number): WireError {
  return new WireError(
    'buffer-exceeded',
    `The answer grew past ${bytes} bytes and was ended. Raise \`maxMessageBytes\` if answers may be larger.`,
  );
}
