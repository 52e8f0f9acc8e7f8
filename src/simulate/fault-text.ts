// Faults as text for URLs, and back: `cut:at=120,end=reset;status:status=503,retryAfter=2,until=3`.
import { UsageError } from '../base/errors.ts';
import { defaultCutMs, type Ending, type Fault } from './faults.ts';

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
