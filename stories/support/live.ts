// A story's test drives it by hand and in real time. Where the lab holds the story, the lab does.
import { decodeLabState } from './lab/lab-state.ts';

interface PlayContext {
  readonly globals: Readonly<Record<string, unknown>>;
}

export function live<C extends PlayContext>(play: (context: C) => Promise<void>): (context: C) => Promise<void> {
  return async (context) => {
    if (decodeLabState(context.globals['lab']).at === undefined) await play(context);
  };
}
