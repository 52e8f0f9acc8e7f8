// One Vitest project per runner; a file's suffix picks it. `npx vitest --project unit` runs one alone.
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { BrowserConfigOptions } from 'vitest/node';
import { launchOptions } from './scripts/browser.ts';
import { root } from './scripts/entries.ts';
import { simulatePlugin } from './src/simulate/vite-plugin.ts';
import { optimizeDeps } from './test/setup/optimize-deps.ts';

const launch = await launchOptions().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

const elsewhere = ['**/node_modules/**', 'test/compat/**', 'test/interop/**', 'test/examples/**'];
const inBrowser = 'test/**/*.browser.test.{ts,tsx}';
const onServer = 'test/**/*.ssr.test.{ts,tsx}';

// A function, because Vitest writes each project's own names into the object it is given.
const browser = (): BrowserConfigOptions => ({
  enabled: true,
  headless: true,
  provider: playwright({
    launchOptions: launch,
    contextOptions: { permissions: ['clipboard-read', 'clipboard-write'] },
  }),
  instances: [{ browser: 'chromium', viewport: { width: 800, height: 600 } }],
  screenshotFailures: false,
  expect: {
    toMatchScreenshot: {
      comparatorName: 'pixelmatch',
      comparatorOptions: { threshold: 0.1, allowedMismatchedPixelRatio: 0 },
      resolveScreenshotPath: ({ root: base, testFileDirectory, testFileName, arg, ext }) =>
        `${base}/${testFileDirectory}/__screenshots__/${testFileName}/${arg}${ext}`,
    },
  },
});

export default defineConfig({
  plugins: [react()],
  test: {
    // Generous: a slow machine is no fault, and what never comes is told soon enough.
    testTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [...elsewhere, inBrowser, onServer, 'test/architecture/**', 'test/package/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['test/**/*.test.tsx'],
          exclude: [...elsewhere, inBrowser, onServer],
          setupFiles: ['test/setup/console.ts', 'test/setup/dom.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'ssr', environment: 'node', include: [onServer], exclude: elsewhere },
      },
      {
        extends: true,
        optimizeDeps,
        plugins: [simulatePlugin()],
        test: {
          name: 'browser',
          include: [inBrowser],
          exclude: elsewhere,
          setupFiles: ['test/setup/console.ts'],
          browser: browser(),
        },
      },
      {
        extends: true,
        optimizeDeps,
        plugins: [
          storybookTest({
            configDir: `${root}.storybook`,
            storybookScript: 'npm start',
            initialGlobals: { audit: 'modes' },
          }),
        ],
        test: { name: 'stories', browser: browser() },
      },
      {
        extends: true,
        test: {
          name: 'architecture',
          environment: 'node',
          include: ['test/architecture/**/*.test.ts'],
          exclude: elsewhere,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          environment: 'node',
          include: ['test/package/**/*.test.ts'],
          exclude: elsewhere,
          globalSetup: 'test/setup/package.ts',
          provide: { compilers: { 6: `${root}node_modules` }, reactTypes: { 19: `${root}node_modules` } },
        },
      },
    ],
  },
});
