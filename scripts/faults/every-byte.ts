// One cut at every byte of one answer, by every ending, on each kind of server that can go on.
import type { SimulationOptions } from '../../src/simulate/options.ts';
import { readReference } from './reference.ts';
import type { Schedule, TransportName } from './schedule.ts';
import { type ServerKind, servers } from './servers.ts';

export const cutEndings = ['eof', 'fin', 'abort', 'reset'] as const;
export const resumingServers: readonly ServerKind[] = ['cursor+key', 'key', 'numbers'];

export interface EveryByteOptions {
  readonly transport: TransportName;
  readonly servers?: readonly ServerKind[];
  readonly endings?: readonly (typeof cutEndings)[number][];
  /** Only every so many bytes. Default 1. */
  readonly step?: number;
}

export async function* cutAtEveryByte(options: EveryByteOptions): AsyncGenerator<Schedule, void> {
  const { transport, step = 1 } = options;
  const question = 'Cut me, “où vous voulez” 🙂';
  for (const server of options.servers ?? resumingServers) {
    const simulation: SimulationOptions = {
      ...servers[server].simulation,
      seed: 7,
      script: 'greeting',
      tokensPerSecond: 0,
      vary: true,
    };
    const reference = await readReference(simulation, question, transport === 'websocket');
    for (const end of options.endings ?? cutEndings) {
      for (let at = 0; at <= reference.bytes; at += step) {
        const name = `${server} ${end} ${at}`.replaceAll(/[ +]/g, '-');
        yield {
          name,
          transport,
          server,
          simulation: { ...simulation, faults: [{ type: 'cut', at, end }] },
          question,
          reference,
        };
      }
    }
  }
}
