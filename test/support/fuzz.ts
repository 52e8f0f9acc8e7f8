// Feeds adapters streams that were bent, cut, mixed or made up, and checks what must hold all the same. A seed names a
// run: the same seed makes the same streams.
import { isStreamError } from '../../src/base/errors.ts';
import type { Message } from '../../src/message/message.ts';
import { reduceMessage } from '../../src/message/reduce.ts';
import type { Adapter } from '../../src/protocol/adapter.ts';
import { autoProtocol } from '../../src/protocol/auto.ts';
import { type Chunk, isTerminal } from '../../src/protocol/chunk.ts';
import type { Frame, TextFraming } from '../../src/wire/frame.ts';
import { codecs } from '../protocol/run-turn.ts';
import { turn } from './conversations.ts';
import { protocols } from './protocols.ts';
import { cutAt, framesOf } from './split.ts';
import { type StoredStream, storedStreams } from './stored-streams.ts';

export interface FuzzFailure {
  readonly adapter: string;
  readonly seed: number;
  readonly problem: string;
  readonly stream: string;
  readonly error?: unknown;
}

export interface FuzzTally {
  runs: number;
  finished: number;
  faults: number;
  maxStateChars: number;
}

export interface FuzzReport {
  readonly tallies: ReadonlyMap<string, FuzzTally>;
  readonly failures: readonly FuzzFailure[];
}

type Random = () => number;

interface Target {
  readonly adapter: Adapter;
  readonly ends: RegExp;
  readonly streams: readonly StoredStream[];
}

/** A record larger than this ends a stream, as a transport would end it. */
const maxFrameChars = 262_144;

export interface FuzzOptions {
  readonly runs: number;
  /** Of the first run; each run after it has the next one. */
  readonly seed: number;
  /** One adapter's name. Default: all by turns. */
  readonly only?: string | undefined;
}

/** Stops after ten failures. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const streams = storedStreams();
  const targets = targetsOf(streams).filter(({ adapter }) => [undefined, adapter.name].includes(options.only));
  if (targets.length === 0) throw new RangeError(`No adapter is called ${options.only}.`);
  const tallies = new Map(
    targets.map(({ adapter }) => [adapter.name, { runs: 0, finished: 0, faults: 0, maxStateChars: 0 }]),
  );
  const failures: FuzzFailure[] = [];
  for (let run = 0; run < options.runs && failures.length < 10; run += 1) {
    const target = targets[run % targets.length] as Target;
    const seed = options.seed + run;
    const failure = await fuzzOnce(target, streams, seed, tallies.get(target.adapter.name) as FuzzTally);
    if (failure !== undefined) failures.push({ ...failure, adapter: target.adapter.name, seed });
  }
  return { tallies, failures };
}

function targetsOf(streams: readonly StoredStream[]): readonly Target[] {
  const own = protocols.map((protocol) => ({
    ...protocol,
    streams: streams.filter((stream) => stream.protocol === protocol),
  }));
  const auto = autoProtocol(
    protocols.map(({ adapter }) => adapter),
    { request: () => ({ method: 'POST' }) },
  );
  const ends = new RegExp(protocols.map((protocol) => protocol.ends.source).join('|'));
  return [...own, { adapter: auto, ends, streams }];
}

async function fuzzOnce(
  { adapter, ends, streams }: Target,
  all: readonly StoredStream[],
  seed: number,
  tally: FuzzTally,
): Promise<Pick<FuzzFailure, 'problem' | 'stream' | 'error'> | undefined> {
  const random = createRandom(seed);
  const base = pick(random, random() < 0.8 && streams.length > 0 ? streams : all);
  const other = pick(random, all);
  const bytes = bent(random, base.bytes, other.bytes);
  const stream = new TextDecoder().decode(bytes).slice(0, 2000);
  const framing = random() < 0.9 ? base.framing : pick<TextFraming>(random, ['sse', 'ndjson', 'lines']);
  try {
    const frames = decode(framing, bytes, random);
    const result = await read(adapter, frames, framing);
    tally.runs += 1;
    tally.faults += result.faults;
    tally.maxStateChars = Math.max(tally.maxStateChars, result.stateChars);
    const looksWhole = result.ending === 'complete' || result.chunks.some(({ type }) => type === 'finish');
    if (looksWhole) tally.finished += 1;
    const isFailed = result.chunks.some(({ type }) => type === 'error');
    if (looksWhole && !isFailed && !frames.some((frame) => mayEnd(frame, ends))) {
      return { problem: 'a cut answer looks complete', stream };
    }
    const bound = 50_000 + 40 * bytes.length;
    if (result.stateChars > bound) return { problem: `the state holds ${result.stateChars} characters`, stream };
    if (result.chunkChars > bound) return { problem: `the chunks hold ${result.chunkChars} characters`, stream };
    reduceMessage(blank, result.chunks, 0);
  } catch (error) {
    return { problem: 'an exception', stream, error };
  }
  return undefined;
}

const blank: Message = {
  id: 'm',
  role: 'assistant',
  parts: [],
  status: 'pending',
  createdAt: 0,
  metadata: {},
  version: 0,
};

function decode(framing: TextFraming, bytes: Uint8Array, random: Random): Frame[] {
  const edges = Array.from({ length: between(random, 0, 20) }, () => between(random, 0, bytes.length));
  try {
    return framesOf(framing, cutAt(bytes, edges), { maxFrameChars });
  } catch (error) {
    if (isStreamError(error) && error.code === 'buffer-exceeded') return [];
    throw error;
  }
}

interface Read {
  readonly chunks: readonly Chunk[];
  readonly ending: string;
  readonly faults: number;
  readonly stateChars: number;
  readonly chunkChars: number;
}

/** Unlike a turn it does not stop at a terminal chunk: what comes after must not throw either. */
async function read(adapter: Adapter, frames: readonly Frame[], framing: TextFraming): Promise<Read> {
  const chunks: Chunk[] = [];
  let chunkChars = 0;
  let faults = 0;
  let over = false;
  const emit = (chunk: Chunk): void => {
    chunkChars += JSON.stringify(chunk).length;
    if (over) return;
    chunks.push(chunk);
    over = isTerminal(chunk);
  };
  const state = adapter.init({ framing, headers: {} });
  const point = { input: turn() };
  for (const frame of frames) {
    try {
      adapter.read(state, (await adapter.prepare?.(frame, codecs)) ?? frame, emit);
    } catch (error) {
      if (!isStreamError(error) || error.name !== 'ProtocolError') throw error;
      if (error.field === undefined) throw new Error('The error names no field.', { cause: error });
      faults += 1;
    }
    adapter.resume?.(state, point);
    adapter.cancel?.(state, point);
  }
  const ending = over ? 'terminal' : adapter.end(state, emit, { kind: 'eof' });
  return { chunks, ending, faults, stateChars: sizeOf(state), chunkChars };
}

