// Builds and drives the examples, and the README's first steps, in Chromium against the packed package. Apart from the
// other tests because it installs what the examples need: `npm run test:examples`.
import { root } from '../../scripts/entries.ts';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root,
  test: {
    name: 'examples',
    include: ['test/examples/**/*.test.ts'],
    globalSetup: 'test/examples/setup.ts',
    // One browser and one build at a time.
    fileParallelism: false,
    // Long, for machines that are busy: nothing here is about speed.
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
