// The throwaway project that has the freshly built package installed; see test/setup/package.ts.
import { join } from 'node:path';
import { inject } from 'vitest';

/** A folder with `rivulet` in its node_modules, and this repository's packages above it. */
export function consumer(): string {
  const { folder, failure } = inject('consumer');
  if (failure !== undefined) throw new Error(`The package does not build.\n${failure}`);
  return folder;
}

/** The installed package itself. */
export function installedPackage(): string {
  return join(consumer(), 'node_modules/rivulet');
}
