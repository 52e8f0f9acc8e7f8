// Builds small throwaway trees outside the repository, in which a test plants the fault that a check must catch.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../../scripts/entries.ts';

/** Writes the files into a new folder, beside the repository's own node_modules, and removes it after the test. */
export function plantTree(files: Readonly<Record<string, string>>): string {
  const tree = mkdtempSync(join(realpathSync(tmpdir()), 'rivulet-planted-'));
  onTestFinished(() => rmSync(tree, { recursive: true, force: true }));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  return tree;
}
