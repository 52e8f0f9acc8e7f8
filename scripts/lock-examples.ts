// Writes the examples' lockfiles anew from their package.json and from what the packed rivulet needs: run
// `npm run lock:examples` after a dependency of either has changed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFolders } from './examples.ts';
import { pack } from './pack.ts';
import { run } from './run.ts';

interface Lockfile {
  readonly packages: Record<string, { integrity?: string }>;
}

await pack();
for (const folder of exampleFolders()) {
  const file = join(folder, 'package-lock.json');
  // Without its entry npm reads the tarball again; what else is locked stays.
  if (existsSync(file)) edit(file, ({ packages }) => delete packages['node_modules/rivulet']);
  if ((await run('npm install --package-lock-only --ignore-scripts --loglevel error', folder)) !== 0) process.exit(1);
  // Every build has another checksum.
  edit(file, ({ packages }) => delete packages['node_modules/rivulet']?.integrity);
}

function edit(file: string, change: (lockfile: Lockfile) => unknown): void {
  const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  change(lockfile);
  writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
}
