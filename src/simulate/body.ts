// Plays records as the body of a reply: writes them, strikes them with the request's faults, and sends each piece when
// it is due.
import type { Clock } from '../base/clock.ts';
import { strikeBytes, type BodyStep } from './byte-faults.ts';
import { chunkBytes, type Piece } from './bytes.ts';
import { cutDelayMs, type Ending } from './faults.ts';
import type { WireRecord } from './formats/format.ts';
import { gzipPieces } from './gzip.ts';
import type { Simulation } from './options.ts';
import { createPacer } from './pace.ts';
import { createRandom } from './random.ts';
import { strikeRecords, type TimedRecord } from './record-faults.ts';

/**
 * A connection that ends as no reply may: what a host with sockets turns into FIN or RST, and what a page sees as the
 * network error it stands for.
 */
export class ConnectionCut extends TypeError {
  readonly ending: Exclude<Ending, 'eof' | 'hang'>;

  constructor(ending: Exclude<Ending, 'eof' | 'hang'>) {
    super('network error: the simulated connection was cut');
    this.ending = ending;
  }
}

export interface BodyWriter {
  write(record: WireRecord): string;
  /** Empty: the format has none. */
  readonly heartbeat: string;
  /** Whether `retry:`, byte order mark and other line endings mean something here. */
  readonly sse: boolean;
}

/** Everything that will be sent, and when, as a pure function of its input. */
export function planBody(
  records: Iterable<TimedRecord>,
  writer: BodyWriter,
  simulation: Simulation,
  attempt: number,
): Iterable<BodyStep> {
  const struck = strikeRecords(records, simulation.faults, attempt);
  const written = writeRecords(struck, writer, simulation);
  const packed = simulation.gzip ? gzipPieces(written) : written;
  const chunked = chunkBytes(packed, simulation.chunks, createRandom(simulation.seed ^ attempt));
  return strikeBytes(slowDown(chunked, simulation.chunkMs), simulation.faults, attempt);
}

function* slowDown(pieces: Iterable<Piece>, leastMs: number): Iterable<Piece> {
  for (const piece of pieces) yield piece.afterMs < leastMs ? { ...piece, afterMs: leastMs } : piece;
}

function* writeRecords(records: Iterable<TimedRecord>, writer: BodyWriter, simulation: Simulation): Iterable<Piece> {
  const encoder = new TextEncoder();
  const newline = { lf: '\n', crlf: '\r\n', cr: '\r' }[simulation.newline];
  const encode = (text: string): Uint8Array =>
    encoder.encode(writer.sse && newline !== '\n' ? text.replaceAll('\n', newline) : text);
  const opening =
    (simulation.bom ? '\uFEFF' : '') + (simulation.retryMs === undefined ? '' : `retry: ${simulation.retryMs}\n\n`);
  if (writer.sse && opening !== '') yield { afterMs: 0, bytes: encode(opening), upTo: undefined };
  for (const { index, afterMs, record } of records) {
    const { waits, restMs } = splitSilence(afterMs, writer.heartbeat === '' ? 0 : simulation.heartbeatMs);
    for (const waitMs of waits) yield { afterMs: waitMs, bytes: encode(writer.heartbeat), upTo: undefined };
    yield { afterMs: restMs, bytes: encode(writer.write(record)), upTo: index };
  }
}

/** The waits before each sign of life in a silence, and what is left of it then. */
export function splitSilence(
  silenceMs: number,
  heartbeatMs: number,
): { readonly waits: readonly number[]; readonly restMs: number } {
  if (heartbeatMs <= 0) return { waits: [], restMs: silenceMs };
  const count = Math.max(0, Math.ceil(silenceMs / heartbeatMs) - 1);
  return { waits: Array.from({ length: count }, () => heartbeatMs), restMs: silenceMs - count * heartbeatMs };
}

export interface BodyEvents {
  /** The record with this number, and all before it, are out. */
  sent(upTo: number): void;
  /** Called once, last. `complete`: to the last byte. */
  ended(how: 'complete' | 'cut' | 'aborted'): void;
}

/** A stream that does nothing until it is read, so that a reader that waits is felt here. */
export function streamBody(
  steps: Iterable<BodyStep>,
  clock: Clock,
  signal: AbortSignal,
  events: BodyEvents,
): ReadableStream<Uint8Array> {
  const iterator = steps[Symbol.iterator]();
  const gone = new AbortController();
  const pacer = createPacer(clock, gone.signal);
  const end = (how: 'complete' | 'cut' | 'aborted'): void => {
    if (gone.signal.aborted) return;
    signal.removeEventListener('abort', leave);
    gone.abort(signal.reason);
    events.ended(how);
  };
  const leave = (): void => end('aborted');
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave);

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const { value: step, done } = iterator.next();
    if (!done) await ('cut' in step ? pacer.pause(cutDelayMs(step.cut)) : pacer.wait(step.afterMs));
    if (gone.signal.aborted) {
      controller.error(gone.signal.reason);
    } else if (done) {
      end('complete');
      controller.close();
    } else if ('cut' in step) {
      end('cut');
      if (step.cut.end === 'eof' || step.cut.end === 'hang') controller.close();
      else controller.error(new ConnectionCut(step.cut.end));
    } else {
      controller.enqueue(step.bytes);
      if (step.upTo !== undefined) events.sent(step.upTo);
    }
  };
  return new ReadableStream({ pull, cancel: leave }, { highWaterMark: 0 });
}
