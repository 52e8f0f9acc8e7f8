// Serves turns over one socket: reads its messages, runs the answers they ask for, and ends it as the faults want.
// Independent of any WebSocket implementation; hosts lend it a port.
import { isStreamError } from '../base/errors.ts';
import { parseCursor } from './answer.ts';
import { type ConnectionCut, splitSilence } from './body.ts';
import { cutDelayMs, type Ending, type Fault, type FaultOf, strikingFaults } from './faults.ts';
import { formats } from './formats/formats.ts';
import { type Cursor, type Format, matchesPath, type SocketFormat, type SocketMessage } from './formats/format.ts';
import type { Simulator } from './handler.ts';
import type { Turn } from './ledger.ts';
import { parseSimulation, resolveSimulation, type Simulation } from './options.ts';
import { createPacer } from './pace.ts';
import { strikeRecords, type TimedRecord } from './record-faults.ts';
import { awaitHead, countAttempt, openAnswer, type TurnRequest } from './turns.ts';

/** What a session needs of a socket. */
export interface SocketPort {
  /** Resolves when the message is out, so that a slow client is felt. */
  send(message: string | Uint8Array): Promise<void>;
  close(code: number): void;
  /** Ends the connection without a close frame. */
  cut(ending: ConnectionCut['ending']): void;
}

export interface SocketSession {
  receive(message: string): void;
  /** The socket has ended, from either side. */
  closed(): void;
}

export type Handshake =
  | { readonly type: 'none' }
  | { readonly type: 'refuse'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly type: 'cut'; readonly end: Exclude<Ending, 'eof'> }
  | { readonly type: 'accept'; open(port: SocketPort): SocketSession };

/** What a socket that knocks at `url` gets. */
export function shakeHands(simulator: Simulator, url: URL): Handshake {
  try {
    return greet(simulator, url);
  } catch (error) {
    if (isStreamError(error)) return { type: 'refuse', status: 400, retryAfter: undefined };
    throw error;
  }
}

function greet(simulator: Simulator, url: URL): Handshake {
  const { base, ledger, defaults } = simulator.server;
  const [, first, ...rest] = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length).split('/') : [];
  const format = formats.find((candidate) => candidate.name === first);
  const socket = format?.socket;
  if (!format || !socket || !matchesPath(socket.path, `/${rest.join('/')}`)) return { type: 'none' };
  const simulation = resolveSimulation(defaults, parseSimulation(url.searchParams));
  const name = url.searchParams.get('turn');
  const turn = ledger.attempt(name ?? `socket ${url.pathname}${url.search}`, name !== null, true);
  const [refuse] = strikingFaults(simulation.faults, 'refuse', turn.attempts);
  if (refuse) return { type: 'cut', end: refuse.end };
  const [status] = strikingFaults(simulation.faults, 'status', turn.attempts);
  if (status) return { type: 'refuse', status: status.status, retryAfter: status.retryAfter };
  // An open socket is no attempt yet: the message it carries will be.
  turn.attempts -= 1;
  return { type: 'accept', open: (port) => openSession(simulator, { format, socket, simulation, url }, port) };
}

interface Endpoint {
  readonly format: Format;
  readonly socket: SocketFormat;
  readonly simulation: Simulation;
  readonly url: URL;
}

type Asking = Extract<SocketMessage, { readonly type: 'ask' | 'resume' }>;

function openSession(simulator: Simulator, endpoint: Endpoint, port: SocketPort): SocketSession {
  const running = new Map<AbortController, string | undefined>();
  let queue = Promise.resolve();

  const run = async (message: Asking): Promise<void> => {
    const stop = new AbortController();
    running.set(stop, message.request);
    await runTurn(simulator, endpoint, port, message, stop.signal);
    running.delete(stop);
  };

  return {
    receive(text) {
      const message = endpoint.socket.readMessage(parseJson(text));
      if (message?.type === 'ping') void port.send(endpoint.socket.pong);
      else if (message?.type === 'cancel') {
        for (const [stop, request] of running) {
          if (message.request === undefined || message.request === request) stop.abort();
        }
      } else if (message?.request !== undefined) void run(message);
      else if (message) queue = queue.then(() => run(message));
    },
    closed() {
      for (const stop of running.keys()) stop.abort();
    },
  };
}

