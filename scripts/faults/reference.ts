// What a schedule's answer is when nothing goes wrong, read without any of the code under test: the simulated server
// asked directly, its records parsed by eventsource-parser.
import { createParser } from 'eventsource-parser';
import { createSimulator, type SimulationOptions, simulationQuery } from '../../src/testing.ts';

export interface Reference {
  readonly text: string;
  readonly sources: number;
  readonly records: number;
  /** Of the reply's body, or of the messages of a socket. */
  readonly bytes: number;
}

const simulator = createSimulator();
const encoder = new TextEncoder();

export async function readReference(
  simulation: SimulationOptions,
  question: string,
  socket: boolean,
): Promise<Reference> {
  const query = simulationQuery({ ...simulation, preset: 'instant', latencyMs: 0, chunkMs: 0, faults: [] });
  const ask = async (more: string): Promise<Response> => {
    const reply = await simulator(
      new Request(`http://reference/named-events/chat/stream?${query}${more}`, {
        method: 'POST',
        body: JSON.stringify({ message: question }),
      }),
    );
    return reply;
  };
  const plain = await (await ask('&gzip=false&bom=false&newline=lf')).text();
  const body = socket ? 0 : (await (await ask('')).arrayBuffer()).byteLength;
  simulator.reset();

  let [text, sources, records, messages] = ['', 0, 0, 0];
  const parser = createParser({
    onEvent({ event, id, data }) {
      const fields = JSON.parse(data) as { token?: string; tokens?: string[]; sources?: unknown[] };
      if (event === 'token') text += fields.token ?? fields.tokens?.join('') ?? '';
      sources += fields.sources?.length ?? 0;
      records += 1;
      messages += encoder.encode(`{"type":"${event}"${id === undefined ? '' : `,"id":"${id}"`},"data":${data}}`).length;
    },
  });
  parser.feed(plain);
  return { text, sources, records, bytes: socket ? messages : body };
}
