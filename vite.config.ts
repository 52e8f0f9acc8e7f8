// Builds the library: one output file per source file, so that each keeps its own 'use client' and users' bundlers
// drop what is not imported. Declarations come from `tsc -p tsconfig.build.json` afterwards.
import { isAbsolute } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { entries } from './scripts/entries.ts';

const built = entries();

export default defineConfig({
  plugins: [react(), stylesheetDeclarations()],
  build: {
    target: 'es2022',
    sourcemap: true,
    minify: false,
    cssMinify: false,
    cssCodeSplit: true,
    lib: {
      entry: Object.fromEntries(built.map((entry) => [entry.name.replace(/\.css$/, ''), entry.source])),
      formats: ['es'],
    },
    rolldownOptions: {
      external: (id) => !/^[.\0]/.test(id) && !isAbsolute(id),
      output: { preserveModules: true, preserveModulesRoot: 'src' },
    },
  },
});

// TypeScript 7 refuses a side-effect import of `rivulet/styles.css` that has no types.
function stylesheetDeclarations(): Plugin {
  return {
    name: 'rivulet:stylesheet-declarations',
    apply: 'build',
    generateBundle() {
      for (const entry of built) {
        if (entry.kind === 'stylesheet') {
          this.emitFile({ type: 'asset', fileName: `${entry.name}.d.ts`, source: 'export {};\n' });
        }
      }
    },
  };
}
