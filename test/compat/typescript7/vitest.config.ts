// Runs the repository's tests of the declarations with the TypeScript 7 that is installed beside this file.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

export default defineConfig({
  root: repository,
  test: {
    name: 'declarations on TypeScript 7',
    include: ['test/package/declarations.test.ts'],
    globalSetup: 'test/setup/package.ts',
    provide: { compilers: fileURLToPath(new URL('node_modules', import.meta.url)) },
    testTimeout: 60_000,
  },
});
