// Opens the laboratory: one simulated server on loopback, a clock that makes waits shorter, and many runs side by side.
import { startSimulator } from '../../src/simulate/node-host.ts';
import { type Laboratory, type Run, runSchedule } from './run-schedule.ts';
import { createScaledClock } from './scaled-clock.ts';
import type { Schedule } from './schedule.ts';

/** Watchdogs and backoff of the client run this much faster than the server and the sockets. */
export const speed = 20;

const patience = { withoutSignMs: 30_000, inAllMs: 80_000 };

export interface LaboratoryOptions {
  /** Runs side by side. Default 32. */
  readonly parallel?: number;
  readonly onRun?: (run: Run) => void;
}

/** Runs every schedule; the order of the results is that of their ends. */
export async function runAll(
  schedules: AsyncIterable<Schedule> | Iterable<Schedule>,
  { parallel = 32, onRun }: LaboratoryOptions = {},
): Promise<readonly Run[]> {
  const server = await startSimulator({ maxTurns: 10_000 });
  const lab: Laboratory = { server, clock: createScaledClock(speed), patience };
  const runs: Run[] = [];
  const queue = iterate(schedules);
  const work = async (): Promise<void> => {
    for (let next = await queue.next(); !next.done; next = await queue.next()) {
      const run = await runSchedule(lab, next.value);
      runs.push(run);
      onRun?.(run);
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, work));
  } finally {
    await server.close();
  }
  return runs;
}

/** As much of a page as @microsoft/fetch-event-source looks at; outside of one it does not run. */
export function lendPage(): void {
  const page = Object.assign(new EventTarget(), { hidden: false });
  Object.assign(globalThis, { window: globalThis, document: page });
}

async function* iterate(schedules: AsyncIterable<Schedule> | Iterable<Schedule>): AsyncGenerator<Schedule, void> {
  yield* schedules;
}
