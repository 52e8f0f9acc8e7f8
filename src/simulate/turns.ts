// Decides which answer a request gets: a new one, the rest of one, one from its start, or a refusal. The same for HTTP
// and for sockets.
import type { Clock } from '../base/clock.ts';
import { answerRecords } from './answer.ts';
import { strikingFaults } from './faults.ts';
import type { Cursor, Format, Question } from './formats/format.ts';
import type { Answer, Ledger, Turn } from './ledger.ts';
import type { Simulation, SimulationOptions } from './options.ts';
import { createPacer } from './pace.ts';
import { ConnectionCut } from './body.ts';
import type { TimedRecord } from './record-faults.ts';
import type { Script } from './script.ts';
import { findScript } from './scripts.ts';

/** What every part of one server shares. */
export interface Server {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly defaults: SimulationOptions;
  readonly scripts: Readonly<Record<string, Script>>;
}

export interface TurnRequest {
  readonly format: Format;
  readonly simulation: Simulation;
  readonly question: Question | null;
  /** The turn's name in the statistics. Default: the idempotency key, else what is asked. */
  readonly name: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** What is asked and under which options, for turns without a name. */
  readonly identity: string;
  /** The position the client wants to go on from. `null`: one that nobody gave it. */
  readonly after: Cursor | null | undefined;
}

export type Opening =
  | { readonly type: 'play'; readonly answer: Answer; readonly records: Iterable<TimedRecord> }
  | { readonly type: 'refuse'; readonly status: number; readonly message: string }
  | { readonly type: 'nothing-left' };

export function countAttempt(server: Server, request: TurnRequest): Turn {
  const { after, identity } = request;
  const name = request.name ?? request.idempotencyKey;
  // A cursor says which turn it belongs to, whatever else the client repeats.
  const resumed = after ? findAnswer(server.ledger, request.format, after)?.turn : undefined;
  if (resumed) return server.ledger.attempt(resumed.key, resumed.named, true);
  return server.ledger.attempt(name ?? identity, name !== undefined, after !== undefined);
}

export function openAnswer(server: Server, request: TurnRequest, turn: Turn): Opening {
  const { simulation, idempotencyKey, question, format } = request;
  const play = (answer: Answer, from: number): Opening => {
    // Of records that were lost on the way something is left, even if they were the last.
    if (answer.total !== undefined && from >= answer.total) return { type: 'nothing-left' };
    const script = findScript(answer.simulation.script, server.scripts);
    return { type: 'play', answer, records: answerRecords(answer, script, from) };
  };

  if (request.after !== undefined && simulation.resume !== 'none') {
    const { after } = request;
    const answer = after && (findAnswer(server.ledger, format, after) ?? (isBare(after) ? turn.answers.at(-1) : null));
    // A conversation in which nothing runs is no mistake.
    if (!answer && after?.conversation !== undefined) return { type: 'nothing-left' };
    if (!answer || answer.format !== format || format.keeps?.(answer.question) === false) {
      return { type: 'refuse', status: 404, message: 'Unknown cursor' };
    }
    const last = after.index === 'sent' ? answer.produced - 1 : after.index;
    return play(answer, simulation.resume === 'replay' ? 0 : last + 1);
  }
  if (simulation.idempotent && idempotencyKey !== undefined) {
    const answer = turn.answers.findLast((other) => other.idempotencyKey === idempotencyKey);
    if (answer) return play(answer, 0);
  }
  if (!question) return { type: 'refuse', status: 422, message: 'The request holds no question' };
  findScript(simulation.script, server.scripts);
  return play(server.ledger.begin(turn, { format, question, simulation, idempotencyKey }), 0);
}

function isBare({ answer, conversation }: Cursor): boolean {
  return answer === undefined && conversation === undefined;
}

function findAnswer(ledger: Ledger, format: Format, { answer, conversation }: Cursor): Answer | undefined {
  if (answer !== undefined) return ledger.find(answer);
  return conversation === undefined ? undefined : ledger.findRunning(format, conversation);
}

/** Waits for the head of the reply as long as the request wants; throws where it never comes. */
export async function awaitHead(
  clock: Clock,
  simulation: Simulation,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const pacer = createPacer(clock, signal);
  const slow = strikingFaults(simulation.faults, 'latency', attempt);
  await pacer.pause(simulation.latencyMs + slow.reduce((sum, fault) => sum + fault.ms, 0));
  const [refuse] = strikingFaults(simulation.faults, 'refuse', attempt);
  if (refuse?.end === 'hang') await pacer.pause(Infinity);
  signal.throwIfAborted();
  if (refuse && refuse.end !== 'hang') throw new ConnectionCut(refuse.end);
}
