// Runs the repository's tests of the declarations with the TypeScript 7 that is installed beside this file as well, and
// with React 18's types.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const here = fileURLToPath(new URL('node_modules', import.meta.url));
const there = `${repository}node_modules`;

export default defineConfig({
  root: repository,
  test: {
    name: 'declarations',
    include: ['test/package/declarations.test.ts'],
    globalSetup: 'test/setup/package.ts',
    provide: { compilers: { 6: there, 7: here }, reactTypes: { 18: here, 19: there } },
    testTimeout: 120_000,
  },
});
