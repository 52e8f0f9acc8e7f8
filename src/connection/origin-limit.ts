// Counts the streams that are open to each origin, so that one too many is told as what it is. A browser queues the
// seventh request to an HTTP/1.1 origin without a word, where it looks like a server that does not answer.
// docs/decisions/0004-connection-limit.md says what can be known and what cannot.
import type { Route } from './environment.ts';

/** One place among the streams of an origin, held while an attempt lives. */
export interface StreamSlot {
  /** More are open than the origin allows: the request would wait for another to end. */
  readonly exceeded: boolean;
  /** As many are open as an HTTP/1.1 origin allows, and it is not known whether this is one. */
  readonly suspected: boolean;
  leave(): void;
}

/** Shared by the connections of one page, owned by whoever composes them. */
export interface OriginLimit {
  enter(url: string): StreamSlot;
}

const suspectedLimit = 6;

export function createOriginLimit(route: (url: string) => Route | undefined): OriginLimit {
  const open = new Map<string, number>();
  return {
    enter(url) {
      const place = route(url);
      if (!place) return unlimited;
      const { origin, limit } = place;
      const count = (open.get(origin) ?? 0) + 1;
      open.set(origin, count);
      let held = true;
      return {
        exceeded: limit !== undefined && count > limit,
        get suspected() {
          return limit === undefined && (open.get(origin) ?? 0) > suspectedLimit;
        },
        leave() {
          if (!held) return;
          held = false;
          const left = (open.get(origin) ?? 1) - 1;
          if (left > 0) open.set(origin, left);
          else open.delete(origin);
        },
      };
    },
  };
}

const unlimited: StreamSlot = { exceeded: false, suspected: false, leave: () => undefined };
