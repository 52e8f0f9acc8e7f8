// Takes the README's picture: asks the chat story a question and photographs the answer. Storybook must be running
// (`npm start`). Run by `node scripts/picture.ts [story-id] [file]`.
import { chromium } from 'playwright';
import { launchOptions } from './browser.ts';

const [story = 'components-chat--ask-by-keyboard', file = 'docs/images/chat.png'] = process.argv.slice(2);
const address = `http://localhost:${process.env['PORT'] ?? '6006'}`;

const browser = await chromium.launch(await launchOptions());
try {
  const page = await browser.newPage({ viewport: { width: 880, height: 760 }, deviceScaleFactor: 2 });
  await page.goto(`${address}/iframe.html?id=${story}&viewMode=story`);
  const last = page.getByRole('article').last();
  await last.waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('article')].at(-1)?.dataset['status'] === 'complete');
  // High enough that question and answer are both in the picture.
  await page.addStyleTag({ content: '#storybook-root > div { block-size: 44rem !important; }' });
  await page.getByRole('article').first().scrollIntoViewIfNeeded();
  await page.locator('#storybook-root').screenshot({ path: file, animations: 'disabled' });
} finally {
  await browser.close();
}
