// The caller's headers as one lower-case record, made for each attempt, with refreshed credentials fetched once however
// many streams ask for them at the same time.
import { UsageError } from '../base/errors.ts';
import type { AttemptContext } from '../connection/connection-state.ts';

export type HeaderRecord = Readonly<Record<string, string>>;
export type HeadersGiven = HeaderRecord | Headers | readonly (readonly [name: string, value: string])[];

/**
 * Headers, or a function that is called for each attempt. `context.refresh` is true after a 401: credentials that were
 * kept are stale then. The function is called once for all streams that share it and refresh at the same time.
 */
export type HeadersOption = HeadersGiven | ((context: AttemptContext) => HeadersGiven | Promise<HeadersGiven>);

export interface HeaderSource {
  /** Whether another attempt can carry other credentials. */
  readonly canRefresh: boolean;
  read(context: AttemptContext): HeaderRecord | Promise<HeaderRecord>;
}

export function createHeaderSource(given: HeadersOption | undefined): HeaderSource {
  if (typeof given !== 'function') return { canRefresh: false, read: () => lowerCase(given ?? {}) };
  let refreshing: Promise<HeaderRecord> | undefined;
  const call = async (context: AttemptContext) => lowerCase(await given(context));
  return {
    canRefresh: true,
    read(context) {
      if (!context.refresh) return refreshing ?? call(context);
      refreshing ??= call(context).finally(() => (refreshing = undefined));
      return refreshing;
    },
  };
}

function lowerCase(given: HeadersGiven): HeaderRecord {
  try {
    return Object.fromEntries(new Headers(given as HeadersInit));
  } catch (cause) {
    throw new UsageError(
      'invalid-option',
      'A header has a name or value that HTTP does not allow, so the request was not sent. Look for line breaks and letters beyond Latin-1.',
      { cause },
    );
  }
}
