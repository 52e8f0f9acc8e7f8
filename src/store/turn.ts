// Runs one turn: what the connection brings goes through the adapter and the sequence and comes out as ordered batches
// of chunks, with one word at the end on how it ended. It answers the connection's questions: was this the end, how to
// go on. Folding chunks into a message is the reader's; so is everything a user sees.
import { withDefaults } from '../base/defaults.ts';
import type { StreamError } from '../base/errors.ts';
import { createConnection } from '../connection/connection.ts';
import type { Connection, ConnectionItem } from '../connection/connection-state.ts';
import type { EndCause } from '../protocol/adapter.ts';
import { type Chunk, isAborted, isTerminal } from '../protocol/chunk.ts';
import { type ChunkUpdate, createAnswer } from './answer.ts';
import { sendCancel } from './cancel.ts';
import { createChunkReader, gapError } from './chunk-reader.ts';
import { boundedCodecs } from './bounded-codecs.ts';
import { createDiagnostics } from './diagnostics.ts';
import { createPull } from './pull.ts';
import { type AppliedPoint, createResumptions } from './resumption.ts';
import { defaultTurnLimits, type RunTurnOptions, type TurnLimits } from './turn-options.ts';
import { anotherAnswerError, errorOfChunk, explainRejection, notResumableError, tooLargeError } from './turn-errors.ts';

export type TurnEnding = 'complete' | 'unconfirmed' | 'stopped' | 'interrupted' | 'failed';

export type TurnUpdate =
  /**
   * New chunks, in order and once; never empty. Pulling the next update says that these are applied: only then does the
   * cursor move. `replace`: they are the turn's whole answer so far, and at least what stands: apply them to the message
   * as the turn found it, and swap that in. The last chunk may be terminal; an `end` follows all the same.
   */
  | ChunkUpdate
  /** Always the last update. `error` is set for `failed` and `interrupted`. */
  | { readonly kind: 'end'; readonly ending: TurnEnding; readonly error?: StreamError };

export interface Turn {
  readonly connection: Connection;
  /**
   * Iterating starts the turn, and leaving the loop stops it. Can be iterated once, and again after it ended
   * `interrupted` and `connection.retryNow()` made the connection `connecting`: the same generation goes on.
   */
  readonly updates: AsyncIterable<TurnUpdate>;
  /** The last applied cursor, for resuming the turn after a reload. */
  readonly cursor: string | undefined;
  /** Ends it as `stopped`, and tells the server where the protocol knows how. What arrived stays. */
  stop(): void;
}

/** How often resuming may fail to close one and the same gap before the rest is shown over it. */
const maxGapResumes = 3;

/** What a lost connection is to an adapter that may still hold text back. */
const lostEnd: EndCause = { kind: 'close', code: 1006, reason: '', clean: false };

/**
 * | the connection says | the runner answers                                                                    |
 * | ------------------- | ------------------------------------------------------------------------------------- |
 * | open, first         | reads with a fresh adapter state                                                      |
 * | open, continue      | goes on with the state and the sequence it has                                        |
 * | open, replay        | fresh state; withholds what comes until it covers what stands                         |
 * | batch               | gives its chunks; a terminal chunk ends the turn                                      |
 * | end                 | ends as the adapter says, if nothing is missing; else as `lost`                        |
 * | lost                | `resumeWith` what `resumption.ts` finds; nothing found ends the turn as interrupted    |
 */
