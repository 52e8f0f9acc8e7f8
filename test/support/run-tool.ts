// Runs a command-line tool from node_modules as the npm scripts do, and reports what it said and how it ended.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../../scripts/entries.ts';

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

const packageOf: Readonly<Record<string, string>> = { tsc: 'typescript', attw: '@arethetypeswrong/cli' };

/** Runs the tool with this process's own Node. `packages` is the node_modules it is taken from. */
export function runTool(
  name: string,
  args: readonly string[],
  folder: string,
  packages: string = join(root, 'node_modules'),
): Outcome {
  const home = join(packages, packageOf[name] ?? name);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === 'string' ? bin : bin[name];
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(home, script ?? name), ...args], {
    cwd: folder,
    encoding: 'utf8',
    // Vitest sets NODE_ENV to "test", which would make a build a development build.
    env: { ...process.env, NODE_ENV: undefined, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  // Some tools colour what they print on a build server whatever they are told.
  return { code: status, output: stripVTControlCharacters(stdout + stderr) };
}
