// Surroundings that go offline and come back when they are told to, in place of the browser's.
import type { ChatOptions } from '../../../src/core.ts';

type Environment = NonNullable<NonNullable<ChatOptions['platform']>['environment']>;
type EnvironmentChange = Parameters<Parameters<Environment['subscribe']>[0]>[0];

export interface LabEnvironment extends Environment {
  set(online: boolean): void;
}

export function createLabEnvironment(): LabEnvironment {
  const listeners = new Set<(change: EnvironmentChange) => void>();
  let online = true;
  return {
    get online() {
      return online;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    // What happens in the page is limited by nothing.
    route: () => undefined,
    set(value) {
      if (online === value) return;
      online = value;
      for (const listener of [...listeners]) listener(value ? 'online' : 'offline');
    },
  };
}
