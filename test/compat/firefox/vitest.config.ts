// Runs browser tests in Firefox: `npm run test:firefox`. Needs a Firefox that speaks WebDriver BiDi: Debian's firefox-esr, or
// the one that $FIREFOX_PATH names.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { BrowserCommandContext, BrowserProvider } from 'vitest/node';
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

const provider = playwright({ launchOptions: { channel: 'moz-firefox', executablePath } });

/** On a busy machine the frame of the tests may have been seen before its name was: then it is the only one there is. */
function findingItsFrame(made: BrowserProvider): BrowserProvider {
  const contextOf = made.getCommandsContext.bind(made);
  made.getCommandsContext = (sessionId) => {
    const context = contextOf(sessionId) as ReturnType<typeof contextOf> & BrowserCommandContext;
    const { page, frame } = context;
    return {
      ...context,
      frame: async () => page.frame('vitest-iframe') ?? page.mainFrame().childFrames()[0] ?? frame(),
    };
  };
  return made;
}

export default defineConfig(
  inOtherBrowser('firefox', {
    headless: true,
    provider: playwright({ launchOptions: { channel: 'moz-firefox', executablePath } }),
    instances: [{ browser: 'firefox', viewport: { width: 800, height: 600 } }],
  }),
);
