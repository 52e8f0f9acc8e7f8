'use client';
// Which streams `useConnectionStatus` looks at when it is given none: those under the nearest `StreamRegistryContext`,
// else all of the page. Streams enter in effects, so a server never shares anything between its requests.
import { type Context, createContext, useContext, useEffect } from 'react';
import { createStreamRegistry, type StatusSource, type StreamRegistry } from '../connection/registry.ts';

/** Provide `createStreamRegistry()` here to tell the streams of one part of the page from the rest. */
export const StreamRegistryContext: Context<StreamRegistry | undefined> = /* @__PURE__ */ createContext<
  StreamRegistry | undefined
>(undefined);

let page: StreamRegistry | undefined;

export function useStreamRegistry(): StreamRegistry {
  const nearest = useContext(StreamRegistryContext);
  return nearest ?? (page ??= createStreamRegistry());
}

/** Counts a stream among the live ones for as long as the component is mounted. */
export function useRegisteredStream(source: StatusSource | undefined): void {
  const registry = useStreamRegistry();
  useEffect(() => (source ? registry.add(source) : undefined), [registry, source]);
}
