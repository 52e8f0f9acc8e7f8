// What the lab's panel and the page that shows the story say to each other over Storybook's channel.
import type { ConnectionStatus } from '../../src/core.ts';
import type { LabEvent } from '../../stories/support/lab/timeline.ts';
import type { RenderCount } from './renders.ts';

export const labId = 'rivulet-lab';

/** From the panel. */
export const commands = {
  /** Whether somebody looks: nobody is told anything otherwise. */
  watch: `${labId}/watch`,
  play: `${labId}/play`,
  pause: `${labId}/pause`,
} as const;

/** From the page. */
export const news = {
  report: `${labId}/report`,
  /** Playing came to an end, by itself or by hand. */
  rest: `${labId}/rest`,
} as const;

export interface LabReport {
  /** Whether the story is in the lab's hands. */
  readonly held: boolean;
  readonly playing: boolean;
  /** How many events have happened. */
  readonly at: number;
  /** Those that happened, then those that will where this is known. */
  readonly events: readonly LabEvent[];
  readonly status: ConnectionStatus;
  readonly ms: number;
  /** The most often rendered first. */
  readonly renders: readonly RenderCount[];
  readonly commits: number;
  readonly longTasks: readonly LongTask[];
}

export interface LongTask {
  /** Milliseconds of real time since the page began. */
  readonly at: number;
  readonly ms: number;
}
