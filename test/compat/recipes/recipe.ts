// Takes a server out of docs/servers.md and starts it as its reader would: in a file of its own, with a model.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { fencesOf } from '../../docs/fences.ts';
import { freePort } from '../../support/free-port.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Says twenty words, one each 50 ms, and to the console when it was stopped before. */
const model = `
async function* answerTo(message, signal) {
  let said = 0;
  try {
    for (; said < 20 && !signal?.aborted; said += 1) {
      yield message + said + ' ';
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    if (said < 20) console.log('stopped');
  }
}
`;

export interface RunningRecipe {
  readonly url: string;
  /** What it wrote. */
  output(): string;
  stop(): Promise<void>;
}

/** The block of the page that holds these words. */
export function recipe(words: string): string {
  const found = fencesOf('docs/servers.md').find(({ code }) => code.includes(words));
  if (found === undefined) throw new Error(`docs/servers.md shows no ${words}`);
  return found.code;
}

/** `arrange` puts the port in. */
export async function runRecipe(code: string, arrange: (code: string, port: number) => string): Promise<RunningRecipe> {
  const port = await freePort();
  // Below this folder, where its packages are found.
  const folder = mkdtempSync(join(here, 'node_modules/.recipe-'));
  const file = join(folder, 'server.mjs');
  writeFileSync(file, model + arrange(code, port));
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const running = await start(child, `http://127.0.0.1:${port}`);
  return {
    ...running,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function start(child: ChildProcess, url: string): Promise<RunningRecipe> {
  let output = '';
  child.stdout?.on('data', (text) => (output += String(text)));
  child.stderr?.on('data', (text) => (output += String(text)));
  const exited = once(child, 'exit');
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(output);
      await (await fetch(url)).body?.cancel();
    },
    { timeout: 30_000, interval: 100 },
  );
  return {
    url,
    output: () => output,
    async stop() {
      if (child.exitCode === null) child.kill();
      await exited;
    },
  };
}
