import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';
import { plantTree } from '../support/planted-tree.ts';
import { runTool } from '../support/run-tool.ts';

const own = (...paths: string[]) =>
  Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

const sound = {
  'src/wire/frame.ts': `export const parse = (data: string): { data: string; at: Date } => ({ data, at: new Date(0) });\n`,
  'src/base/system-clock.ts': `export const now = (): number => Date.now();\n`,
  'test/wire/frame.test.ts': `export const nothing = 1;\n`,
};

describe('the linter', () => {
  const lint = (files: Record<string, string>) => {
    const tree = plantTree({ ...own('.oxlintrc.json', 'test/architecture/lint-plugin.js'), ...sound, ...files });
    const { code, output } = runTool('oxlint', ['--deny-warnings', '--format', 'json', 'src', 'test'], tree);
    const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
    return { code, found: diagnostics.map((item) => `${item.filename} ${item.code}`).toSorted() };
  };

  it('passes a sound tree', () => {
    expect(lint({})).toEqual({ code: 0, found: [] });
  });

  it('catches time and chance below the hooks', () => {
    const reading = `export const read = (): unknown => [Date.now(), Math.random(), new Date(), performance.now(), setTimeout];\n`;
    const rules = [
      'eslint(no-restricted-globals)',
      'eslint(no-restricted-properties)',
      'eslint(no-restricted-properties)',
      'eslint(no-restricted-properties)',
      'rivulet(no-ambient-date)',
    ];
    const layers = ['connection', 'markdown', 'message', 'protocol', 'store', 'transport', 'wire'];
    const files = layers.map((layer) => `src/${layer}/planted.ts`);
    expect(lint(Object.fromEntries(files.map((file) => [file, reading])))).toEqual({
      code: 1,
      found: files.flatMap((file) => rules.map((rule) => `${file} ${rule}`)),
    });
  });

  it('catches what the style forbids', () => {
    const { code, found } = lint({
      'src/base/loose.ts': `export const loose = (value: any): unknown => value;\n`,
      'src/base/NotKebab.ts': `export default 1;\n`,
      'src/base/log.ts': `export const log = (): void => console.log('a');\n`,
      'src/hooks/use-late.ts': `import { useState } from 'react';\nexport const useLate = (on: boolean): unknown => (on ? useState(1) : 0);\n`,
      'src/components/picture.tsx': `export const Picture = (): unknown => <img src="a.png" />;\n`,
      'test/skipped.test.ts': `import { it, vi } from 'vitest';\nvi.mock('./a.ts');\nit.skip('rests', () => {});\nit.only('alone', () => {});\n`,
      'test/sleeping.test.ts': `export const sleep = () => new Promise((resolve) => setTimeout(resolve, 100));\n`,
    });
    expect(code).toBe(1);
    expect(found).toEqual(
      expect.arrayContaining([
        'src/base/loose.ts typescript(no-explicit-any)',
        'src/base/NotKebab.ts unicorn(filename-case)',
        'src/base/NotKebab.ts import(no-default-export)',
        'src/base/log.ts eslint(no-console)',
        'src/hooks/use-late.ts react-hooks(rules-of-hooks)',
        'src/components/picture.tsx jsx-a11y(alt-text)',
        'test/skipped.test.ts vitest(no-restricted-vi-methods)',
        'test/sleeping.test.ts eslint(no-restricted-globals)',
        'test/skipped.test.ts vitest(no-disabled-tests)',
        'test/skipped.test.ts vitest(no-focused-tests)',
      ]),
    );
  });
});

describe('the formatter', () => {
  it('passes formatted code and names the file that is not', () => {
    const tree = plantTree({ ...own('.oxfmtrc.json'), ...sound, 'src/wire/wide.ts': `export const a = "double"\n` });
    const { code, output } = runTool('oxfmt', ['--check'], tree);
    expect(code).not.toBe(0);
    expect(output.match(/\S+\.ts/g)).toEqual(['src/wire/wide.ts']);
  });
});

describe('the type checks', () => {
  it('catch a wrong type, also in a test of types', () => {
    const tree = plantTree({
      ...own('tsconfig.json'),
      ...sound,
      'src/wire/wrong.ts': `export const wrong: number = 'text';\n`,
      'test/types/frame.test-d.ts': `import { parse } from '../../src/wire/frame.ts';\n// @ts-expect-error\nparse('is allowed');\n`,
    });
    const { code, output } = runTool('tsc', ['--noEmit', '--pretty', 'false'], tree);
    expect(code).not.toBe(0);
    expect(output.match(/^\S+\.ts/gm)).toEqual(['src/wire/wrong.ts', 'test/types/frame.test-d.ts']);
  });

  it('catch the outside world in a pure layer, also through base', () => {
    const tree = plantTree({
      ...own('tsconfig.json', 'tsconfig.pure.json'),
      ...sound,
      'src/base/later.ts': `export const later = (run: () => void): unknown => setTimeout(run, 1);\n`,
      'src/message/fold.ts': `import { later } from '../base/later.ts';\nexport const fold = later;\n`,
      'src/wire/sse.ts': `export const load = (): unknown => fetch('/');\n`,
      'src/protocol/named-events.ts': `export const title = (): string => document.title;\n`,
      'src/markdown/parse.ts': `export const log = (): void => console.log('a');\n`,
    });
    const { code, output } = runTool('tsc', ['-p', 'tsconfig.pure.json', '--pretty', 'false'], tree);
    expect(code).not.toBe(0);
    expect(output.match(/^\S+\.ts/gm)?.toSorted()).toEqual([
      'src/base/later.ts',
      'src/markdown/parse.ts',
      'src/protocol/named-events.ts',
      'src/wire/sse.ts',
    ]);
  });
});
