// Draws one bad day from a seed: a server, the shape of its answer, and one to four faults.
import { drawFaults } from '../../src/simulate/draw-faults.ts';
import type { Ending, Fault } from '../../src/simulate/faults.ts';
import type { SimulationOptions } from '../../src/simulate/options.ts';
import { createRandom, hash, type Random } from '../../src/simulate/random.ts';
import { readReference, type Reference } from './reference.ts';
import { type ServerKind, servers } from './servers.ts';

export const transportNames = ['fetch', 'websocket', 'fetch-event-source'] as const;
export type TransportName = (typeof transportNames)[number];

export interface Schedule {
  /** Names the run to a reader, and the turn to the server. */
  readonly name: string;
  readonly transport: TransportName;
  readonly server: ServerKind;
  readonly simulation: SimulationOptions;
  readonly question: string;
  readonly reference: Reference;
}

/** The same seed and index give the same schedule, whatever others are drawn. */
export async function drawSchedule(seed: number, index: number, transport: TransportName): Promise<Schedule> {
  const random = createRandom(hash(`${seed}\n${index}`));
  const server = drawServer(random);
  const socket = transport === 'websocket';
  const { simulation: kind, numbered, repeatable } = servers[server];
  const shape: SimulationOptions = { ...drawShape(random, socket), ...kind, seed: random.below(1_000_000), vary: true };
  const question = `Question ${index}, “${random.pick(['why', 'как', '何', 'لماذا', '🤔'])}”?`;
  const reference = await readReference(shape, question, socket);
  const endings: [Ending, ...Ending[]] = ['eof', 'fin', 'abort', 'reset'];
  // Silence costs real time, so there is less of it than of other ends.
  if (random.below(8) === 0) endings.push('hang');
  const longestMs = random.below(25) === 0 ? 3_500 : 50;
  const drawn = drawFaults(random, { ...reference, numbered, repeatable, endings, longestMs });
  const cut = withCut(drawn, random, endings, reference.bytes);
  const faults = socket ? cut.map((fault) => withCloseCode(fault, random, server)) : cut;
  return { name: `${seed}-${index}`, transport, server, simulation: { ...shape, faults }, question, reference };
}

function drawServer(random: Random): ServerKind {
  let left = random.below(100);
  for (const [kind, { share }] of Object.entries(servers)) {
    left -= share;
    if (left < 0) return kind as ServerKind;
  }
  throw new RangeError('The shares of the servers add up to less than 100.');
}

/** Text, pieces and pace of the answer. */
function drawShape(random: Random, socket: boolean): SimulationOptions {
  const one = (outOf: number): boolean => random.below(outOf) === 0;
  return {
    script: random.pick(['random', 'random', 'greeting', 'chinese', 'arabic', 'sources']),
    length: 20 + random.below(120),
    pauses: 0,
    tokensPerSecond: random.pick([0, 0, 0, 4_000]),
    tokenChars: random.pick<number | 'word'>(['word', 'word', 1, 4]),
    batch: random.pick([1, 1, 1, 5]),
    chunks: random.pick([
      { by: 'record' },
      { by: 'record' },
      { by: 'random', size: 300 },
      { by: 'bytes', size: 7 },
      { by: 'split-utf8' },
      { by: 'whole' },
    ]),
    ...(one(6) ? { retryMs: random.pick([50, 2_000]) } : undefined),
    ...(socket
      ? { binary: one(5) }
      : { gzip: one(8), bom: one(8), newline: random.pick<'lf' | 'crlf' | 'cr'>(['lf', 'lf', 'lf', 'crlf', 'cr']) }),
  };
}

/** Every schedule takes a connection away in the middle of the answer: else a third of them would prove little. */
function withCut(faults: readonly Fault[], random: Random, endings: readonly [Ending, ...Ending[]], bytes: number) {
  if (faults.some(({ type }) => type === 'cut')) return faults;
  const kept = faults.slice(0, 3);
  const attempt = 1 + kept.filter(({ type }) => type === 'status' || type === 'refuse').length;
  return [...kept, { type: 'cut', at: random.below(bytes), end: random.pick(endings), attempt } satisfies Fault];
}

/** Codes by which a server says that it made no answer are for servers that can tell a repeated request. */
function withCloseCode(fault: Fault, random: Random, server: ServerKind): Fault {
  if (fault.type !== 'cut' || fault.end !== 'eof') return fault;
  const refusals = server === 'neither' || server === 'cursor' ? [] : [1013, 4408, 4429];
  return { ...fault, code: random.pick([1000, 1001, 1011, 1012, ...refusals]) };
}
