// A set of callbacks that can be joined and left while it is being called. One that throws is reported, as by the
// platform's own events, and keeps neither the others from being told nor the teller from what it is doing.
import { callSafely } from './call-safely.ts';

export interface Listeners<Told extends readonly unknown[] = []> {
  add(listener: (...told: Told) => void): () => void;
  notify(...told: Told): void;
  readonly size: number;
}

/** Each `add` counts on its own, so adding one function twice and leaving once keeps it subscribed. */
export function createListeners<Told extends readonly unknown[] = []>(): Listeners<Told> {
  const entries = new Set<{ readonly call: (...told: Told) => void }>();
  return {
    add(listener) {
      const entry = { call: listener };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    notify(...told) {
      for (const entry of [...entries]) if (entries.has(entry)) callSafely(entry.call, ...told);
    },
    get size() {
      return entries.size;
    },
  };
}
