// The examples, and how one is tried as its reader would: `npm run example vite-chat` packs the package, installs the
// example with it, and starts it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './entries.ts';
import { pack } from './pack.ts';
import { run } from './run.ts';

/** Where each example stands. */
export function exampleFolders(): string[] {
  const home = join(root, 'examples');
  return readdirSync(home)
    .map((name) => join(home, name))
    .filter((folder) => existsSync(join(folder, 'package.json')));
}

if (import.meta.main) {
  const folder = exampleFolders().find((path) => path.endsWith(`/${process.argv[2]}`));
  if (folder === undefined) {
    console.error(
      `Name one of the examples: ${exampleFolders()
        .map((path) => path.split('/').at(-1))
        .join(', ')}.`,
    );
    process.exit(1);
  }
  await pack();
  process.exitCode = (await run('npm ci --silent', folder)) || (await run('npm start', folder));
}
