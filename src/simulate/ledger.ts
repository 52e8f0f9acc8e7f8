// What the server remembers: turns, the answers generated for them, and who is connected. Answers are kept as the seed
// they came from, not as text: the same seed writes the same records again, so that keeping thousands costs little.
import type { Clock } from '../base/clock.ts';
import type { Format, Question } from './formats/format.ts';
import type { Simulation } from './options.ts';
import { hash } from './random.ts';

/** What an answer is generated from. */
export interface Ask {
  readonly format: Format;
  readonly question: Question;
  readonly simulation: Simulation;
  /** Asked under the same key again, an idempotent server gives the same answer. */
  readonly idempotencyKey: string | undefined;
}

/** One run of the model. */
export interface Answer extends Ask {
  /** Part of its cursors. */
  readonly id: string;
  readonly turn: Turn;
  readonly seed: number;
  /** Records generated so far: those are sent at once when they are asked for again. */
  produced: number;
  /** How many records it has; known once the last one was generated. */
  total: number | undefined;
  /** The last record was sent. */
  complete: boolean;
}

export interface Turn {
  readonly key: string;
  /** Named by the client, by `turn` or `Idempotency-Key`; others are known by what they ask. */
  readonly named: boolean;
  readonly answers: Answer[];
  readonly open: Set<LiveConnection>;
  attempts: number;
  connections: number;
  overlaps: number;
  aborts: number;
  generations: number;
  completed: number;
  /** The client left the newest connection that ended. */
  left: boolean;
}

/** What tests read. `overlaps` counts connections that were still open well after a newer one of their turn began; `aborts` those the client left. */
export interface TurnStats {
  readonly attempts: number;
  readonly connections: number;
  readonly open: number;
  readonly generations: number;
  readonly completed: number;
  readonly overlaps: number;
  readonly aborts: number;
}

export interface SimulatorStats extends TurnStats {
  readonly turns: Readonly<Record<string, TurnStats>>;
}

export interface LiveConnection {
  /**
   * Kept as long as the connection. Nothing else may hold the request of a silent stream, and in Node a request that was
   * collected no longer hears its client leave.
   */
  readonly owner: unknown;
  /** Called once; later calls do nothing. */
  close(why: 'ended' | 'aborted'): void;
}

export interface Ledger {
  /** Finds the turn or begins it, and counts the attempt. `resuming`: it goes on with an answer. */
  attempt(key: string, named: boolean, resuming: boolean): Turn;
  begin(turn: Turn, ask: Ask): Answer;
  find(id: string): Answer | undefined;
  /** The newest answer of a conversation that was not sent to its end. */
  findRunning(format: Format, conversation: string): Answer | undefined;
  /** Says that the answer's last record was sent. */
  complete(answer: Answer): void;
  connect(turn: Turn, owner: unknown): LiveConnection;
  stats(): SimulatorStats;
  turnStats(key: string): TurnStats;
  /** Forgets one turn, or all. */
  reset(key?: string): void;
}

/** A new connection may be seen before the end of the old one; only what is still open after this counts as an overlap. */
const overlapGraceMs = 50;

/** Answers of one turn that can still be resumed. */
const answersKept = 16;

export function createLedger(clock: Clock, maxTurns: number): Ledger {
  const turns = new Map<string, Turn>();
  const answers = new Map<string, Answer>();

  const forget = (turn: Turn): void => {
    turns.delete(turn.key);
    for (const answer of turn.answers) if (answers.get(answer.id) === answer) answers.delete(answer.id);
  };

  const makeRoom = (): void => {
    for (const turn of turns.values()) {
      if (turns.size < maxTurns) return;
      if (turn.open.size === 0) forget(turn);
    }
  };

  return {
    attempt(key, named, resuming) {
      let turn = turns.get(key);
      if (!turn) {
        makeRoom();
        turn = newTurn(key, named);
        turns.set(key, turn);
      }
      // Whoever asks the same again after an answer was finished or left starts anew, faults included.
      const newest = turn.answers.at(-1);
      if (!turn.named && !resuming && turn.open.size === 0 && (newest?.complete || turn.left)) turn.attempts = 0;
      turn.left = false;
      turn.attempts += 1;
      return turn;
    },

    begin(turn, ask) {
      const { simulation, question } = ask;
      const variant = simulation.vary ? turn.generations : 0;
      const id = hash(`${turn.key}\n${variant}`).toString(16).padStart(8, '0');
      const seed = hash(`${simulation.seed}\n${simulation.script}\n${question.text}\n${variant}`);
      const answer = { ...ask, id, turn, seed, produced: 0, total: undefined, complete: false };
      turn.generations += 1;
      turn.answers.push(answer);
      answers.set(id, answer);
      const oldest = turn.answers.length > answersKept ? turn.answers.shift() : undefined;
      if (oldest && answers.get(oldest.id) === oldest) answers.delete(oldest.id);
      return answer;
    },

    find: (id) => answers.get(id),

    findRunning: (format, conversation) =>
      [...answers.values()].findLast(
        (answer) => answer.format === format && answer.question.conversation === conversation && !answer.complete,
      ),

    complete(answer) {
      if (!answer.complete) answer.turn.completed += 1;
      answer.complete = true;
    },

    connect: (turn, owner) => connect(turn, owner, clock),

    stats() {
      const perTurn = Object.fromEntries([...turns.values()].map((turn) => [turn.key, turnStats(turn)]));
      const sum = (pick: (stats: TurnStats) => number): number =>
        Object.values(perTurn).reduce((total, stats) => total + pick(stats), 0);
      return {
        attempts: sum((turn) => turn.attempts),
        connections: sum((turn) => turn.connections),
        open: sum((turn) => turn.open),
        generations: sum((turn) => turn.generations),
        completed: sum((turn) => turn.completed),
        overlaps: sum((turn) => turn.overlaps),
        aborts: sum((turn) => turn.aborts),
        turns: perTurn,
      };
    },

    turnStats: (key) => turnStats(turns.get(key) ?? newTurn(key, true)),

    reset(key) {
      for (const turn of [...turns.values()]) if (key === undefined || turn.key === key) forget(turn);
    },
  };
}

function newTurn(key: string, named: boolean): Turn {
  return {
    key,
    named,
    answers: [],
    open: new Set(),
    attempts: 0,
    connections: 0,
    overlaps: 0,
    aborts: 0,
    generations: 0,
    completed: 0,
    left: false,
  };
}

function connect(turn: Turn, owner: unknown, clock: Clock): LiveConnection {
  const older = [...turn.open];
  if (older.length > 0) {
    clock.after(overlapGraceMs, () => {
      turn.overlaps += older.filter((other) => turn.open.has(other)).length;
    });
  }
  const connection: LiveConnection = {
    owner,
    close(why) {
      if (!turn.open.delete(connection)) return;
      turn.left = why === 'aborted';
      if (turn.left) turn.aborts += 1;
    },
  };
  turn.open.add(connection);
  turn.connections += 1;
  return connection;
}

function turnStats(turn: Turn): TurnStats {
  return {
    attempts: turn.attempts,
    connections: turn.connections,
    open: turn.open.size,
    generations: turn.generations,
    completed: turn.completed,
    overlaps: turn.overlaps,
    aborts: turn.aborts,
  };
}
