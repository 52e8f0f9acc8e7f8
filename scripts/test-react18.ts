// Runs the component and hook tests on React 18.2, from a folder that installs it. Run by `npm run test:react18`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './entries.ts';
import { run } from './run.ts';

const folder = join(root, 'test/compat/react18');

const installed = existsSync(join(folder, 'node_modules/react/package.json')) ? 0 : await run('npm ci', folder);
process.exitCode = installed || (await run('vitest run --config test/compat/react18/vitest.config.ts'));
