// Builds the package and packs it as npm would publish it. `npm run pack` writes rivulet.tgz, which the examples install.
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './entries.ts';
import { run } from './run.ts';

/** The packed package, under a name without a version, so that nothing has to know it. */
export const tarball: string = join(root, 'rivulet.tgz');

/** Rejects where building or packing fails; why is on the terminal then. */
export async function pack(): Promise<void> {
  const build = 'vite build --logLevel warn && tsc -p tsconfig.build.json';
  for (const command of [build, 'npm pack --silent --ignore-scripts >/dev/null']) {
    if ((await run(command)) !== 0) throw new Error(`\`${command}\` failed.`);
  }
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string; version: string };
  renameSync(join(root, `${manifest.name}-${manifest.version}.tgz`), tarball);
}

if (import.meta.main) {
  await pack();
  console.log(`Packed ${tarball}`);
}
