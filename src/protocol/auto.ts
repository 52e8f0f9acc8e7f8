// Several protocols behind one: recognises a reply's format by its head and its first frames and hands all of them, none
// lost, to the adapter whose format it is. Which one that was stands in the message's metadata as `protocol`.
import { compact } from '../base/compact.ts';
import { isStreamError, ProtocolError } from '../base/errors.ts';
import type { Frame } from '../wire/frame.ts';
import type { Adapter, Codecs, Emit, ReplyHead, RequestDraft, TurnInput, TurnPoint } from './adapter.ts';
import type { ErrorChunk } from './chunk.ts';

export interface AutoProtocolOptions {
  /** Builds the requests: an adapter, whose resume and headers then count too, or a function. */
  readonly request: Adapter | ((input: TurnInput) => RequestDraft);
}

interface Chosen {
  readonly adapter: Adapter;
  readonly state: unknown;
}

type Verdict = 'nothing' | 'known' | 'unknown';

interface Trial {
  readonly inner: unknown;
  verdict: Verdict;
}

type Data = Extract<Frame, { readonly kind: 'message' | 'binary' }>;

interface AutoState {
  readonly reply: ReplyHead;
  /** What came before the format was known. */
  readonly held: Data[];
  /** The best that each adapter said of any of them. */
  readonly scores: number[];
  /** For adapters that cannot say: what their `read` makes of the frames. */
  readonly trials: Map<Adapter, Trial>;
  chosen: Chosen | undefined;
  /** It is none of the formats; the turn is over. */
  lost: boolean;
}

/** After this much without a clear mark, the likeliest is taken. */
const maxHeldFrames = 8;
const maxHeldChars = 65_536;

/**
 * An adapter for servers that may answer in any of several formats. `recognise` of each is asked about each frame; one
 * that is sure is taken at once, one that is at least half sure when no other comes near. Frames wait until then, at
 * most eight of them. Where two are equally sure, the first in the list is taken.
 *
 * A reply in none of the formats fails the turn with code `unrecognised`; what it began with is in the error's details.
 */
export function autoProtocol(adapters: readonly Adapter[], options: AutoProtocolOptions): Adapter<AutoState> {
  const { request } = options;
  const asker = typeof request === 'function' ? undefined : request;
  return Object.freeze<Adapter<AutoState>>({
    name: 'auto',
    framings: [...new Set(adapters.flatMap(({ framings }) => framings))],
    accepts: [...new Set(adapters.flatMap(({ accepts }) => accepts))],
    idempotent: asker?.idempotent ?? false,
    resumeHeaders: asker?.resumeHeaders ?? [],
    ...(asker?.resumes === undefined ? undefined : { resumes: asker.resumes }),
    ...(asker?.deadlineMs === undefined ? undefined : { deadlineMs: asker.deadlineMs }),
    init: (reply = { headers: {}, framing: 'sse' }) => ({
      reply,
      held: [],
      scores: adapters.map(() => 0),
      trials: new Map(),
      chosen: undefined,
      lost: false,
    }),
    // It has no state to know the chosen one by. Adapters hand back what is not theirs, so each may look.
    prepare: (frame, codecs) => prepareWith(adapters, 0, frame, codecs),
    read(state, frame, emit) {
      if (state.lost) return;
      if (state.chosen !== undefined) {
        state.chosen.adapter.read(state.chosen.state, frame, emit);
        return;
      }
      // A comment is a sign of life in every format, and might be the only one for minutes.
      if (frame.kind === 'comment') emit({ type: 'heartbeat' });
      if (frame.kind !== 'message' && frame.kind !== 'binary') return;
      state.held.push(frame);
      adapters.forEach((adapter, index) => {
        state.scores[index] = scoreOf(state, adapter, frame, state.scores[index] ?? 0);
      });
      const isFull = !hasRoom(state.held);
      const adapter = adapters[likeliest(state.scores, isFull)];
      if (adapter !== undefined) begin(state, adapter, emit);
      else if (isFull) {
        const fault = unrecognised(state.held, adapters);
        fail(state, fault, emit);
        throw fault;
      }
    },
    end(state, emit, why) {
      const adapter = state.chosen === undefined ? adapters[likeliest(state.scores, true)] : undefined;
      if (adapter !== undefined) begin(state, adapter, emit);
      if (state.chosen !== undefined) return state.chosen.adapter.end(state.chosen.state, emit, why);
      if (state.held.length === 0) return 'cut';
      fail(state, unrecognised(state.held, adapters), emit);
      // The failure is told, so the end itself has nothing to add.
      return 'complete';
    },
    reject: (response) => rejectWith(asker === undefined ? adapters : [asker], response),
    request: (input) => (typeof request === 'function' ? request(input) : request.request(input)),
    ...(adapters.some(({ resume }) => resume !== undefined)
      ? {
          resume(state: AutoState, point: TurnPoint) {
            state.chosen ??= remembered(adapters, state.reply, point);
            return state.chosen?.adapter.resume?.(state.chosen.state, point);
          },
        }
      : undefined),
    cancel(state, point) {
      const { adapter, state: inner } = state.chosen ?? remembered(adapters, state.reply, point) ?? {};
      return adapter?.cancel?.(inner, point) ?? null;
    },
  });
}

