// Learns how often a quiet server says that it is alive, so that a missing heartbeat can be told from long thinking.
import type { Clock } from '../base/clock.ts';
import type { Frame } from '../wire/frame.ts';

export interface Heartbeat {
  /** The longest time seen between two heartbeats with nothing else between them; `undefined` before there were two. */
  readonly intervalMs: number | undefined;
  /** A comment is a heartbeat; any other frame breaks the quiet. */
  read(frames: readonly Frame[]): void;
  /** A heartbeat that only the protocol could recognise among the frames just read. */
  beat(): void;
}

/**
 * Beats with data between them are not measured: some servers beat on a fixed period and some only when idle, and only
 * a quiet stretch gives the same number for both.
 */
export function createHeartbeat(clock: Clock): Heartbeat {
  let intervalMs: number | undefined;
  /** The beat that the present quiet began with. */
  let beatAt: number | undefined;
  /** The same, before the frames just read broke it: a protocol's heartbeat looks like data until `beat` says otherwise. */
  let beatBefore: number | undefined;

  const measure = (since: number | undefined) => {
    const now = clock.now();
    if (since !== undefined && now > since) intervalMs = Math.max(intervalMs ?? 0, now - since);
    beatAt = now;
  };

  return {
    get intervalMs() {
      return intervalMs;
    },
    read(frames) {
      if (frames.length === 0) return;
      let quiet = true;
      for (const frame of frames) if (frame.kind !== 'comment') quiet = false;
      if (quiet) return measure(beatAt);
      beatBefore = frames.length === 1 ? beatAt : undefined;
      beatAt = undefined;
    },
    beat() {
      measure(beatBefore);
      beatBefore = undefined;
    },
  };
}
