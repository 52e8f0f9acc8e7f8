// Runs tests against another major version: `node scripts/test-compat.ts react18` installs what
// test/compat/react18/package.json names, unless it is there already, and runs the Vitest configuration beside it.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './entries.ts';
import { run } from './run.ts';

const name = process.argv[2] ?? '';
const folder = join(root, 'test/compat', name);
if (!existsSync(join(folder, 'vitest.config.ts'))) {
  console.error(`test/compat has no folder named "${name}" with a vitest.config.ts.`);
  process.exit(1);
}

// npm writes the second file at the end of an installation.
const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map(
  (file) => statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0,
);
const failure = (installed ?? 0) < (wanted ?? 0) ? await run('npm ci', folder) : 0;
process.exitCode = failure || (await run(`vitest run --config test/compat/${name}/vitest.config.ts`));
