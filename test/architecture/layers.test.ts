import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';
import { checkLayers, configuration } from '../../scripts/layers.ts';
import { plantTree } from '../support/planted-tree.ts';

const sound = {
  'package.json': readFileSync(join(root, 'package.json'), 'utf8'),
  'tsconfig.json': readFileSync(join(root, 'tsconfig.json'), 'utf8'),
  'src/core.ts': `export { split } from './wire/lines.ts';\n`,
  'src/components.ts': `export { Bubble } from './components/bubble/bubble.tsx';\n`,
  'src/base/clock.ts': `export interface Clock {\n  now(): number;\n}\n`,
  'src/wire/frame.ts': `export interface Frame {\n  readonly data: string;\n}\n`,
  'src/wire/lines.ts': `import type { Frame } from './frame.ts';\nexport const split = (data: string): Frame => ({ data });\n`,
  'src/connection/connection.ts': `import type { Clock } from '../base/clock.ts';\nimport type { Frame } from '../wire/frame.ts';\nexport type Connection = (clock: Clock) => Frame;\n`,
  'src/components/bubble/bubble.tsx': `import type { ReactElement } from 'react';\nexport const Bubble = (): ReactElement => <p />;\n`,
  'src/styles/styles.css': ':root {}\n',
  'stories/bubble.stories.tsx': `import { Bubble } from '../src/components.ts';\nexport const Plain = { component: Bubble };\n`,
};

const faultsOf = async (files: Record<string, string>) => (await checkLayers(plantTree({ ...sound, ...files }))).faults;

describe('the layer check', () => {
  it('passes a tree that keeps to its layers', async () => {
    expect(await checkLayers(plantTree(sound))).toEqual({ faults: [], files: 7 });
  });

  it('looks at every file of this repository', async () => {
    const { files } = await checkLayers();
    expect(files).toBeGreaterThan(0);
  });

  it('catches an upward import', async () => {
    const faults = await faultsOf({
      'src/wire/sse.ts': `import { Bubble } from '../components/bubble/bubble.tsx';\nexport const top = Bubble;\n`,
    });
    expect(faults).toEqual([
      'src/wire/sse.ts imports src/components/bubble/bubble.tsx: wire may import only itself, base. (layer-wire)',
    ]);
  });

  it('catches an upward import of nothing but a type', async () => {
    const faults = await faultsOf({
      'src/base/abort.ts': `import type { Frame } from '../wire/frame.ts';\nexport type Abort = Frame;\n`,
    });
    expect(faults).toEqual([
      'src/base/abort.ts imports src/wire/frame.ts: base may import only itself, base. (layer-base)',
    ]);
  });

  it('catches a port that is bypassed', async () => {
    const faults = await faultsOf({
      'src/connection/watchdog.ts': `import { split } from '../wire/lines.ts';\nexport const watch = split;\n`,
    });
    expect(faults).toEqual([expect.stringContaining('(layer-connection)')]);
  });

  it('catches a component that brings the engine of markdown along, however far away', async () => {
    const faults = await faultsOf({
      'src/markdown/document.ts': `export const createDocument = 1;\n`,
      'src/markdown/lines.ts': `export { createDocument } from './document.ts';\n`,
      'src/components/streaming-markdown/streaming-markdown.tsx': `export { createDocument } from '../../markdown/document.ts';\n`,
      'src/components/streaming-markdown/markdown-code.tsx': `export { createDocument } from '../../markdown/lines.ts';\n`,
    });
    expect(faults).toEqual([expect.stringMatching(/markdown-code\.tsx .*\(no-engine-in-reach\)/)]);
  });

  it('catches a cycle, also one of types', async () => {
    const faults = await faultsOf({
      'src/wire/sse.ts': `import type { Json } from './ndjson.ts';\nexport type Sse = Json | 1;\n`,
      'src/wire/ndjson.ts': `import type { Sse } from './sse.ts';\nexport type Json = Sse[];\n`,
    });
    expect(faults).toEqual([expect.stringContaining('(no-cycle)')]);
  });

  it('catches React below the hooks', async () => {
    const faults = await faultsOf({
      'src/store/store.ts': `import { useState } from 'react';\nexport const use = useState;\n`,
    });
    expect(faults).toEqual([expect.stringMatching(/^src\/store\/store\.ts imports .*react.*\(react-only-on-top\)$/)]);
  });

  it('catches React within reach of core', async () => {
    const faults = await faultsOf({
      'src/core.ts': `export { use } from './hooks/use-store.ts';\n`,
      'src/hooks/use-store.ts': `import { useState } from 'react';\nexport const use = useState;\n`,
    });
    expect(faults).toEqual([expect.stringMatching(/^src\/core\.ts imports .*react.*\(no-react-in-reach\)$/)]);
  });

  it('catches a folder that is no layer', async () => {
    const faults = await faultsOf({ 'src/misc/thing.ts': 'export const thing = 1;\n' });
    expect(faults).toEqual(['src/misc is no layer: name it in test/architecture/layers.cjs or move its files.']);
  });

  it('catches a file beside the entries, and code among the stylesheets', async () => {
    const faults = await faultsOf({
      'src/extra.ts': 'export const extra = 1;\n',
      'src/styles/theme.ts': 'export const theme = 1;\n',
    });
    expect(faults).toEqual([
      'src/styles/theme.ts stands in a folder that holds only stylesheets.',
      'src/extra.ts is no entry: export it in package.json or move it into a layer.',
    ]);
  });

  it('catches the library importing its tests, and a story that reaches inside', async () => {
    const faults = await faultsOf({
      'src/wire/sse.ts': `import { fake } from '../../test/fake.ts';\nexport const sse = fake;\n`,
      'test/fake.ts': 'export const fake = 1;\n',
      'stories/inside.stories.tsx': `import type { Clock } from '../src/base/clock.ts';\nexport const Inside: Clock = { now: () => 0 };\n`,
    });
    expect(faults).toEqual([
      expect.stringContaining('(src-stands-alone)'),
      expect.stringContaining('stories/inside.stories.tsx imports src/base/clock.ts'),
    ]);
  });

  it('fails when it looked at fewer files than there are', async () => {
    const rules = { ...configuration, options: { ...configuration.options, exclude: { path: '^src/wire/lines' } } };
    const { faults } = await checkLayers(plantTree(sound), rules);
    expect(faults).toEqual(['src/wire/lines.ts exists and was not looked at, so this check proves nothing.']);
  });
});
