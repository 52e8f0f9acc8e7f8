// What a plugin needs of an optional peer: loaded in the browser when it is first shown, and until then, on a server and
// while hydrating, not there.
import { UsageError } from '../base/errors.ts';
import { createListeners } from '../base/listeners.ts';
import type { ReadableStore } from '../hooks/use-store.ts';

export interface LazyPeer<T> extends ReadableStore<T | undefined> {
  /** Called when it is needed; loads once. */
  load(): void;
}

/**
 * A peer that cannot be loaded is reported as an uncaught error, once: the page goes on, and the reader sees the text as
 * it was written.
 */
export function lazyPeer<T>(plugin: string, peer: string, load: () => Promise<T>): LazyPeer<T> {
  const listeners = createListeners();
  let value: T | undefined;
  let isAsked = false;
  return {
    getSnapshot: () => value,
    getServerSnapshot: () => undefined,
    subscribe: listeners.add,
    load() {
      if (isAsked) return;
      isAsked = true;
      load().then(
        (loaded) => {
          value = loaded;
          listeners.notify();
        },
        (cause: unknown) => reportError(missingPeer(plugin, peer, cause)),
      );
    },
  };
}

const missingPeer = (plugin: string, peer: string, cause: unknown): UsageError =>
  new UsageError(
    'missing-peer',
    `${plugin}() shows plain text because the package "${peer}" could not be loaded: install it beside rivulet.`,
    { cause },
  );
