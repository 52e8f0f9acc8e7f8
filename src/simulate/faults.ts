// What can go wrong, as data: each fault says what it does and which attempts of a turn it strikes. Text form for URLs:
// `cut:at=120,end=reset;status:status=503,retryAfter=2,until=3`. Applying them is the work of the files beside this one.
import { UsageError } from '../base/errors.ts';

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
    | { readonly type: 'drip'; readonly at: number; readonly length: number; readonly bytes: number; readonly ms: number }
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

const defaultCutMs = 5;

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

export function formatFaults(faults: readonly Fault[]): string {
  return faults
    .map(({ type, ...fields }) => {
      const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
      const text = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join(',');
      return text === '' ? type : `${type}:${text}`;
    })
    .join(';');
}

/** Throws a `UsageError` for a fault, a field or a value that does not exist. */
export function parseFaults(text: string): readonly Fault[] {
  return text.split(';').flatMap((part) => {
    const [type = '', ...rest] = part.trim().split(':');
    if (type === '') return [];
    const fields = new Fields(type, rest.join(':'));
    const fault = readFault(type, fields);
    const attempt = fields.number('attempt', 1);
    const until = fields.number('until', attempt);
    fields.finish();
    return [{ ...fault, ...(attempt === 1 ? {} : { attempt }), ...(until === attempt ? {} : { until }) }];
  });
}

const endings: readonly Ending[] = ['eof', 'fin', 'abort', 'reset', 'hang'];

function readFault(type: string, fields: Fields): Fault {
  switch (type) {
    case 'refuse': {
      const end = fields.choice('end', endings, 'reset');
      return { type, end: end === 'eof' ? 'fin' : end };
    }
    case 'latency':
      return { type, ms: fields.number('ms', 1_000) };
    case 'status': {
      const retryAfter = fields.text('retryAfter');
      const location = fields.text('location');
      return {
        type,
        status: fields.number('status', 503),
        ...(retryAfter === undefined ? {} : { retryAfter }),
        ...(location === undefined ? {} : { location }),
      };
    }
    case 'content-type':
      return { type, value: fields.text('value') ?? 'text/html' };
    case 'cut': {
      const code = fields.number('code', 0);
      const ms = fields.number('ms', defaultCutMs);
      return {
        type,
        at: fields.number('at', 0),
        end: fields.choice('end', endings, 'fin'),
        ...(ms === defaultCutMs ? {} : { ms }),
        ...(code === 0 ? {} : { code }),
      };
    }
    case 'stall':
      return { type, at: fields.number('at', 0), ms: fields.number('ms', 60_000) };
    case 'drip': {
      const [length, bytes, ms] = [fields.number('length', 64), fields.number('bytes', 1), fields.number('ms', 20)];
      return { type, at: fields.number('at', 0), length, bytes: Math.max(1, bytes), ms };
    }
    case 'duplicate':
      return { type, record: fields.number('record', 1), later: fields.number('later', 0) };
    case 'swap':
      return { type, record: fields.number('record', 1), by: fields.number('by', 1) };
    case 'drop':
      return { type, record: fields.number('record', 1), count: fields.number('count', 1) };
    case 'oversize':
      return { type, record: fields.number('record', 1), bytes: fields.number('bytes', 9_000_000) };
    case 'malformed':
      return { type, record: fields.number('record', 1) };
    default:
      throw new UsageError('invalid-option', `there is no fault "${type}"; see the fault table for those there are.`, {
        field: 'faults',
      });
  }
}

/** The `name=value` pairs of one fault; what nobody asked for is an error, so that a typing slip does not pass as success. */
class Fields {
  readonly #fault: string;
  readonly #values = new Map<string, string>();

  constructor(fault: string, text: string) {
    this.#fault = fault;
    for (const pair of text.split(',')) {
      const [name = '', value = ''] = pair.split('=');
      if (name !== '') this.#values.set(name.trim(), decodeURIComponent(value));
    }
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    this.#values.delete(name);
    return value;
  }

  number(name: string, otherwise: number): number {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const value = text === 'all' ? Infinity : Number(text);
    if (Number.isNaN(value) || value < 0) this.#refuse(name);
    return value;
  }

  choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    return choices.find((choice) => choice === text) ?? this.#refuse(name);
  }

  finish(): void {
    const [left] = this.#values.keys();
    if (left !== undefined) this.#refuse(left);
  }

  #refuse(name: string): never {
    throw new UsageError('invalid-option', `the fault "${this.#fault}" cannot be given this "${name}".`, {
      field: 'faults',
    });
  }
}
