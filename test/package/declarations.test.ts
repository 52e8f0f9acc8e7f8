// What users' compilers make of the emitted declarations: `skipLibCheck` is off, so every line of them is checked, and
// test/types holds code of the kind they write.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    writeFileSync(join(folder, 'react.ts'), `import { version } from 'react';\nvoid version;\n`);
    for (const file of usage) cpSync(join(root, file), join(folder, file));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const compile = (compiler: string, project: string, options: object, files: readonly string[], ...args: string[]) => {
    writeFileSync(
      join(folder, project),
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, files }),
    );
    return runTool('tsc', ['-p', project, '--pretty', 'false', ...args], folder, compiler);
  };

  describe.each(Object.entries(inject('compilers')))('by TypeScript %s', (version, compiler) => {
    it('are read by the compiler and the types they name', () => {
      expect(runTool('tsc', ['--version'], folder, compiler).output).toMatch(`Version ${version}.`);
      const { output } = compile(compiler, 'react.json', resolutions.bundler, ['react.ts'], '--listFiles');
      expect(output).toContain(join(packages, '@types/react/'));
    });

    it.each(Object.entries(resolutions))('are accepted in full with moduleResolution %s', (name, resolution) => {
      expect(compile(compiler, `all.${name}.json`, resolution, ['imports.ts', ...usage])).toEqual({
        code: 0,
        output: '',
      });
    });

    it('refuse what is wrong', () => {
      const wrong = `import { useCountdown } from 'rivulet/hooks';\nvoid useCountdown('soon');\n`;
      writeFileSync(join(folder, 'wrong.ts'), wrong);
      const { output } = compile(compiler, 'wrong.json', resolutions.bundler, ['wrong.ts']);
      expect(output).toContain(`wrong.ts(2,19): error TS2345`);
    });
  });

  it(`come from React ${major}`, () => {
    const { version } = JSON.parse(readFileSync(join(packages, '@types/react/package.json'), 'utf8')) as {
      version: string;
    };
    expect(version.split('.')[0]).toBe(major);
  });
});
