// Tailwind's preflight as an application gets it: compiled by Tailwind itself, in its `base` layer. A Vite plugin, so that
// the page holds a style sheet and no compiler.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile } from 'tailwindcss';
import type { Plugin } from 'vite';

const id = 'virtual:tailwind-preflight';

const source = `@layer theme, base;
@import 'tailwindcss/theme.css' layer(theme);
@import 'tailwindcss/preflight.css' layer(base);`;

export function tailwindPreflight(): Plugin {
  return {
    name: 'rivulet:tailwind-preflight',
    resolveId: (wanted) => (wanted === id ? `\0${id}` : undefined),
    async load(wanted) {
      if (wanted !== `\0${id}`) return undefined;
      const { build } = await compile(source, { loadStylesheet });
      return `export default ${JSON.stringify(build([]))};`;
    },
  };
}

async function loadStylesheet(name: string, base: string) {
  const path = fileURLToPath(import.meta.resolve(name));
  return { path, base, content: await readFile(path, 'utf8') };
}
