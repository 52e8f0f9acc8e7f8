// Draws a schedule of faults from a seed, for tests that want many different bad days.
import type { Ending, Fault } from './faults.ts';
import type { Random } from './random.ts';

export interface DrawFaultsOptions {
  /** How many faults at most; at least one is drawn. Default 4. */
  readonly most?: number;
  /** The length of the whole answer's body; positions are drawn within it. */
  readonly bytes: number;
  /** The number of records of the answer. */
  readonly records: number;
  /** Whether records are numbered, so that swaps and drops can be noticed. Default `false`: none are drawn. */
  readonly numbered?: boolean;
  /** Whether records can be told apart when they repeat, by a cursor or a number. Default `numbered`. */
  readonly repeatable?: boolean;
  /** Endings to draw from. Default: all but `hang`, which needs a watchdog to end. */
  readonly endings?: readonly [Ending, ...Ending[]];
  /** The longest wait of one fault. Default 200. */
  readonly longestMs?: number;
}

/**
 * Each fault strikes a later attempt than the one before it, or the same one where both fit into one connection; so
 * every fault is met by a client that keeps resuming.
 */
export function drawFaults(random: Random, options: DrawFaultsOptions): readonly Fault[] {
  const { most = 4, bytes, records, numbered = false, repeatable = numbered, longestMs = 200 } = options;
  const endings = options.endings ?? ['eof', 'fin', 'abort', 'reset'];
  const faults: Fault[] = [];
  const count = 1 + random.below(most);
  let attempt = 1;
  let left = bytes;
  const record = (): number => random.below(records);
  const ms = (): number => 1 + random.below(longestMs);
  const draws: (() => Fault)[] = [
    () => ({ type: 'cut', at: random.below(left), end: random.pick(endings), attempt: attempt++ }),
    () => ({ type: 'status', status: random.pick([429, 500, 502, 503, 504]), retryAfter: '0', attempt: attempt++ }),
    () => ({ type: 'refuse', end: random.pick(['fin', 'abort', 'reset']), attempt: attempt++ }),
    () => ({ type: 'stall', at: random.below(left), ms: ms(), attempt }),
    () => ({ type: 'drip', at: random.below(left), length: 40, bytes: 1 + random.below(3), ms: 1, attempt }),
    () => ({ type: 'latency', ms: ms(), attempt }),
    () => ({ type: 'malformed', record: record(), attempt }),
  ];
  if (repeatable) draws.push(() => ({ type: 'duplicate', record: record(), later: random.below(4), attempt }));
  if (numbered) {
    draws.push(() => ({ type: 'swap', record: record(), by: 1 + random.below(4), attempt }));
    draws.push(() => ({ type: 'drop', record: record(), count: 1 + random.below(3), attempt }));
  }
  while (faults.length < count) {
    const fault = draws[random.below(draws.length)]?.();
    if (!fault) continue;
    faults.push(fault);
    // A resumed answer is shorter: later positions are drawn within what is left.
    if (fault.type === 'cut') left = Math.max(1, left - fault.at);
  }
  return faults;
}
