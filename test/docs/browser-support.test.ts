// Keeps docs/browser-support.md true: the features that set the versions are used, the versions follow from them, and
// nothing younger is used.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';
import { readPage } from './fences.ts';

interface Row {
  readonly name: string;
  readonly versions: readonly number[];
}

function rowsOf(title: string): readonly Row[] {
  const table = page.slice(page.indexOf(`| ${title}`)).split('\n\n')[0] ?? '';
  return table
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name = '', ...cells]) => ({ name: name.replaceAll('`', ''), versions: cells.slice(0, 3).map(Number) }));
}

function sources(suffix: RegExp): string {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => suffix.test(file))
    .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
    .join('\n');
}

const page = readPage('docs/browser-support.md');
const [scriptFloor, styleFloor] = rowsOf('What ').map(({ versions }) => versions);

/** The newest version of each browser that a feature asks for. */
function floorOf(rows: readonly Row[]): readonly number[] {
  return [0, 1, 2].map((browser) => Math.max(...rows.map(({ versions }) => versions[browser] ?? Number.NaN)));
}

/** Younger than what is promised. */
const tooYoung = [
  'URL.canParse',
  'Object.groupBy',
  'Map.groupBy',
  'Promise.withResolvers',
  'Promise.try',
  'Array.fromAsync',
  'AbortSignal.any',
  'Iterator.from',
  'RegExp.escape',
  'isWellFormed',
  'symmetricDifference',
  'isSubsetOf',
];

describe('docs/browser-support.md', () => {
  it('names script features that are used, and follows from them', () => {
    const rows = rowsOf('Script feature');
    const code = sources(/\.tsx?$/);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ name }) => !code.includes(name))).toEqual([]);
    expect(floorOf(rows)).toEqual(scriptFloor);
  });

  it('names style features that are used, and follows from them', () => {
    const rows = rowsOf('Style feature');
    const code = sources(/\.css$/);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ name }) => !code.includes(name))).toEqual([]);
    expect(floorOf([...rows, ...rowsOf('Script feature')])).toEqual(styleFloor);
  });

  it('is kept by the source, which uses nothing younger', () => {
    const code = sources(/\.tsx?$/).replaceAll(/\/\*\*[^]*?\*\/|\/\/.*/g, '');
    expect(tooYoung.filter((name) => code.includes(name))).toEqual([]);
  });
});
