import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { measureSizes, overBudget } from '../../scripts/sizes.ts';
import { plantTree } from '../support/planted-tree.ts';

const ballast = (bytes: number) => `'${randomBytes(bytes).toString('base64')}'`;

const planted = () =>
  plantTree({
    'package.json': JSON.stringify({
      name: 'planted',
      type: 'module',
      exports: {
        './hooks': { default: './dist/hooks.js' },
        './later': { default: './dist/later.js' },
        './styles.css': { default: './dist/styles.css' },
      },
      peerDependencies: { react: '*' },
    }),
    'dist/hooks.js': `export { useSmall } from './small.js';\nexport { useLarge } from './large.js';\nexport { createElement } from 'react';\n`,
    'dist/small.js': `import 'react';\nexport const useSmall = () => 1;\n`,
    'dist/large.js': `export const useLarge = () => ${ballast(3000)};\n`,
    'dist/styles.css': `.a { color: red; }\n`,
  });

describe('the size budgets', () => {
  it('measure each import alone, without its peers', async () => {
    const lines = await measureSizes(planted(), [{ each: 'planted/hooks', matching: /^use/, maxBytes: 2000 }]);
    expect(lines).toEqual([
      { title: 'planted/hooks { useLarge }', bytes: expect.any(Number), maxBytes: 2000 },
      { title: 'planted/hooks { useSmall }', bytes: expect.any(Number), maxBytes: 2000 },
    ]);
    expect(lines[0]?.bytes).toBeGreaterThan(3000);
    expect(lines[1]?.bytes).toBeLessThan(200);
  });

  it('count only what comes on top of what a user has already', async () => {
    const [line] = await measureSizes(planted(), [
      {
        imports: [{ from: 'planted/hooks', names: '*' }],
        beside: [{ from: 'planted/hooks', names: ['useLarge'] }],
      },
    ]);
    expect(line?.title).toBe('planted/hooks beside planted/hooks { useLarge }');
    expect(line?.bytes).toBeLessThan(1000);
  });

  it('catch a line over its budget, and only that line', async () => {
    const lines = await measureSizes(planted(), [
      { imports: [{ from: 'planted/hooks', names: '*' }], maxBytes: 2000 },
      { imports: [{ from: 'planted/hooks', names: ['useSmall', 'useLater'] }], maxBytes: 2000 },
      { imports: [{ from: 'planted/styles.css', names: '*' }], maxBytes: 8 },
    ]);
    expect(overBudget(lines).map((line) => line.title)).toEqual(['planted/hooks', 'planted/styles.css']);
  });

  it('let a line with a ceiling stand above its budget, and catch it when it grows', async () => {
    const budget = { imports: [{ from: 'planted/hooks', names: ['useLarge'] }], maxBytes: 2000 };
    const measured = (ceiling: number) => measureSizes(planted(), [budget], { 'planted/hooks { useLarge }': ceiling });
    expect(overBudget(await measured(5000))).toEqual([]);
    expect(overBudget(await measured(2500))).toHaveLength(1);
  });

  it('leave out what is not built', async () => {
    const budget = { imports: [{ from: 'planted/later', names: '*' as const }], maxBytes: 1 };
    expect(await measureSizes(planted(), [budget])).toEqual([]);
  });
});
