// What the stream lab is set to, and how that stands in a story's address: `&globals=lab.at:12;lab.faults:drop-9`. Only
// what differs from the defaults is written, in the characters that Storybook lets through, so that a link stays short.
import { formatFaults, parseFaults, type LabFault } from './faults.ts';

/** How the server cuts what it writes; `story`: as the story says. */
export const chunkings = ['story', 'record', 'bytes-5', 'bytes-1', 'random-40', 'split-utf8', 'whole'] as const;

/**
 * | server | answers |
 * | --- | --- |
 * | ok | as the story says |
 * | busy | the first request gets 503 and is told to wait two seconds |
 * | down | every request gets 500 |
 * | fails | half an answer, then an error inside the stream |
 */
export const servers = ['ok', 'busy', 'down', 'fails'] as const;

export interface LabState {
  /**
   * The event at which the story stands, from 0: nothing has happened. `end`: everything has. `undefined`: the story is
   * not in the lab's hands and streams in real time.
   */
  readonly at: number | 'end' | undefined;
  /** What one second of the stream's time takes, when played: 1 / speed seconds. */
  readonly speed: number;
  /** Tokens a second; `undefined`: as the story says. */
  readonly pace: number | undefined;
  readonly chunks: (typeof chunkings)[number];
  /** Percent by which waits between tokens may be longer or shorter. */
  readonly jitter: number;
  /** Milliseconds until the reply's head, and so until the first token. */
  readonly firstMs: number;
  readonly server: (typeof servers)[number];
  /** A name of `protocols`; `undefined`: the story's. */
  readonly protocol: string | undefined;
  readonly seed: number;
  readonly faults: readonly LabFault[];
}

export const defaultLabState: LabState = {
  at: undefined,
  speed: 1,
  pace: undefined,
  chunks: 'story',
  jitter: 0,
  firstMs: 0,
  server: 'ok',
  protocol: undefined,
  seed: 1,
  faults: [],
};

export type LabGlobal = Readonly<Record<string, string | number>>;

export function encodeLabState(state: LabState): LabGlobal {
  const global: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(state)) {
    if (name === 'faults') {
      if (state.faults.length > 0) global[name] = formatFaults(state.faults);
    } else if (value !== undefined && value !== defaultLabState[name as keyof LabState]) {
      global[name] = value as string | number;
    }
  }
  return global;
}

/** Takes what an address says, which may be anything: what cannot be read is as if it were not there. */
export function decodeLabState(global: unknown): LabState {
  const given: Readonly<Record<string, unknown>> = typeof global === 'object' && global !== null ? { ...global } : {};
  const number = (name: 'speed' | 'jitter' | 'firstMs' | 'seed', least: number): number => {
    const value = numberOf(given[name]);
    return value !== undefined && value >= least ? value : defaultLabState[name];
  };
  const at = given['at'] === 'end' ? 'end' : numberOf(given['at']);
  const pace = numberOf(given['pace']);
  return {
    at: typeof at === 'number' ? Math.max(0, Math.floor(at)) : at,
    speed: number('speed', 0.01),
    pace: pace !== undefined && pace > 0 ? pace : undefined,
    chunks: oneOf(chunkings, given['chunks']) ?? defaultLabState.chunks,
    jitter: Math.min(100, number('jitter', 0)),
    firstMs: number('firstMs', 0),
    server: oneOf(servers, given['server']) ?? defaultLabState.server,
    protocol: typeof given['protocol'] === 'string' ? given['protocol'] : undefined,
    seed: number('seed', 0),
    faults: parseFaults(typeof given['faults'] === 'string' ? given['faults'] : ''),
  };
}

/** What an address and a story say together: the address, and the story where the address says nothing. */
export function labStateOf(global: unknown, parameter: unknown): LabState {
  const isSaid = typeof global === 'object' && global !== null && Object.keys(global).length > 0;
  return decodeLabState(isSaid ? global : parameter);
}

/** For the address of a story that says something itself: that it streams in real time has to be said too. */
export function encodeOver(parameter: unknown, state: LabState): LabGlobal {
  const global = encodeLabState(state);
  return parameter !== undefined && state.at === undefined ? { ...global, at: 'live' } : global;
}

/**
 * Whether the lab holds the story, and what happens in it, as a text: states with the same one differ in where they
 * stand and how fast they play alone.
 */
export function streamKey(state: LabState): string {
  return JSON.stringify([state.at !== undefined, encodeLabState({ ...state, at: undefined, speed: 1 })]);
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function oneOf<T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value);
}
