// Keeps docs/specification.md true: every test and every recorded case that it names exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';
import { readPage } from './fences.ts';

/** What a cell names: recorded cases, or a test file and titles in it, apart by semicolons. */
function missing(cell: string): string[] {
  const [, file, titles] = /^`(test\/[^`]+)`: (.*)$/.exec(cell) ?? [];
  if (file === undefined || titles === undefined) {
    return [...cell.matchAll(/`(test\/[^`]+)`/g)]
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(root, path)));
  }
  if (!existsSync(join(root, file))) return [file];
  const source = readFileSync(join(root, file), 'utf8').replaceAll('\\', '');
  return titles
    .split('; ')
    .filter((title) => !["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`)))
    .map((title) => `${file}: ${title}`);
}

function lastCells(section: string): string[] {
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows
    .filter((row) => !row.startsWith('| ---'))
    .map(
      (row) =>
        row
          .split(/(?<!\\) \|/)
          .at(-2)
          ?.replace(/^ ?\| ?| $/g, '')
          .trim() ?? '',
    );
}

describe('docs/specification.md', () => {
  const [shown = '', departures = ''] = readPage('docs/specification.md').split('## Departures');
  const cells = lastCells(shown).filter((cell) => cell !== 'Shown by');

  it('names tests that exist', () => {
    expect(cells.length).toBeGreaterThan(70);
    expect(cells.filter((cell) => !cell.startsWith('`test/'))).toEqual([]);
    expect(cells.flatMap(missing)).toEqual([]);
  });

  it('gives a reason for each departure', () => {
    expect(lastCells(departures).filter((cell) => cell === '')).toEqual([]);
  });

  it('is caught where a test was renamed', () => {
    expect(missing('`test/store/turn.test.ts`: has another name')).toEqual([
      'test/store/turn.test.ts: has another name',
    ]);
    expect(missing('`test/fixtures/typed/gone.sse`')).toEqual(['test/fixtures/typed/gone.sse']);
  });
});