async function runTurn(
  simulator: Simulator,
  { format, socket, simulation, url }: Endpoint,
  port: SocketPort,
  message: Asking,
  signal: AbortSignal,
): Promise<void> {
  const { server } = simulator;
  const idempotencyKey = message.type === 'ask' ? message.idempotencyKey : undefined;
  const request: TurnRequest = {
    format,
    simulation,
    question: message.type === 'ask' ? message.question : null,
    name: url.searchParams.get('turn') ?? undefined,
    idempotencyKey,
    identity: `socket ${url.pathname}${url.search} ${message.type === 'ask' ? JSON.stringify(message.question) : ''}`,
    after: message.type === 'resume' ? cursorOf(message.after) : undefined,
  };
  const turn = countAttempt(server, request);
  const slow = { ...simulation, faults: simulation.faults.filter((fault) => fault.type === 'latency') };
  await awaitHead(server.clock, slow, turn.attempts, signal).catch(() => {});
  if (signal.aborted) return;

  const opening = openAnswer(server, request, turn);
  if (opening.type !== 'play') {
    const why = opening.type === 'refuse' ? opening.message : 'Nothing is left of that answer';
    const nothing = opening.type === 'nothing-left' ? socket.writeNothingLeft?.(message.request) : undefined;
    await port.send(nothing ?? socket.writeRefusal(why, message.request));
    return;
  }
  const { answer, records } = opening;
  const live = server.ledger.connect(answer.turn, port);
  const pacer = createPacer(server.clock, signal);
  const write = (record: TimedRecord['record']): string => socket.write(record, message.request);
  for (const step of planMessages(records, { ...socket, write }, simulation, turn)) {
    if ('cut' in step) {
      await pacer.pause(cutDelayMs(step.cut));
      live.close(signal.aborted ? 'aborted' : 'ended');
      if (signal.aborted) return;
      if (step.cut.end === 'eof') port.close(step.cut.code ?? 1000);
      else if (step.cut.end !== 'hang') port.cut(step.cut.end);
      return;
    }
    await pacer.wait(step.afterMs);
    if (signal.aborted) {
      live.close('aborted');
      return;
    }
    await port.send(simulation.binary ? new TextEncoder().encode(step.text) : step.text);
    if (step.upTo !== undefined) answer.produced = Math.max(answer.produced, step.upTo + 1);
  }
  server.ledger.complete(answer);
  live.close('ended');
}

function cursorOf(after: string | Cursor): Cursor | null {
  return typeof after === 'string' ? parseCursor(after) : after;
}

type MessageStep =
  | { readonly afterMs: number; readonly text: string; readonly upTo: number | undefined }
  | { readonly cut: FaultOf<'cut'> };

/** Faults at a byte position strike the message that contains it: a socket delivers whole messages or none. */
function* planMessages(
  records: Iterable<TimedRecord>,
  writer: { write(record: TimedRecord['record']): string; readonly heartbeat: string },
  simulation: Simulation,
  { attempts }: Turn,
): Iterable<MessageStep> {
  const faults: readonly Fault[] = simulation.faults;
  const [cut] = strikingFaults(faults, 'cut', attempts).toSorted((one, other) => one.at - other.at);
  const stalls = new Set(strikingFaults(faults, 'stall', attempts));
  const drips = strikingFaults(faults, 'drip', attempts);
  let sent = 0;
  for (const { index, afterMs, record } of strikeRecords(records, faults, attempts)) {
    const text = writer.write(record);
    const end = sent + new TextEncoder().encode(text).length;
    if (cut && end > cut.at) {
      yield { cut };
      return;
    }
    let extraMs = drips.some((drip) => end > drip.at && sent < drip.at + drip.length) ? (drips[0]?.ms ?? 0) : 0;
    for (const stall of stalls) {
      if (end <= stall.at) continue;
      extraMs += stall.ms;
      stalls.delete(stall);
    }
    const { waits, restMs } = splitSilence(afterMs, writer.heartbeat === '' ? 0 : simulation.heartbeatMs);
    for (const waitMs of waits) yield { afterMs: waitMs, text: writer.heartbeat, upTo: undefined };
    yield { afterMs: restMs + extraMs, text, upTo: index };
    sent = end;
  }
  if (cut && sent >= cut.at) yield { cut };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not understood, like any other message without a meaning here.
    return undefined;
  }
}
