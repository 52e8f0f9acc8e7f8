// Runs our client against servers and encoders that others wrote, over HTTP on loopback. They are installed in this
// folder, which is therefore the root.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  cacheDir: `${here}node_modules/.vite`,
  test: { name: 'interop', environment: 'node', dir: here, include: ['*.test.ts'], testTimeout: 30_000 },
});
