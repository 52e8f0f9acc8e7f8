// Packs the package and installs every example with it, as its reader would, in a folder outside of the repository:
// there nothing can be found in the repository's own node_modules by accident.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { exampleFolders } from '../../scripts/examples.ts';
import { root } from '../../scripts/entries.ts';
import { pack, tarball } from '../../scripts/pack.ts';
import { run } from '../../scripts/run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Holds rivulet.tgz, and below `examples` every example, installed. */
    workspace: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const workspace = join(tmpdir(), `rivulet-examples-${hash(root).slice(0, 12)}`);
  mkdirSync(workspace, { recursive: true });
  await pack();
  copyFileSync(tarball, join(workspace, 'rivulet.tgz'));
  for (const source of exampleFolders()) await install(source, join(workspace, 'examples', basename(source)));
  project.provide('workspace', workspace);
}

/** Takes over an earlier installation where the lockfile is the same; the package itself is new each time. */
async function install(source: string, target: string): Promise<void> {
  const lock = hash(readFileSync(join(source, 'package-lock.json'), 'utf8'));
  const stamp = join(target, 'node_modules/.installed');
  const isInstalled = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  if (!isInstalled) rmSync(target, { recursive: true, force: true });
  cpSync(source, target, { recursive: true, filter: (path) => !made.has(basename(path)) });
  const installed = join(target, 'node_modules/rivulet');
  if (isInstalled) {
    rmSync(installed, { recursive: true });
    mkdirSync(installed);
  }
  const command = isInstalled
    ? 'tar -xzf ../../rivulet.tgz -C node_modules/rivulet --strip-components=1'
    : 'npm ci --loglevel error';
  if ((await run(command, target)) !== 0) throw new Error(`\`${command}\` failed in ${target}.`);
  writeFileSync(stamp, lock);
}

const made: ReadonlySet<string> = new Set(['node_modules', 'dist', '.next', 'next-env.d.ts']);

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
