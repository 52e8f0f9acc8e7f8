// Runs the driver on a screen of its own while the tests last.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    webkitDriverPort: number;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const port = project.getProvidedContext().webkitDriverPort;
  const child = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], { stdio: 'ignore', detached: true });
  child.unref();
  // Not in a teardown: Vitest ends the session after it.
  process.once('exit', () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
  });
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error('WebKitWebDriver ended before it listened.');
    await wait(100);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
