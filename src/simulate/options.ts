// What a request may choose about its answer: the options, their defaults, named presets, and how a query states them.
import { UsageError } from '../base/errors.ts';
import type { Chunking } from './bytes.ts';
import { formatFaults, parseFaults } from './fault-text.ts';
import type { Fault } from './faults.ts';
import type { Pacing } from './script.ts';

/**
 * How a broken answer goes on.
 *
 * | mode | records carry | a request with `Last-Event-ID` or `after` gets |
 * | --- | --- | --- |
 * | `id` | a cursor, as SSE `id:` | the rest of the same answer |
 * | `sequence` | a `seq` number from 0 | the rest of the same answer |
 * | `replay` | nothing | the same answer from its start |
 * | `none` | nothing | a new answer |
 */
export type ResumeMode = 'id' | 'sequence' | 'replay' | 'none';

export interface Simulation extends Pacing {
  /** The same seed and the same request give the same bytes. */
  readonly seed: number;
  readonly script: string;
  /** About how many tokens, for scripts without a length of their own. */
  readonly length: number | undefined;
  /** Time until the reply's head. */
  readonly latencyMs: number;
  readonly chunks: Chunking;
  /** The least time between two writes. Without it a client may find several in one read. */
  readonly chunkMs: number;
  /** The longest silence without a sign of life; 0: none are sent. */
  readonly heartbeatMs: number;
  /** Sent as the first record's `retry:` field, in SSE formats. */
  readonly retryMs: number | undefined;
  readonly resume: ResumeMode;
  /** Whether the same `Idempotency-Key` gets the same answer. Default: unless `resume` is `none`. */
  readonly idempotent: boolean;
  /** Whether records carry cursors. Default: where `resume` is `id`. */
  readonly ids: boolean;
  /** Whether records carry numbers. Default: where `resume` is `sequence`. */
  readonly numbered: boolean;
  /** Whether a second answer to the same request differs from the first, as a real model's does. */
  readonly vary: boolean;
  readonly gzip: boolean;
  readonly bom: boolean;
  readonly newline: 'lf' | 'crlf' | 'cr';
  /** Socket messages are sent as binary frames. */
  readonly binary: boolean;
  /** The only bearer token that is let in; `undefined`: everybody is. */
  readonly token: string | undefined;
  readonly faults: readonly Fault[];
}

/** Every member is optional; `preset` is applied first. */
export type SimulationOptions = Partial<Simulation> & { readonly preset?: PresetName };

export type PresetName = 'instant' | 'five-characters' | 'throttled' | 'batched' | 'slow-network' | 'bytewise';

const presets: Readonly<Record<PresetName, Partial<Simulation>>> = {
  instant: { tokensPerSecond: 0, pauses: 0 },
  'five-characters': { tokenChars: 5 },
  throttled: { throttleMs: 50 },
  batched: { batch: 5 },
  'slow-network': { latencyMs: 800, tokensPerSecond: 12, jitter: 0.8, chunks: { by: 'random', size: 400 } },
  bytewise: { chunks: { by: 'bytes', size: 1 } },
};

const defaults = {
  seed: 1,
  script: 'greeting',
  length: undefined,
  latencyMs: 0,
  tokensPerSecond: 60,
  pauses: 1,
  jitter: 0,
  tokenChars: 'word',
  batch: 1,
  throttleMs: 0,
  chunks: { by: 'record' },
  chunkMs: 0,
  heartbeatMs: 15_000,
  retryMs: undefined,
  resume: 'id',
  vary: false,
  gzip: false,
  bom: false,
  newline: 'lf',
  binary: false,
  token: undefined,
  faults: [],
} satisfies Partial<Simulation>;

/** Later options win over earlier ones. */
export function resolveSimulation(...layers: readonly SimulationOptions[]): Simulation {
  const given = Object.assign({}, ...layers.map(expandPreset)) as SimulationOptions;
  const { preset: _, ...chosen } = given;
  const resume = chosen.resume ?? defaults.resume;
  return {
    ...defaults,
    idempotent: resume !== 'none',
    ids: resume === 'id',
    numbered: resume === 'sequence',
    ...chosen,
  };
}

function expandPreset(options: SimulationOptions): SimulationOptions {
  return options.preset === undefined ? options : { ...presets[options.preset], ...options };
}

/** Reads the options among a query's parameters; others are left to whom they concern. Throws a `UsageError` for a bad value. */
export function parseSimulation(query: URLSearchParams): SimulationOptions {
  const options: Record<string, unknown> = {};
  for (const [name, text] of query) {
    const read = Object.hasOwn(readers, name) ? readers[name as keyof typeof readers] : undefined;
    const value = read?.(text);
    if (read && value === undefined) refuse(name, text);
    if (read) options[name] = value;
  }
  return options;
}

/** What a feed's request chooses besides: how often a record comes, and how many there are in all. */
export function parseFeed(query: URLSearchParams): { readonly everyMs: number; readonly count: number } {
  const read = (name: string, otherwise: number): number => {
    const text = query.get(name);
    if (text === null) return otherwise;
    return number(text) ?? refuse(name, text);
  };
  return { everyMs: read('everyMs', 500), count: read('count', Infinity) };
}

/** Options as a query, for a story's or a test's URL; the reverse of `parseSimulation`. */
export function simulationQuery(options: SimulationOptions): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (name === 'faults') query.set(name, formatFaults(options.faults ?? []));
    else if (name === 'chunks') query.set(name, formatChunking(options.chunks ?? defaults.chunks));
    else query.set(name, String(value));
  }
  return query.toString();
}

const readers = {
  preset: oneOf(Object.keys(presets)),
  seed: number,
  script: (text: string) => text,
  length: number,
  latencyMs: number,
  tokensPerSecond: number,
  pauses: number,
  jitter: number,
  tokenChars: (text: string) => (text === 'word' ? text : positive(text)),
  batch: positive,
  throttleMs: number,
  chunks: parseChunking,
  chunkMs: number,
  heartbeatMs: number,
  retryMs: number,
  resume: oneOf(['id', 'sequence', 'replay', 'none']),
  idempotent: boolean,
  ids: boolean,
  numbered: boolean,
  vary: boolean,
  gzip: boolean,
  bom: boolean,
  newline: oneOf(['lf', 'crlf', 'cr']),
  binary: boolean,
  token: (text: string) => text,
  faults: parseFaults,
} satisfies Record<keyof SimulationOptions, (text: string) => unknown>;

function refuse(name: string, text: string): never {
  throw new UsageError('invalid-option', `the option "${name}" cannot be "${text}". Correct the request's URL.`, {
    field: name,
  });
}

function number(text: string): number | undefined {
  const value = Number(text);
  return text !== '' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function positive(text: string): number | undefined {
  const value = number(text);
  return value !== undefined && value >= 1 ? Math.floor(value) : undefined;
}

function boolean(text: string): boolean | undefined {
  return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined;
}

function oneOf(choices: readonly string[]): (text: string) => string | undefined {
  return (text) => choices.find((choice) => choice === text);
}

function parseChunking(text: string): Chunking | undefined {
  const [by, sizeText = ''] = text.split(':');
  if (by === 'record' || by === 'split-utf8' || by === 'whole') return { by };
  const size = positive(sizeText);
  return (by === 'bytes' || by === 'random') && size !== undefined ? { by, size } : undefined;
}

function formatChunking(chunking: Chunking): string {
  return 'size' in chunking ? `${chunking.by}:${chunking.size}` : chunking.by;
}
