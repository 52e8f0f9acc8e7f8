import { globSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';
import config from '../../vitest.config.ts';

interface Runner {
  readonly test: { readonly name: string; readonly include?: readonly string[]; readonly exclude?: readonly string[] };
}

const runners = (config.test?.projects ?? []) as Runner[];

const runnersOf = (file: string) =>
  runners
    .filter(({ test }) => test.include?.some((glob) => matchesGlob(file, glob)))
    .filter(({ test }) => !test.exclude?.some((glob) => matchesGlob(file, glob)))
    .map(({ test }) => test.name);

describe('the suffix of a test file', () => {
  it.each([
    ['test/wire/sse.test.ts', 'unit'],
    ['test/hooks/use-store.test.tsx', 'dom'],
    ['test/hooks/use-store.ssr.test.tsx', 'ssr'],
    ['test/hooks/use-store.ssr.test.ts', 'ssr'],
    ['test/components/message-list.browser.test.tsx', 'browser'],
    ['test/transport/fetch.browser.test.ts', 'browser'],
    ['test/architecture/layers.test.ts', 'architecture'],
    ['test/package/exports.test.ts', 'package'],
  ])('picks one runner for %s: %s', (file, runner) => {
    expect(runnersOf(file)).toEqual([runner]);
  });

  it('leaves no test file of this repository without a runner, or with two', () => {
    const files = globSync('test/**/*.test.{ts,tsx}', {
      cwd: root,
      exclude: ['test/compat/**', 'test/interop/**', 'test/examples/**'],
    });
    expect(files.filter((file) => runnersOf(file.replaceAll('\\', '/')).length !== 1)).toEqual([]);
  });
});