function mayEnd(frame: Frame, ends: RegExp): boolean {
  return frame.kind === 'message' && ends.test(`${frame.event}\n${frame.data ?? ''}`);
}

/** Characters of all strings that can be reached, and one for each value and member. */
function sizeOf(value: unknown, seen: Set<unknown> = new Set()): number {
  if (typeof value === 'string') return value.length + 1;
  if (typeof value !== 'object' || value === null || seen.has(value)) return 1;
  seen.add(value);
  const members =
    value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.entries(value).flat();
  return members.reduce<number>((sum, member) => sum + sizeOf(member, seen), 1);
}

const awkward: readonly string[] = [
  'null',
  '-1',
  '1e999',
  '""',
  '[]',
  '{}',
  'true',
  '"__proto__"',
  '"\\ud800"',
  '[[[[[[]]]]]]',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  '{"type":"done"}',
  '{"error":{}}',
];

/** One to four changes, each of a kind that networks, proxies and servers make. */
function bent(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  let text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const times = between(random, 1, 4);
  for (let time = 0; time < times; time += 1) text = bend(random, text, other);
  const out = new TextEncoder().encode(text);
  for (let flips = random() < 0.2 ? between(random, 1, 8) : 0; flips > 0 && out.length > 0; flips -= 1) {
    out[between(random, 0, out.length - 1)] = between(random, 0, 255);
  }
  return out;
}

function bend(random: Random, text: string, other: Uint8Array): string {
  const at = between(random, 0, text.length);
  const records = text.split(/(?<=\n\n)/);
  const index = between(random, 0, Math.max(0, records.length - 1));
  switch (between(random, 0, 9)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + between(random, 1, 40));
    case 2:
      return text.slice(0, at) + noise(random) + text.slice(at);
    case 3:
      return records.toSpliced(index, 1).join('');
    case 4:
      return records.toSpliced(index, 0, records[between(random, 0, records.length - 1)] ?? '').join('');
    case 5:
      return shuffled(random, records).join('');
    case 6:
      return text.slice(0, at) + new TextDecoder().decode(other).slice(at);
    case 7:
      return text.replaceAll(/"[^"\n]*"|\d+|true|false|null/g, (value) =>
        random() < 0.05 ? pick(random, awkward) : value,
      );
    case 8:
      return text.replaceAll(/"(\w+)"(\s*:)/g, (whole, _name, colon: string) =>
        random() < 0.05 ? `"x"${colon}` : whole,
      );
    default:
      return noise(random).repeat(between(random, 1, 20));
  }
}

function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const rest = [...values];
  return values.flatMap(() => rest.splice(between(random, 0, rest.length - 1), 1));
}

function noise(random: Random): string {
  const pieces = [
    'data: ',
    'event: ',
    '\n',
    '\n\n',
    '\r',
    '{',
    '}',
    '"',
    ':',
    'error',
    '\u0000',
    '\ufeff',
    '😀',
    '[DONE]',
    ...awkward,
  ];
  return Array.from({ length: between(random, 1, 12) }, () => pick(random, pieces)).join('');
}

/** Numbers from 0 to 1 (mulberry32): even enough for tests, and the same on every machine. */
function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[between(random, 0, from.length - 1)] as T;
}
