// Reads the package's entry points: what package.json exports, matched with the source files that exist.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, ending in a slash. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** One subpath a user can import, such as `rivulet/hooks` or `rivulet/styles.css`. */
export interface Entry {
  /** What a user writes: `rivulet/hooks`. */
  readonly specifier: string;
  /** The path below `dist`, without `.js`; stylesheets keep their `.css`. */
  readonly name: string;
  readonly kind: 'module' | 'stylesheet';
  /** The source file, from the root: `src/hooks.ts`. */
  readonly source: string;
  /** The built file, from the root: `dist/hooks.js`. */
  readonly built: string;
}

/** Every exported entry, also those whose source file is missing. `package.json` itself is not one. */
export function exportedEntries(base: string = root): Entry[] {
  const manifest = JSON.parse(readFileSync(join(base, 'package.json'), 'utf8')) as {
    name: string;
    exports: Record<string, string | { default: string }>;
  };
  return Object.entries(manifest.exports)
    .filter(([subpath]) => subpath !== './package.json')
    .map(([subpath, target]) => {
      const built = (typeof target === 'string' ? target : target.default).replace(/^\.\//, '');
      const stylesheet = built.endsWith('.css');
      const name = built.replace(/^dist\//, '').replace(/\.js$/, '');
      return {
        specifier: subpath === '.' ? manifest.name : `${manifest.name}/${subpath.slice(2)}`,
        name,
        kind: stylesheet ? 'stylesheet' : 'module',
        source: stylesheet ? `src/styles/${name}` : `src/${name}.ts`,
        built,
      };
    });
}

/** The exported entries that have a source file. */
export function entries(base: string = root): Entry[] {
  return exportedEntries(base).filter((entry) => existsSync(join(base, entry.source)));
}
