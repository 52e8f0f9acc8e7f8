// Builds the package once for the tests in test/package and installs it in a throwaway consumer, as npm would.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root } from '../../scripts/entries.ts';
import { runTool } from '../support/run-tool.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder that has `rivulet` in its node_modules, and this repository's packages above it. */
    consumer: string;
  }
}

export default function setup(project: TestProject): () => void {
  const consumer = join(root, 'node_modules/.cache', `rivulet-consumer-${process.pid}`);
  const installed = join(consumer, 'node_modules/rivulet');
  mkdirSync(installed, { recursive: true });
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  build('vite', ['build', '--logLevel', 'error', '--outDir', join(installed, 'dist')]);
  build('tsc', ['-p', 'tsconfig.build.json', '--outDir', join(installed, 'dist')]);
  project.provide('consumer', consumer);
  return () => rmSync(consumer, { recursive: true, force: true });
}

function build(tool: string, args: string[]): void {
  const { code, output } = runTool(tool, args, root);
  if (code !== 0) throw new Error(`The package does not build, so its tests cannot run.\n${output}`);
}
