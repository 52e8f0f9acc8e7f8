import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { entries } from '../../scripts/entries.ts';
import { consumer } from '../support/consumer.ts';
import { runTool } from '../support/run-tool.ts';

const imports = entries().map(({ specifier, kind }, index) =>
  kind === 'stylesheet'
    ? `import '${specifier}';`
    : `import * as entry${index} from '${specifier}';\nvoid entry${index};`,
);

describe('the declarations', () => {
  it.each([
    { moduleResolution: 'bundler', module: 'ESNext' },
    { moduleResolution: 'nodenext', module: 'NodeNext' },
  ])('are accepted in full with moduleResolution $moduleResolution', (resolution) => {
    const folder = consumer();
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    writeFileSync(join(folder, 'imports.ts'), `${imports.join('\n')}\n`);
    const project = `tsconfig.${resolution.moduleResolution}.json`;
    const compilerOptions = {
      ...resolution,
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: false,
      jsx: 'react-jsx',
      target: 'ES2022',
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      types: [],
    };
    writeFileSync(join(folder, project), JSON.stringify({ compilerOptions, files: ['imports.ts'] }));
    expect(runTool('tsc', ['-p', project, '--pretty', 'false'], folder, inject('compilers'))).toEqual({
      code: 0,
      output: '',
    });
  });
});
