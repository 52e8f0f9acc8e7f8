// The caller's headers as one lower-case record, made for each attempt.
import type { AttemptContext } from '../connection/connection-state.ts';
import { invalidHeader } from '../transport/failures.ts';

export type HeaderRecord = Readonly<Record<string, string>>;
export type HeadersGiven = HeaderRecord | Headers | readonly (readonly [name: string, value: string])[] | undefined;
export type HeadersFunction = (context: AttemptContext) => HeadersGiven | Promise<HeadersGiven>;

/**
 * Fixed headers, or a function that is called for each attempt, so that a token is never older than its request. After a
 * 401 it is called once more with `context.refresh`: credentials that were kept are stale then. What it throws ends the
 * stream with `option-failed`, unless it is an error of the kit: `connect-failed` is tried again as the network would be.
 */
export type HeadersOption = HeadersGiven | HeadersFunction;

export function readHeaders(given: HeadersOption, context: AttemptContext): HeaderRecord | Promise<HeaderRecord> {
  if (typeof given !== 'function') return lowerCased(given);
  const made = given(context);
  return made instanceof Promise ? made.then(lowerCased) : lowerCased(made);
}

/**
 * Makes one refresh serve all streams that share the result and ask for it at the same time. Explicit, because only the
 * caller knows that they act for the same user: on a server one function may serve many.
 */
export function shareRefresh(headers: HeadersFunction): HeadersFunction {
  let refreshing: Promise<HeadersGiven> | undefined;
  const refresh = async (context: AttemptContext) => {
    try {
      return await headers(context);
    } finally {
      refreshing = undefined;
    }
  };
  return (context) => {
    if (context.refresh) refreshing ??= refresh(context);
    return refreshing ?? headers(context);
  };
}

function lowerCased(given: HeadersGiven): HeaderRecord {
  if (given === undefined) return {};
  try {
    return Object.fromEntries(new Headers(given as HeadersInit));
  } catch (cause) {
    throw invalidHeader(cause);
  }
}
