// Tells the developer what was skipped: each kind once, so that a server that sends ten thousand odd records says so once.
import { callSafely } from '../base/call-safely.ts';
import type { StreamError } from '../base/errors.ts';

export type OnDiagnostic = (error: StreamError) => void;

export interface Diagnostics {
  /** `kind` is what makes it one of a kind, besides its code. */
  report(error: StreamError, kind?: string): void;
}

/** Kinds come from the server, so they are bounded too. */
const maxKinds = 100;

export function createDiagnostics(onDiagnostic: OnDiagnostic | undefined): Diagnostics {
  const told = new Set<string>();
  return {
    report(error, kind = error.field ?? '') {
      if (!onDiagnostic) return;
      const key = `${error.code} ${kind}`;
      if (told.has(key) || told.size >= maxKinds) return;
      told.add(key);
      callSafely(onDiagnostic, error);
    },
  };
}
