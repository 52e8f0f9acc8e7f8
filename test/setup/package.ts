// Builds the package once for the tests in test/package and installs it in a throwaway consumer, as npm would. A build
// that fails is left to those tests to report, so that all others still run.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root } from '../../scripts/entries.ts';
import { runTool } from '../support/run-tool.ts';

declare module 'vitest' {
  interface ProvidedContext {
    consumer: { readonly folder: string; readonly failure: string | undefined };
    /** By major version, the node_modules whose TypeScript reads the declarations. */
    compilers: Readonly<Record<string, string>>;
    /** By major version, the node_modules that React's types are taken from. */
    reactTypes: Readonly<Record<string, string>>;
  }
}

export default function setup(project: TestProject): () => void {
  const folder = join(root, 'node_modules/.cache', `rivulet-consumer-${process.pid}`);
  const installed = join(folder, 'node_modules/rivulet');
  const dist = join(installed, 'dist');
  mkdirSync(installed, { recursive: true });
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  const outcomes = [
    runTool('vite', ['build', '--logLevel', 'error', '--outDir', dist], root),
    runTool('tsc', ['-p', 'tsconfig.build.json', '--outDir', dist], root),
  ];
  project.provide('consumer', { folder, failure: outcomes.find((outcome) => outcome.code !== 0)?.output });
  return () => rmSync(folder, { recursive: true, force: true });
}
