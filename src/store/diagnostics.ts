// Tells the developer what was skipped: each kind once, so that a server that sends ten thousand odd records says so once.
import { callSafely } from '../base/call-safely.ts';
import { isStreamError, ProtocolError, type StreamError } from '../base/errors.ts';

export type OnDiagnostic = (error: StreamError) => void;

export interface Diagnostics {
  /** `kind` is what makes it one of a kind, besides its code. */
  report(error: StreamError, kind?: string): void;
  /** Asks the adapter; where it throws, reports that and goes on with `otherwise`. */
  guard<T>(ask: () => T, otherwise: T): T;
}

/** Kinds come from the server, so they are bounded too. */
const maxKinds = 100;

export function createDiagnostics(onDiagnostic: OnDiagnostic | undefined): Diagnostics {
  const told = new Set<string>();

  function report(error: StreamError, kind = error.field ?? '') {
    if (!onDiagnostic) return;
    const key = `${error.code} ${kind}`;
    if (told.has(key) || told.size >= maxKinds) return;
    told.add(key);
    callSafely(onDiagnostic, error);
  }

  return {
    report,
    guard(ask, otherwise) {
      try {
        return ask();
      } catch (thrown) {
        report(toProtocolError(thrown));
        return otherwise;
      }
    },
  };
}

export function toProtocolError(thrown: unknown): StreamError {
  if (isStreamError(thrown)) return thrown;
  return new ProtocolError('invalid-chunk', 'The protocol could not read this, so it was skipped.', { cause: thrown });
}