function prepareWith(adapters: readonly Adapter[], from: number, frame: Frame, codecs: Codecs): Frame | Promise<Frame> {
  let ready = frame;
  for (let index = from; index < adapters.length; index += 1) {
    const prepared = adapters[index]?.prepare?.(ready, codecs) ?? ready;
    if (prepared instanceof Promise) return prepared.then((next) => prepareWith(adapters, index + 1, next, codecs));
    ready = prepared;
  }
  return ready;
}

function scoreOf(state: AutoState, adapter: Adapter, frame: Frame, before: number): number {
  if (!adapter.framings.includes(state.reply.framing)) return 0;
  if (adapter.recognise === undefined) return tryReading(state, adapter, frame);
  return Math.max(before, adapter.recognise(frame, state.reply));
}

/** For an adapter that cannot say: half, where it understands all so far and something is more than a sign of life. */
function tryReading(state: AutoState, adapter: Adapter, frame: Frame): number {
  const trial: Trial = state.trials.get(adapter) ?? { inner: adapter.init(state.reply), verdict: 'nothing' };
  state.trials.set(adapter, trial);
  if (trial.verdict === 'unknown') return 0;
  const verdicts = new Set<Verdict>();
  try {
    adapter.read(trial.inner, frame, ({ type }) => {
      if (type !== 'heartbeat') verdicts.add(type === 'unknown' ? 'unknown' : 'known');
    });
  } catch (error) {
    if (!isStreamError(error)) throw error;
    verdicts.add('unknown');
  }
  if (verdicts.has('unknown')) trial.verdict = 'unknown';
  else if (verdicts.has('known')) trial.verdict = 'known';
  return trial.verdict === 'known' ? 0.5 : 0;
}

/** The index of the adapter to take, or -1: none yet. */
function likeliest(scores: readonly number[], mustChoose: boolean): number {
  const best = Math.max(0, ...scores);
  const index = scores.indexOf(best);
  if (best === 0) return -1;
  const next = Math.max(0, ...scores.toSpliced(index, 1));
  return best >= 1 || mustChoose || (best >= 0.5 && next <= best / 2) ? index : -1;
}

function hasRoom(held: readonly Data[]): boolean {
  return held.length < maxHeldFrames && held.reduce((sum, { data }) => sum + (data?.length ?? 0), 0) < maxHeldChars;
}

/** Says which it is and hands over what waited, as if it came now. What does not fit is told in its place. */
function begin(state: AutoState, adapter: Adapter, emit: Emit): void {
  const chosen = { adapter, state: adapter.init(state.reply) };
  state.chosen = chosen;
  emit({ type: 'meta', meta: { protocol: adapter.name } });
  for (const frame of state.held.splice(0)) {
    try {
      adapter.read(chosen.state, frame, emit);
    } catch (error) {
      if (!isStreamError(error)) throw error;
      const { code, message, field, excerpt } = error;
      emit({ type: 'error', code, message, fatal: false, details: compact({ field, excerpt }) });
    }
  }
  state.trials.clear();
}

/** After a reload there is no state, but the answer says which protocol it came by. */
function remembered(adapters: readonly Adapter[], reply: ReplyHead, { message }: TurnPoint): Chosen | undefined {
  const name = message?.metadata['protocol'];
  const adapter = adapters.find((candidate) => candidate.name === name);
  return adapter === undefined ? undefined : { adapter, state: adapter.init(reply) };
}

function unrecognised(held: readonly Data[], adapters: readonly Adapter[]): ProtocolError {
  const [first] = held;
  const words =
    first?.kind === 'message' ? `${first.event === 'message' ? '' : `${first.event}: `}${first.data ?? ''}` : '';
  const bytes = first?.kind === 'binary' ? Array.from(first.data.subarray(0, 40), hex).join(' ') : '';
  return new ProtocolError(
    'unknown-chunk',
    `The reply is in none of the formats that were given (${adapters.map(({ name }) => name).join(', ')}), so it cannot be read. Check the url, or add the protocol that the server speaks.`,
    { field: 'data', excerpt: (words || bytes).slice(0, 120) },
  );
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function fail(state: AutoState, fault: ProtocolError, emit: Emit): void {
  state.lost = true;
  state.held.length = 0;
  const { message, excerpt } = fault;
  emit({ type: 'error', code: 'unrecognised', message, retryable: false, details: { excerpt } });
}

/** The first that finds words for a reader. */
function rejectWith(adapters: readonly Adapter[], response: Parameters<NonNullable<Adapter['reject']>>[0]): ErrorChunk {
  for (const adapter of adapters) {
    const chunk = adapter.reject?.(response);
    if (chunk?.message !== undefined) return chunk;
  }
  return { type: 'error', status: response.status };
}
