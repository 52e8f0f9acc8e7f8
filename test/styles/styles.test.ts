import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';
import type { CssVariable } from '../../src/components.ts';

const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const tokens = read('src/styles/tokens.css');
const sheets = globSync('src/{styles,components}/**/*.css', { cwd: root }).map((path) => ({ path, css: read(path) }));
const declared = new Set([...tokens.matchAll(/(--rv-[\w-]+):/g)].map(([, name]) => name));
const palette = /^--rv-(stone|river|clay|ochre|moss|heather|slate)-\d+$/;

const variables = [
  '--rv-scheme',
  ...['canvas', 'surface', 'sunken', 'hover', 'text', 'muted', 'line', 'control'].map((name) => `--rv-color-${name}`),
  ...['accent', 'accent-strong', 'on-accent', 'danger', 'warning', 'success', 'focus'].map(
    (name) => `--rv-color-${name}`,
  ),
  ...['comment', 'keyword', 'string', 'number', 'function', 'type'].map((name) => `--rv-color-code-${name}`),
  ...['body', 'mono'].map((name) => `--rv-font-${name}`),
  ...['xs', 'sm', 'md', 'lg', 'xl'].map((name) => `--rv-text-${name}`),
  ...['', '-tight', '-prose'].map((name) => `--rv-leading${name}`),
  ...['medium', 'bold'].map((name) => `--rv-weight-${name}`),
  ...[1, 2, 3, 4, 5, 6, 7].map((step) => `--rv-space-${step}`),
  ...['sm', 'md', 'lg', 'full'].map((name) => `--rv-radius-${name}`),
  ...['', '-fast'].map((name) => `--rv-duration${name}`),
  ...['measure', 'target', 'line', 'ring', 'ease', 'shadow-raised'].map((name) => `--rv-${name}`),
] as CssVariable[];

describe('the style sheets', () => {
  it('declare the variables that the type lists, and no other beside the palette', () => {
    expect([...declared].filter((name) => !palette.test(name ?? '')).toSorted()).toEqual([...variables].toSorted());
  });

  it.each(sheets.filter(({ path }) => !path.endsWith('tokens.css')))('read only such variables: $path', ({ css }) => {
    const read = [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name);
    expect(read.filter((name) => !variables.includes(name as CssVariable))).toEqual([]);
  });

  it.each(sheets)('shout nothing, and touch only elements of ours: $path', ({ css }) => {
    const bare = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@keyframes[^{]+\{(?:[^{}]*\{[^{}]*\}\s*)*\}/g, '');
    expect(bare).not.toMatch(/!important/);
    const selectors = [...bare.matchAll(/(?:^|[{}])\s*([^@{};]+)\{/g)].map(([, selector]) => (selector ?? '').trim());
    expect(selectors.filter((selector) => !selector.startsWith(':where('))).toEqual([]);
    expect(bare).not.toMatch(/(?:^|[^-])(?:margin|padding|border|inset)-(?:left|right)|(?:^|[\s;])(?:left|right):/);
  });

  it.each(sheets)('move nothing without asking: $path', ({ css }) => {
    const asked = css.replace(/@media \(prefers-reduced-motion: no-preference\) \{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '');
    expect(asked).not.toMatch(/\banimation:/);
    // One of a millisecond, in one step, moves nothing: it is there for its event.
    expect(
      [...asked.matchAll(/transition:([^;]+);/g)].filter(
        ([, value]) => !value?.includes('var(--rv-duration') && value !== ' color 1ms step-end',
      ),
    ).toEqual([]);
  });

  it.each(sheets)('name their keyframes apart from the page’s: $path', ({ css }) => {
    expect([...css.matchAll(/@keyframes\s+(\S+)/g)].filter(([, name]) => !name?.startsWith('rv-'))).toEqual([]);
  });

  it('are all part of the one sheet', () => {
    const whole = read('src/styles/styles.css');
    for (const { path } of sheets.filter((sheet) => sheet.path.startsWith('src/components/'))) {
      expect(whole).toContain(path.replace('src/', '../'));
    }
  });
});
