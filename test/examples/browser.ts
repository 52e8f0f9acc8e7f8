// One Chromium for a file's tests, and pages that tell what went wrong in them.
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { launchOptions } from '../../scripts/browser.ts';

export interface WatchedPage extends Page {
  /** Errors that were thrown or logged, the browser's own about lost connections aside: tests lose some on purpose. */
  readonly troubles: string[];
}

export function useBrowser(): { open(url: string): Promise<WatchedPage> } {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch(await launchOptions());
  });
  afterAll(() => browser?.close());
  return {
    async open(url) {
      if (browser === undefined) throw new Error('The browser starts before the first test.');
      const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
      const page = await context.newPage();
      page.setDefaultTimeout(120_000);
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (message) => {
        const text = message.text();
        if (message.type() === 'error' && !/net::ERR_|WebSocket connection to/.test(text)) troubles.push(text);
      });
      await page.goto(url);
      return Object.assign(page, { troubles });
    },
  };
}
