// What can go wrong, as data: each fault says what it does and which attempts of a turn it strikes. Writing them as text
// and applying them is the work of the files beside this one.

/**
 * How a connection ends early.
 *
 * | ending | over HTTP/1.1 | over a WebSocket |
 * | --- | --- | --- |
 * | `eof` | the reply ends as if it were whole | close frame with `code` |
 * | `fin` | FIN, the chunked body left open | FIN without a close frame |
 * | `abort` | both directions closed at once | the same |
 * | `reset` | RST | RST |
 * | `hang` | nothing more is sent, the connection stays | the same |
 *
 * Without sockets (a page, a worker) `fin`, `abort` and `reset` are one network error.
 */
export type Ending = 'eof' | 'fin' | 'abort' | 'reset' | 'hang';

export interface Strike {
  /** The first attempt of the turn it strikes. Default 1, so that a resumed answer can finish. */
  readonly attempt?: number;
  /** The last attempt it strikes; `Infinity`: all of them. Default: `attempt`. */
  readonly until?: number;
}

export type Fault = Strike &
  (
    | { readonly type: 'refuse'; readonly end: Exclude<Ending, 'eof'> }
    | { readonly type: 'latency'; readonly ms: number }
    | {
        readonly type: 'status';
        readonly status: number;
        /** Sent as it is: seconds or a date. */
        readonly retryAfter?: string;
        readonly location?: string;
      }
    | { readonly type: 'content-type'; readonly value: string }
    /**
     * Ends the connection after `at` bytes of the body. `code`: the close code of a socket that ends by `eof`. The cut
     * comes `ms` later than the last byte (default 5): RST overtakes what has just been written, and clients throw away
     * what they have not read when it comes.
     */
    | { readonly type: 'cut'; readonly at: number; readonly end: Ending; readonly ms?: number; readonly code?: number }
    /** Sends nothing for `ms` after `at` bytes, then goes on. */
    | { readonly type: 'stall'; readonly at: number; readonly ms: number }
    /** After `at` bytes, sends `length` bytes in pieces of `bytes`, one each `ms`. */
    | {
        readonly type: 'drip';
        readonly at: number;
        readonly length: number;
        readonly bytes: number;
        readonly ms: number;
      }
    /** Sends a record again, `later` records further on. Records are counted from 0 through the whole answer. */
    | { readonly type: 'duplicate'; readonly record: number; readonly later: number }
    /** Sends a record `by` records later than its turn. */
    | { readonly type: 'swap'; readonly record: number; readonly by: number }
    /** Leaves out `count` records. */
    | { readonly type: 'drop'; readonly record: number; readonly count: number }
    /** Puts a record of unknown kind and of `bytes` bytes before `record`. */
    | { readonly type: 'oversize'; readonly record: number; readonly bytes: number }
    /** Puts a record that is no JSON before `record`. */
    | { readonly type: 'malformed'; readonly record: number }
  );

export type FaultType = Fault['type'];
export type FaultOf<T extends FaultType> = Extract<Fault, { readonly type: T }>;

/** How much later than the last byte a cut comes, unless it says so itself. */
export const defaultCutMs = 5;

/** How long the connection is silent before it ends as `cut` says; `Infinity`: until the client leaves. */
export function cutDelayMs(cut: FaultOf<'cut'>): number {
  if (cut.end === 'hang') return Infinity;
  return cut.end === 'eof' ? 0 : (cut.ms ?? defaultCutMs);
}

/** The faults of one type that strike this attempt (1 is the first). */
export function strikingFaults<T extends FaultType>(
  faults: readonly Fault[],
  type: T,
  attempt: number,
): readonly FaultOf<T>[] {
  return faults.filter((fault): fault is FaultOf<T> => fault.type === type && strikes(fault, attempt));
}

export function strikes(fault: Strike, attempt: number): boolean {
  const first = fault.attempt ?? 1;
  return attempt >= first && attempt <= (fault.until ?? first);
}
