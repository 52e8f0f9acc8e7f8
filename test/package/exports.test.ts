import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { describe, expect, it } from 'vitest';
import { exportedEntries, entries, root } from '../../scripts/entries.ts';
import { plantTree } from '../support/planted-tree.ts';
import { runTool } from '../support/run-tool.ts';

describe('the package', () => {
  it('has a source file for each entry it exports', () => {
    expect(exportedEntries().filter((entry) => !entries().some((found) => found.source === entry.source))).toEqual([]);
  });

  it.each(globSync('{.,bench,examples/*,test/interop,test/compat/*}/package-lock.json', { cwd: root }))(
    'names no place to download from: %s',
    (lockfile) => {
      expect(readFileSync(join(root, lockfile), 'utf8')).not.toMatch(/"resolved": "https?:/);
    },
  );
});

describe('the examples', () => {
  const manifest = readJson('package.json') as Needs;

  it.each(globSync('examples/*/package-lock.json', { cwd: root }))(
    'lock what the package needs: `npm run lock:examples` writes %s anew',
    (file) => {
      const { packages } = readJson(file) as { packages: Record<string, Needs> };
      const { dependencies, peerDependencies, peerDependenciesMeta } = packages['node_modules/rivulet'] ?? {};
      expect(dependencies).toEqual(manifest.dependencies);
      expect(peerDependencies).toEqual(manifest.peerDependencies);
      expect(peerDependenciesMeta).toEqual(manifest.peerDependenciesMeta);
    },
  );
});

interface Needs {
  readonly dependencies?: object;
  readonly peerDependencies?: object;
  readonly peerDependenciesMeta?: object;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

describe('the package checks', () => {
  const manifest = { name: 'planted', version: '1.0.0', type: 'module', license: 'MIT', files: ['dist'] };

  it('catch an export that leads nowhere', async () => {
    const tree = plantTree({
      'package.json': JSON.stringify({
        ...manifest,
        exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './gone': './dist/gone.js' },
      }),
      'dist/index.js': 'export const a = 1;\n',
      'dist/index.d.ts': 'export declare const a: number;\n',
    });
    const { messages } = await publint({ pkgDir: tree, strict: true, pack: false });
    expect(messages.map((message) => [message.code, message.path])).toEqual([
      ['FILE_DOES_NOT_EXIST', ['exports', './gone']],
    ]);
  });

  it('catch declarations that do not match the code', () => {
    const tree = plantTree({
      'package.json': JSON.stringify({
        ...manifest,
        exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './untyped': './dist/untyped.js' },
      }),
      'dist/index.js': 'export const a = 1;\n',
      'dist/index.d.ts': `declare const a: number;\nexport default a;\nexport * from './absent.js';\n`,
      'dist/untyped.js': 'export const a = 1;\n',
    });
    const { code, output } = runTool('attw', ['--pack', '.', '--profile', 'esm-only', '--format', 'json'], tree);
    const { problems } = (JSON.parse(output) as { analysis: { problems: { kind: string }[] } }).analysis;
    expect(code).not.toBe(0);
    expect([...new Set(problems.map((problem) => problem.kind))]).toEqual(
      expect.arrayContaining(['InternalResolutionError', 'UntypedResolution']),
    );
  });
});
