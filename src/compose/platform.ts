// What the platform lends to everything composed here: time, chance, surroundings, and the count of open streams.
import type { Clock } from '../base/clock.ts';
import { createSystemClock } from '../base/system-clock.ts';
import type { Random } from '../connection/backoff.ts';
import { createBrowserEnvironment, type Environment } from '../connection/environment.ts';
import { createOriginLimit, type OriginLimit } from '../connection/origin-limit.ts';

export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  readonly originLimit: OriginLimit;
}

let shared: Platform | undefined;

/** One for the page, because a browser counts connections for the page. Made when it is first asked for, never at import. */
export function sharedPlatform(): Platform {
  shared ??= createPlatform();
  return shared;
}

export function createPlatform(): Platform {
  const clock = createSystemClock();
  const environment = createBrowserEnvironment(clock);
  const originLimit = createOriginLimit((url) => environment.route(url));
  return { clock, random: () => Math.random(), environment, originLimit };
}
