// A schedule as a line of text that outlives changes to how schedules are drawn, and back.
import { parseSimulation, simulationQuery } from '../../src/simulate/options.ts';
import { readReference } from './reference.ts';
import type { Schedule, TransportName } from './schedule.ts';
import type { ServerKind } from './servers.ts';

export interface KeptSchedule {
  readonly name: string;
  readonly transport: TransportName;
  readonly server: ServerKind;
  readonly question: string;
  /** Answer and faults, as the query of a request. */
  readonly query: string;
}

export function keep({ name, transport, server, question, simulation }: Schedule): KeptSchedule {
  return { name, transport, server, question, query: decodeURIComponent(simulationQuery(simulation)) };
}

export async function recall(kept: KeptSchedule): Promise<Schedule> {
  const { name, transport, server, question, query } = kept;
  const simulation = parseSimulation(new URLSearchParams(query.replaceAll('+', '%2B')));
  const reference = await readReference(simulation, question, transport === 'websocket');
  return { name: name.replaceAll(/\W/g, '-'), transport, server, simulation, question, reference };
}
