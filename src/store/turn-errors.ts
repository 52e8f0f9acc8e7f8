// The errors a turn makes itself, and what a server's own words become.
import { RemoteError, type StreamError, type StreamErrorOptions, TransportError, WireError } from '../base/errors.ts';
import { mayAnswerLater, rejectionError } from '../base/rejection-error.ts';
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
    { ...factsOf(chunk), status: chunk.status, retryable: chunk.retryable ?? isLimit },
  );
}

/** What an error reply means: the protocol's reading of its body where it has one, else the status alone. */
export function explainRejection(response: RejectedResponse, chunk: ErrorChunk | undefined): StreamError {
  const { status } = response;
  // The status of a reply that is no error says nothing: a page of a proxy, while a server restarts.
  const retryable = chunk?.retryable ?? (status < 400 || mayAnswerLater(status));
  const facts = chunk && factsOf(chunk);
  return rejectionError(response, { ...facts, retryable, details: chunk?.details ?? response });
}

function factsOf({ code, message, details, retryAfter }: ErrorChunk): StreamErrorOptions {
  return {
    remoteCode: code,
    excerpt: message?.slice(0, 500),
    details,
    retryAfterMs: retryAfter === undefined ? undefined : retryAfter * 1_000,
  };
}

/** A reply that was to go on with an answer began another one. */
export function anotherAnswerError(): TransportError {
  return new TransportError(
    'closed-early',
    'The server was to go on and began another answer, which is not glued to the first. Call `retry()` for a new answer.',
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
