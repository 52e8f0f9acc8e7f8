// A story's test drives it as it is written: by hand and in real time, or held at its own event. Where the address says
// something else, the lab drives it.
import { decodeLabState } from './lab/lab-state.ts';

interface PlayContext {
  readonly globals: Readonly<Record<string, unknown>>;
}

export function live<C extends PlayContext>(play: (context: C) => Promise<void>): (context: C) => Promise<void> {
  return async (context) => {
    if (decodeLabState(context.globals['lab']).at === undefined) await play(context);
  };
}

/** For a story that stands at an event by itself. */
export function asWritten<C extends PlayContext>(play: (context: C) => Promise<void>): (context: C) => Promise<void> {
  return async (context) => {
    if (Object.keys(context.globals['lab'] ?? {}).length === 0) await play(context);
  };
}
