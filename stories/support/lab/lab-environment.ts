// Surroundings that go offline and come back when they are told to, in place of the browser's; where the lab does not
// hold the story, the browser may tell them too.
import type { ChatOptions } from '../../../src/core.ts';

type Environment = NonNullable<NonNullable<ChatOptions['platform']>['environment']>;
type EnvironmentChange = Parameters<Parameters<Environment['subscribe']>[0]>[0];

export interface LabEnvironment extends Environment {
  set(online: boolean): void;
}

export function createLabEnvironment(follows: EventTarget | undefined): LabEnvironment {
  const listeners = new Set<(change: EnvironmentChange) => void>();
  let online = true;
  const follow = ({ type }: Event): void => environment.set(type === 'online');
  const environment: LabEnvironment = {
    get online() {
      return online;
    },
    subscribe(listener) {
      if (listeners.size === 0) for (const type of ['online', 'offline']) follows?.addEventListener(type, follow);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) for (const type of ['online', 'offline']) follows?.removeEventListener(type, follow);
      };
    },
    // What happens in the page is limited by nothing.
    route: () => undefined,
    set(value) {
      if (online === value) return;
      online = value;
      for (const listener of [...listeners]) listener(value ? 'online' : 'offline');
    },
  };
  return environment;
}
