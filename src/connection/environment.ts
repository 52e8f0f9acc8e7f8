// What surrounds a connection: whether there is a network, whether anyone is looking, whether the machine slept.
// The port, the browser's answer to it, and the answer of a place where none of this exists.
import type { Cancel, Clock } from '../base/clock.ts';
import { createListeners } from '../base/listeners.ts';
import { parseUrl } from '../base/parse-url.ts';

/**
 * | change  | the browser said                                                       |
 * | ------- | ---------------------------------------------------------------------- |
 * | offline | there is no network                                                    |
 * | online  | there is one again                                                     |
 * | visible | the page is looked at again                                            |
 * | freeze  | the page goes into the back-forward cache, where no connection may live |
 * | thaw    | it came back                                                           |
 * | wake    | time passed that no timer saw                                          |
 */
export type EnvironmentChange = 'offline' | 'online' | 'visible' | 'freeze' | 'thaw' | 'wake';

/** Where a request goes, and how many may be open there at once. */
export interface Route {
  readonly origin: string;
  /** `undefined`: cannot be known. */
  readonly limit: number | undefined;
}

export interface Environment {
  readonly online: boolean;
  /** Listens only while someone is subscribed. */
  subscribe(listener: (change: EnvironmentChange) => void): () => void;
  /** `undefined` where nothing limits connections, or the address has no origin. */
  route(url: string): Route | undefined;
}

/** Always online, never hidden: a server, a worker of its own, a test. */
export const steadyEnvironment: Environment = {
  online: true,
  subscribe: () => () => undefined,
  route: () => undefined,
};

/** How often the clock is looked at to notice a sleep, and by how much it must have jumped to be one. */
const wakeCheckMs = 15_000;
const wakeJumpMs = 5_000;

/** What browsers allow to one HTTP/1.1 origin, over all tabs. HTTP/2 and 3 share one connection and are not limited so. */
const http1Limit = 6;

/**
 * The page this runs in. Attaches its listeners with the first subscriber and removes them with the last, so it can be
 * made anywhere; where there is no page it behaves as `steadyEnvironment`.
 */
export function createBrowserEnvironment(clock: Clock): Environment {
  const listeners = createListeners<[EnvironmentChange]>();
  let detach: (() => void) | undefined;

  return {
    get online() {
      return typeof navigator === 'undefined' || navigator.onLine !== false;
    },
    subscribe(listener) {
      const leave = listeners.add(listener);
      detach ??= attach(clock, listeners.notify);
      return () => {
        leave();
        if (listeners.size > 0) return;
        detach?.();
        detach = undefined;
      };
    },
    route(url) {
      if (typeof location === 'undefined' || typeof document === 'undefined') return undefined;
      const { origin = '', protocol = '' } = parseUrl(url, location.href) ?? {};
      return protocol === 'http:' || protocol === 'https:' ? { origin, limit: limitOf(origin, protocol) } : undefined;
    },
  };
}

function attach(clock: Clock, tell: (change: EnvironmentChange) => void): () => void {
  const cancelWakeCheck = watchForSleep(clock, () => tell('wake'));
  if (typeof window === 'undefined' || typeof window.addEventListener !== 'function') return cancelWakeCheck;

  const handlers: readonly [EventTarget, string, (event: Event) => void][] = [
    [window, 'offline', () => tell('offline')],
    [window, 'online', () => tell('online')],
    [window, 'pagehide', (event) => (event as PageTransitionEvent).persisted && tell('freeze')],
    [window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && tell('thaw')],
    [document, 'visibilitychange', () => document.visibilityState === 'visible' && tell('visible')],
  ];
  for (const [target, type, handler] of handlers) target.addEventListener(type, handler);
  return () => {
    cancelWakeCheck();
    for (const [target, type, handler] of handlers) target.removeEventListener(type, handler);
  };
}

/** Timers stand still while the machine sleeps and the wall clock does not: a check that comes far too late tells. */
function watchForSleep(clock: Clock, tell: () => void): Cancel {
  let expectedAt = clock.now() + wakeCheckMs;
  let cancel = clock.after(wakeCheckMs, check);
  function check() {
    const late = clock.now() - expectedAt;
    expectedAt = clock.now() + wakeCheckMs;
    cancel = clock.after(wakeCheckMs, check);
    if (late > wakeJumpMs) tell();
  }
  return () => cancel();
}

/**
 * The protocol in use is only told about resources that have finished loading, and about other origins only where they
 * allow it. Plain http is never more than HTTP/1.1 in a browser. Everything else stays unknown rather than guessed.
 */
function limitOf(origin: string, protocol: string): number | undefined {
  if (protocol === 'http:') return http1Limit;
  if (typeof performance === 'undefined' || typeof performance.getEntriesByType !== 'function') return undefined;
  const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index] as PerformanceResourceTiming;
    if (!entry.nextHopProtocol || !entry.name.startsWith(`${origin}/`)) continue;
    return entry.nextHopProtocol.startsWith('http/1') ? http1Limit : Infinity;
  }
  return undefined;
}
