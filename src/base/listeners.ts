// A set of callbacks that can be joined and left while it is being called.

export interface Listeners {
  add(listener: () => void): () => void;
  notify(): void;
  readonly size: number;
}

/** Each `add` counts on its own, so adding one function twice and leaving once keeps it subscribed. */
export function createListeners(): Listeners {
  const entries = new Set<{ readonly call: () => void }>();
  return {
    add(listener) {
      const entry = { call: listener };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    notify() {
      for (const entry of [...entries]) if (entries.has(entry)) entry.call();
    },
    get size() {
      return entries.size;
    },
  };
}
