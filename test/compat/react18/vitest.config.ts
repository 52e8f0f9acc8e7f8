// Runs the repository's own hook and component tests against React 18.2. This folder is the root, so that `dedupe`
// takes React, and everything that brings React along, from the node_modules beside this file.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = fileURLToPath(new URL('../../..', import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${here}package.json`, 'utf8')) as { dependencies: object };

const tests = ['hooks', 'components', 'compat/react18'];
const elsewhere = ['**/node_modules/**', '**/*.browser.test.tsx'];

export default defineConfig({
  root: here,
  cacheDir: `${here}node_modules/.vite`,
  plugins: [react()],
  resolve: { dedupe: Object.keys(dependencies) },
  server: { fs: { allow: [repository] } },
  test: {
    dir: `${repository}test`,
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'dom on React 18',
          environment: 'jsdom',
          include: tests.map((folder) => `${folder}/**/*.test.tsx`),
          exclude: [...elsewhere, '**/*.ssr.test.tsx'],
          setupFiles: [`${repository}test/setup/console.ts`, `${repository}test/setup/dom.ts`],
        },
      },
      {
        extends: true,
        test: {
          name: 'ssr on React 18',
          environment: 'node',
          include: tests.map((folder) => `${folder}/**/*.ssr.test.tsx`),
          exclude: elsewhere,
        },
      },
    ],
  },
});
