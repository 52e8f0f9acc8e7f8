import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';
import { installedPackage } from '../support/consumer.ts';

const startsWithDirective = (file: string) =>
  /^(\/\/.*\n|\/\*[^]*?\*\/|\s)*['"]use client['"]/.test(readFileSync(file, 'utf8'));

describe("'use client'", () => {
  it('stands in each built file whose source has it, and in no other', () => {
    const dist = join(installedPackage(), 'dist');
    const built = globSync('**/*.js', { cwd: dist });
    const source = (file: string) =>
      join(root, 'src', globSync(file.replace(/\.js$/, '.{ts,tsx}'), { cwd: join(root, 'src') })[0] ?? file);
    const marked = built.filter((file) => startsWithDirective(join(dist, file)));
    expect(marked.toSorted()).toEqual(built.filter((file) => startsWithDirective(source(file))).toSorted());
  });
});
