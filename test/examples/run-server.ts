// Starts a server as its reader would, and puts a wire between it and the browser that a test can cut.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { vi } from 'vitest';
import { freePort } from '../support/free-port.ts';

export interface RunningServer {
  /** Straight to the server. */
  readonly direct: string;
  /** Through the wire. */
  readonly url: string;
  /** Ends every connection through the wire as a lost network does, without a word. */
  cut(): void;
  stop(): Promise<void>;
}

/** Runs a shell command that serves at `$PORT`, until it answers there. */
export async function runServer(command: string, folder: string): Promise<RunningServer> {
  const port = await freePort();
  const child = spawn(command, {
    cwd: folder,
    shell: true,
    detached: true,
    env: { ...process.env, PORT: String(port), NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1' },
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const direct = `http://127.0.0.1:${port}`;
  const exited = once(child, 'exit');
  await Promise.race([
    answers(direct),
    exited.then(() => Promise.reject(new Error(`\`${command}\` ended:\n${output}`))),
  ]);

  const wire = await createWire(port);
  return {
    direct,
    url: `http://127.0.0.1:${wire.port}`,
    cut: wire.cut,
    async stop() {
      wire.close();
      // The shell's whole group: npm does not hand signals on to what it runs.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
      await exited;
    },
  };
}

async function answers(url: string): Promise<void> {
  // Long, because what is started builds first.
  await vi.waitFor(async () => void (await (await fetch(url)).body?.cancel()), { timeout: 500_000, interval: 200 });
}

async function createWire(target: number): Promise<{ readonly port: number; cut(): void; close(): void }> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) keep(socket);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    close() {
      server.close();
      cut();
    },
  };
}
