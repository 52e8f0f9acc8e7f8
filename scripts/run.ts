// Runs the tools of node_modules/.bin from a script, with their output on the terminal.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './entries.ts';

const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);

/**
 * Resolves to the command's exit code; a signal counts as 1. The command is a shell line, run from `folder`. Nothing it
 * runs is a test: Vitest's NODE_ENV would make a bundler build for development.
 */
export function run(command: string, folder: string = root): Promise<number> {
  const env = { ...process.env, PATH: path, NODE_ENV: process.env.VITEST ? undefined : process.env.NODE_ENV };
  return new Promise((resolve, reject) => {
    const child = spawn(command, { cwd: folder, stdio: 'inherit', shell: true, env });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
