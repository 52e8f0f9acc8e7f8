// What is asked for while a turn runs: refused, kept until the turn has ended, or put in its place.
import type { ChatStoreOptions, TurnOutcome } from './chat.ts';
import type { Turn } from './turn.ts';

export interface RunningTurn {
  readonly turn: Pick<Turn, 'stop'>;
  readonly done: Promise<TurnOutcome>;
}

export interface TurnQueue {
  readonly length: number;
  /** Runs `start` now, after what runs, or not at all, as `whenBusy` says. */
  whenFree(start: () => Promise<TurnOutcome>): Promise<TurnOutcome>;
  /** Starts what has waited longest. */
  next(): void;
  /** Refuses everything that waits. */
  drop(): void;
}

export const refused: Promise<TurnOutcome> = Promise.resolve({ status: 'refused' });

export function createTurnQueue(
  whenBusy: ChatStoreOptions['whenBusy'],
  running: () => RunningTurn | undefined,
  onChange: () => void,
): TurnQueue {
  const waiting: { readonly start: () => void; readonly drop: () => void }[] = [];
  return {
    get length() {
      return waiting.length;
    },
    whenFree(start) {
      const present = running();
      if (present === undefined) return start();
      if (whenBusy === 'interrupt') {
        present.turn.stop();
        return present.done.then(start);
      }
      if (whenBusy !== 'queue') return refused;
      return new Promise((resolve) => {
        waiting.push({ start: () => resolve(start()), drop: () => resolve({ status: 'refused' }) });
        onChange();
      });
    },
    next: () => waiting.shift()?.start(),
    drop() {
      for (const { drop } of waiting.splice(0)) drop();
    },
  };
}