export function runTurn(options: RunTurnOptions): Turn {
  const { adapter, clock } = options;
  const limits: TurnLimits = withDefaults(defaultTurnLimits, options.limits);
  const diagnostics = createDiagnostics(options.onDiagnostic);
  let receivedBytes = 0;
  const codecs = boundedCodecs(
    options.codecs,
    limits.maxFrameBytes,
    (bytes) => (receivedBytes += bytes),
    (error) => connection.fail(error),
  );
  const resumptions = createResumptions(options, diagnostics);
  const answer = createAnswer({
    clock,
    resume: options.resume,
    standing: options.standing,
    base: options.base,
    mayReplay: resumptions.mayReplay,
    newReader: (reply, midway) =>
      createChunkReader({ adapter, codecs, diagnostics, reply, midway, onHeartbeat: () => connection.beat() }),
  });
  const point = (): AppliedPoint => ({ cursor: answer.cursor, message: options.standing?.() });
  const resumption = () => resumptions.after(point(), answer.standing.state, answer.framing);

  const initial = options.resume && resumption();
  const connection: Connection = createConnection({
    ...options,
    request: async (context) => ({
      maxFrameBytes: limits.maxFrameBytes,
      ...(await (initial?.request ?? resumptions.first)(context)),
    }),
    mode: initial?.mode,
    limits: { ...options.limits, deadlineMs: options.limits?.deadlineMs ?? adapter.deadlineMs },
    canResume: () => resumption() !== undefined,
    explain: (response) =>
      explainRejection(
        response,
        diagnostics.guard(() => adapter.reject?.(response), undefined),
      ),
  });

  let gap: { at: unknown; resumes: number } = { at: undefined, resumes: 0 };
  /** Tells the connection how the turn ended; set before the last chunks are handed on, run once they are applied. */
  let conclude: (() => void) | undefined;

  function concludeNow() {
    const run = conclude;
    conclude = undefined;
    run?.();
  }

  function* hand(update: ChunkUpdate | undefined): Generator<TurnUpdate> {
    if (!update) return;
    yield update;
    if (answer.applied(update)) connection.commit(answer.cursor);
  }

  /** Hands chunks on; `true` when they ended the turn. */
  function* take(chunks: readonly Chunk[]): Generator<TurnUpdate, boolean> {
    const last = chunks[chunks.length - 1];
    if (!last || !isTerminal(last)) {
      yield* hand(answer.take(chunks));
      return false;
    }
    const isIncomplete = last.type === 'finish' && answer.reader.window.gap;
    if (isIncomplete) conclude = () => connection.interrupt(gapError());
    else if (last.type === 'finish') conclude = () => connection.complete(isAborted(last) ? 'stopped' : 'complete');
    else conclude = () => connection.fail(errorOfChunk(last));
    yield* hand(answer.take(isIncomplete ? chunks.slice(0, -1) : chunks));
    concludeNow();
    return true;
  }

  /** Asks for what is missing; where that cannot be had or did not help, shows the rest over the gap. */
  function* closeGap(): Generator<TurnUpdate, boolean> {
    const at = answer.reader.window.next;
    if (gap.at !== at) gap = { at, resumes: 0 };
    const next = gap.resumes < maxGapResumes ? resumption() : undefined;
    if (!next) return yield* take(answer.reader.release());
    gap.resumes += 1;
    connection.resumeWith({ ...next, cause: gapError() });
    return false;
  }

  function* readBatch(chunks: readonly Chunk[]): Generator<TurnUpdate, boolean> {
    if (yield* take(chunks)) return true;
    return answer.reader.isOverfull ? yield* closeGap() : false;
  }

  /** The update of a batch that ends nothing, holds nothing back and begins nothing; as `readBatch` would hand it on. */
  function plainUpdate(chunks: readonly Chunk[]): ChunkUpdate | undefined {
    const { reader } = answer;
    if (answer.isRepeating || reader.isOver || reader.isOverfull) return undefined;
    return { kind: 'chunks', chunks };
  }

  function* readEnd(why: EndCause): Generator<TurnUpdate, boolean> {
    const { reader } = answer;
    const { ending, chunks } = reader.end(why);
    if (yield* take(chunks)) return true;
    const next = resumption();
    // A replay that ended short of what stands, by an end that a cut looks like, was cut.
    const isWhole = ending === 'complete' || (ending === 'unconfirmed' && !answer.isBehind);
    if (!isWhole || (reader.isHolding && next)) {
      connection.resumeWith(next);
      return false;
    }
    yield* hand(answer.swap());
    if (yield* take(reader.release())) return true;
    if (reader.window.gap) connection.interrupt(gapError());
    else connection.complete(ending === 'complete' ? 'complete' : 'unconfirmed');
    return true;
  }

  /**
   * What was held back when everything ended: text that arrived is shown. Where the turn can still go on by hand it
   * stays held, because then what is missing before it can still come.
   */
  function* leftovers(): Generator<TurnUpdate> {
    const { standing } = answer;
    const isInterrupted = connection.state.status === 'interrupted';
    if (answer.isBehind || standing.isOver || (isInterrupted && resumption())) return;
    const late = isInterrupted ? standing.end(lostEnd).chunks : [];
    const chunks = [...late, ...standing.release()].filter((chunk) => !isTerminal(chunk));
    if (chunks.length > 0) yield { kind: 'chunks', chunks };
  }

  function lastUpdate(): TurnUpdate {
    const { state } = connection;
    if (state.status === 'interrupted') {
      // By hand it may still go on, where nothing is missing before that place.
      connection.resumeWith(answer.standing.window.gap ? undefined : resumption());
      return { kind: 'end', ending: 'interrupted', error: state.cause };
    }
    if (state.status !== 'closed') return { kind: 'end', ending: 'stopped' };
    const { reason } = state;
    if (reason.kind !== 'failed') return { kind: 'end', ending: reason.kind };
    return { kind: 'end', ending: 'failed', error: reason.error };
  }

  async function* run(): AsyncGenerator<TurnUpdate, void> {
    if (options.resume && !initial) connection.interrupt(notResumableError());
    if (connection.state.status === 'interrupted') return yield lastUpdate();

    const items = connection.items[Symbol.asyncIterator]();
    const pull = createPull<ConnectionItem>(items, clock, limits.gapMs);
    try {
      for (let isOver = false; !isOver;) {
        const next = await pull.next();
        if (next === 'gap') {
          isOver = yield* closeGap();
          pull.watch(undefined);
          continue;
        }
        if (next.done === true) break;
        const item = next.value;
        if (item.kind === 'open') {
          if (item.mode !== 'continue') receivedBytes = 0;
          answer.begin(item.mode, item.response);
        } else if (item.kind === 'end') isOver = yield* readEnd(item.why);
        else if (item.kind === 'lost') connection.resumeWith(resumption());
        else {
          receivedBytes += item.bytes;
          if (receivedBytes > limits.maxMessageBytes) {
            connection.fail(tooLargeError(limits.maxMessageBytes));
            break;
          }
          const read = answer.reader.read(item.frames);
          const chunks = read instanceof Promise ? await read : read;
          options.onArrival?.(chunks.length, item.bytes);
          // Nearly every batch is plain: what a generator of its own would cost is felt where batches are small.
          const plain = plainUpdate(chunks);
          if (answer.isAnother(chunks)) {
            connection.interrupt(anotherAnswerError());
            isOver = true;
          } else if (plain === undefined) isOver = yield* readBatch(chunks);
          else if (plain.chunks.length > 0) {
            yield plain;
            if (answer.applied(plain)) connection.commit(answer.cursor);
          }
        }
        pull.watch(item.kind === 'batch' ? answer.reader.missing : undefined);
      }
      pull.watch(undefined);
      yield* leftovers();
      yield lastUpdate();
    } finally {
      pull.watch(undefined);
      // A reader that leaves with the last chunk in hand has the whole turn.
      concludeNow();
      await items.return?.();
    }
  }

  return {
    connection,
    updates: { [Symbol.asyncIterator]: run },
    get cursor() {
      return answer.cursor;
    },
    stop() {
      if (connection.state.status === 'closed') return;
      // Nothing that the protocol does comes in the way of stopping.
      diagnostics.guard(() => sendCancel(options, connection, answer.reader.state, point()), undefined);
      connection.stop();
    },
  };
}
