// The error that a reply stands for which came instead of a stream, whoever tells of it.
import { type StreamErrorOptions, TransportError } from './errors.ts';

export interface RejectedHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Statuses of a server that may do better later; 400, 403, 404 and the like are about the request. */
export function mayAnswerLater(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** `options` on top of the status, and of whether that makes another try worth while. */
export function rejectionError({ status, headers }: RejectedHead, options: StreamErrorOptions): TransportError {
  if (status === 401) {
    return new TransportError(
      'unauthorized',
      'The server answered 401, so nothing was streamed. Return fresh credentials from `headers`.',
      { status, ...options },
    );
  }
  if (status < 200 || status >= 300) {
    const retryable = mayAnswerLater(status);
    return new TransportError(
      'http-status',
      `The server answered ${status}, so nothing was streamed. ${retryable ? 'It may answer later.' : 'Check the url and the request.'}`,
      { status, retryable, ...options },
    );
  }
  return new TransportError(
    'wrong-content-type',
    `The server answered with content type \`${headers['content-type'] ?? 'none'}\`, which is no stream this protocol reads. ` +
      'Check the url, and that no sign-in page or proxy answers in its place.',
    { status, ...options },
  );
}
