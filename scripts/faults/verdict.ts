// What one run came to, judged by what the user saw and by what the server counted.
import type { TurnOutcome } from '../../src/core.ts';
import type { TurnStats } from '../../src/simulate/ledger.ts';
import type { Schedule } from './schedule.ts';
import { servers } from './servers.ts';

/** The first two are right ends; the first that fits, read from below, is a run's verdict. */
export const verdicts = [
  'exact',
  'interrupted',
  /** Interrupted or failed where the server could go on. */
  'gave up',
  'silently wrong',
  'hang',
  'doubled',
  'backwards',
  'overlap',
  'second generation',
  /** A connection was still open well after the end. */
  'left open',
] as const;
export type Verdict = (typeof verdicts)[number];

export function isRight(verdict: Verdict): boolean {
  return verdict === 'exact' || verdict === 'interrupted';
}

export interface Observation {
  /** `undefined`: it had not ended when the run's time was up. */
  readonly ending: TurnOutcome['status'] | undefined;
  readonly text: string;
  readonly sources: number;
  /** A snapshot showed less than, or other than, the one before it. */
  readonly wentBackwards: boolean;
  readonly stats: TurnStats;
}

export function judge({ server, reference }: Schedule, seen: Observation): Verdict {
  const { ending, text, stats } = seen;
  const { promise } = servers[server];
  if (stats.open > 0) return 'left open';
  if (stats.generations > 1) return 'second generation';
  if (stats.overlaps > 0) return 'overlap';
  if (seen.wentBackwards) return 'backwards';
  if (!reference.text.startsWith(text)) return isDoubled(text, reference.text) ? 'doubled' : 'silently wrong';
  if (ending === undefined) return 'hang';
  const isWhole = text === reference.text && seen.sources === reference.sources;
  if (ending === 'complete') return isWhole ? 'exact' : 'silently wrong';
  if (seen.sources > reference.sources) return 'doubled';
  const mayEnd = promise === 'prefix' || (promise === 'exact-once-begun' && text === '');
  return mayEnd && (ending === 'interrupted' || ending === 'failed') ? 'interrupted' : 'gave up';
}

/** Taking one piece out leaves the beginning of the right text, and that piece repeats what stands before it. */
function isDoubled(text: string, right: string): boolean {
  let same = 0;
  while (same < text.length && text[same] === right[same]) same += 1;
  for (let size = 1; size <= same; size += 1) {
    const piece = text.slice(same, same + size);
    if (piece.length === size && right.slice(0, same).includes(piece) && size > 3) return true;
  }
  return text.length > right.length;
}
