// Runs tests that need packages of their own, other versions of ours or servers that others wrote:
// `node scripts/test-workspace.ts interop` installs what test/interop/package.json names, unless it is there already,
// checks the types where the folder has a tsconfig.json, and runs the Vitest configuration beside it.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './entries.ts';
import { run } from './run.ts';

const name = process.argv[2] ?? '';
const folder = join(root, 'test', name);
if (!existsSync(join(folder, 'vitest.config.ts'))) {
  console.error(`test has no folder named "${name}" with a vitest.config.ts.`);
  process.exit(1);
}

// npm writes the second file at the end of an installation.
const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map(
  (file) => statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0,
);
const isStale = (installed ?? 0) < (wanted ?? 0);
const hasTypes = existsSync(join(folder, 'tsconfig.json'));
process.exitCode =
  (isStale && (await run('npm ci', folder))) ||
  (hasTypes && (await run(`tsc -p test/${name}`))) ||
  (await run(`vitest run --config test/${name}/vitest.config.ts`));
