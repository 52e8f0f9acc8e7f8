// What users' compilers make of the emitted declarations: `skipLibCheck` is off, so every line of them is checked, and
// test/types holds code of the kind they write.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { entries, root } from '../../scripts/entries.ts';
import { installedPackage } from '../support/consumer.ts';
import { runTool } from '../support/run-tool.ts';

const imports = entries().map(({ specifier, kind }, index) =>
  kind === 'stylesheet'
    ? `import '${specifier}';`
    : `import * as entry${index} from '${specifier}';\nvoid entry${index};`,
);

const usage = globSync('test/types/*.test-d.{ts,tsx}', { cwd: root });

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: false,
  jsx: 'react-jsx',
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  types: [],
};

const resolutions = {
  bundler: { moduleResolution: 'bundler', module: 'ESNext' },
  nodenext: { moduleResolution: 'nodenext', module: 'NodeNext' },
};

describe.each(Object.entries(inject('reactTypes')))("the declarations, with React %s's types", (major, packages) => {
  // Below the node_modules that has these types, so that they are what everything in it finds.
  const folder = join(packages, `.cache/rivulet-types-${process.pid}`);
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    cpSync(installedPackage(), join(folder, 'node_modules/rivulet'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    writeFileSync(join(folder, 'imports.ts'), `${imports.join('\n')}\n`);
    for (const file of usage) cpSync(join(root, file), join(folder, file));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the compiler complains about, and which files it read. */
  function compile(compiler: string, project: string, options: object, files: readonly string[]) {
    writeFileSync(
      join(folder, project),
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, files }),
    );
    const { output } = runTool('tsc', ['-p', project, '--pretty', 'false', '--listFiles'], folder, compiler);
    const lines = output.split('\n').filter((line) => line !== '');
    return { errors: lines.filter((line) => !isAbsolute(line)), read: lines.filter(isAbsolute) };
  }

  describe.each(Object.entries(inject('compilers')))('by TypeScript %s', { timeout: 240_000 }, (version, compiler) => {
    it('are read by the compiler that is meant', () => {
      expect(runTool('tsc', ['--version'], folder, compiler).output).toMatch(`Version ${version}.`);
    });

    it.each(Object.entries(resolutions))('are accepted in full with moduleResolution %s', (name, resolution) => {
      const { errors, read } = compile(compiler, `all.${name}.json`, resolution, ['imports.ts', ...usage]);
      expect(errors).toEqual([]);
      expect(read).toContain(join(packages, '@types/react/index.d.ts'));
      expect(read).toContain(join(folder, 'node_modules/rivulet/dist/index.d.ts'));
    });

    it('refuse what is wrong', () => {
      const wrong = `import { useCountdown } from 'rivulet/hooks';\nvoid useCountdown('soon');\n`;
      writeFileSync(join(folder, 'wrong.ts'), wrong);
      const { errors } = compile(compiler, 'wrong.json', { ...resolutions.bundler, skipLibCheck: true }, ['wrong.ts']);
      expect(errors).toEqual([expect.stringContaining('wrong.ts(2,19): error TS2345')]);
    });
  });

  it(`come from React ${major}`, () => {
    const { version } = JSON.parse(readFileSync(join(packages, '@types/react/package.json'), 'utf8')) as {
      version: string;
    };
    expect(version.split('.')[0]).toBe(major);
  });
});
