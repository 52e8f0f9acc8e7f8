// Pins what each entry exports, so that nothing becomes public, or stops being public, unnoticed. Where the change is
// meant, `npx vitest run --project unit test/public-api -u` writes it down.
import { describe, expect, it } from 'vitest';
import { entries } from '../scripts/entries.ts';

const sources = import.meta.glob<object>('../src/*.ts');

describe('the public API', () => {
  it('is what public-api.txt lists', async () => {
    const lines: string[] = [];
    for (const { specifier, source } of entries().filter(({ kind }) => kind === 'module')) {
      const names = Object.keys((await sources[`../${source}`]?.()) ?? {}).toSorted();
      lines.push(specifier, ...names.map((name) => `  ${name}`), '');
    }
    await expect(lines.join('\n')).toMatchFileSnapshot('public-api.txt');
  });
});
