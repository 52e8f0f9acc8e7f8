// Runs the component and hook tests on React 18.2, from a folder that installs it. Run by `npm run test:react18`.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './entries.ts';
import { run } from './run.ts';

const folder = join(root, 'test/compat/react18');

// npm writes the second file at the end of an installation.
const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map(
  (file) => statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0,
);
const failure = (installed ?? 0) < (wanted ?? 0) ? await run('npm ci', folder) : 0;
process.exitCode = failure || (await run('vitest run --config test/compat/react18/vitest.config.ts'));
