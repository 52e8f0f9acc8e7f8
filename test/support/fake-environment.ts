// Surroundings that change when the test says so.
import type { Environment, EnvironmentChange, Route } from '../../src/connection/environment.ts';

export interface FakeEnvironment extends Environment {
  online: boolean;
  /** Where every request goes. Default: nowhere that counts. */
  limit: number | undefined | 'none';
  tell(change: EnvironmentChange): void;
  readonly subscribers: number;
}

export function createFakeEnvironment(): FakeEnvironment {
  const listeners = new Set<(change: EnvironmentChange) => void>();
  const environment: FakeEnvironment = {
    online: true,
    limit: 'none',
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    route(url): Route | undefined {
      return environment.limit === 'none' ? undefined : { origin: new URL(url).origin, limit: environment.limit };
    },
    tell(change) {
      if (change === 'offline') environment.online = false;
      if (change === 'online') environment.online = true;
      for (const listener of [...listeners]) listener(change);
    },
    get subscribers() {
      return listeners.size;
    },
  };
  return environment;
}
