// The only place where React meets a store: one subscription, one selected slice.
import { useMemo, useSyncExternalStore } from 'react';

/** What a hook needs of a store. Snapshots are immutable: the same object means that nothing changed. */
export interface ReadableStore<Snapshot> {
  getSnapshot(): Snapshot;
  /** What a server renders and hydration starts from. */
  getServerSnapshot(): Snapshot;
  subscribe(listener: () => void): () => void;
}

/**
 * Renders again only when the selected slice changed, by `Object.is` or `isEqual`. A selector made during render is
 * welcome: the slice of an unchanged snapshot keeps its identity as long as `isEqual` says it is the same.
 */
export function useStore<Snapshot, Slice = Snapshot>(
  store: ReadableStore<Snapshot>,
  select: (snapshot: Snapshot) => Slice = identity,
  isEqual: (a: Slice, b: Slice) => boolean = Object.is,
): Slice {
  const [getSlice, getServerSlice] = useMemo(() => {
    const memoise = (read: () => Snapshot): (() => Slice) => {
      let from: Snapshot | undefined;
      let slice: Slice | undefined;
      let known = false;
      return () => {
        const snapshot = read();
        if (known && Object.is(from, snapshot)) return slice as Slice;
        const next = select(snapshot);
        if (!known || !isEqual(slice as Slice, next)) slice = next;
        from = snapshot;
        known = true;
        return slice as Slice;
      };
    };
    return [memoise(store.getSnapshot), memoise(store.getServerSnapshot)];
  }, [store, select, isEqual]);
  return useSyncExternalStore(store.subscribe, getSlice, getServerSlice);
}

/** The whole snapshot, where nothing is to be selected. */
export function useSnapshot<Snapshot>(store: ReadableStore<Snapshot>): Snapshot {
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getServerSnapshot);
}

function identity(value: unknown): never {
  return value as never;
}
