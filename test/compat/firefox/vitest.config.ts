// Runs browser tests in Firefox: `npm run test:firefox`. Needs a Firefox that speaks WebDriver BiDi: Debian's firefox-esr, or
// the one that $FIREFOX_PATH names.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { inOtherBrowser, missing } from '../other-browser.ts';

const { FIREFOX_PATH } = process.env;
const executablePath = [FIREFOX_PATH ?? '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync);
if (executablePath === undefined || (FIREFOX_PATH !== undefined && executablePath !== FIREFOX_PATH)) {
  missing('The Firefox tests need Firefox and none was found: run `apt-get install firefox-esr`, or set FIREFOX_PATH.');
}

// Playwright 1.60 is the last that drives an ordinary Firefox; the repository's own is newer. Vitest imports it late.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, /^playwright(-core)?$/.test(specifier) ? { ...context, parentURL: import.meta.url } : context),
});

export default defineConfig(
  inOtherBrowser('firefox', {
    headless: true,
    provider: playwright({ launchOptions: { channel: 'moz-firefox', executablePath } }),
    instances: [{ browser: 'firefox', viewport: { width: 800, height: 600 } }],
  }),
);
