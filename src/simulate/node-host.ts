// Serves the simulator over real sockets in Node, for tests and benches.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSimulator, type Simulator, type SimulatorOptions } from './handler.ts';
import { answerNode } from './node-response.ts';
import { serveSockets } from './node-socket.ts';

export interface StartSimulatorOptions extends SimulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
}

export interface RunningSimulator {
  /** The origin and base, without a slash at the end: `http://127.0.0.1:4711`. */
  readonly url: string;
  readonly simulator: Simulator;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

export async function startSimulator(options: StartSimulatorOptions = {}): Promise<RunningSimulator> {
  const host = options.host ?? '127.0.0.1';
  const simulator = createSimulator(options);
  const server = createServer((request, reply) => void answerNode(simulator, request, reply));
  const sockets = serveSockets(simulator);
  server.on('upgrade', (request, socket, head) => {
    if (!sockets.handle(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}${options.base ?? ''}`,
    simulator,
    async close() {
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
