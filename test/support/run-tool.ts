// Runs a command-line tool from node_modules as the npm scripts do, and reports what it said and how it ended.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/entries.ts';

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the tool with this process's own Node, so that it is the one the project pins. */
export function runTool(name: string, args: readonly string[], folder: string): Outcome {
  const manifest = JSON.parse(
    readFileSync(join(root, 'node_modules', packageOf[name] ?? name, 'package.json'), 'utf8'),
  );
  const script = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name];
  const file = join(root, 'node_modules', packageOf[name] ?? name, script);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: undefined, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  return { code: status, output: stdout + stderr };
}

const packageOf: Readonly<Record<string, string>> = { tsc: 'typescript', attw: '@arethetypeswrong/cli' };
