// Puts the pictures that the tests compare with on one sheet, for looking at all of them at once.
// Run by `node scripts/contact-sheet.ts <file.png> <mode>...`, for instance `docs/review/narrow.png narrow-chinese`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { launchOptions } from './browser.ts';
import { root } from './entries.ts';

const folder = join(root, 'test/components/__screenshots__/screenshots.browser.test.tsx');
const [file = 'sheet.png', ...modes] = process.argv.slice(2);

const pictures = readdirSync(folder).filter((name) => modes.some((mode) => name.endsWith(`-${mode}.png`)));
if (pictures.length === 0) throw new Error(`There is no picture of ${modes.join(', ') || 'a mode: name one'}.`);
const figures = pictures.map((name) => {
  const image = readFileSync(join(folder, name)).toString('base64');
  return `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${image}"></figure>`;
});
const browser = await chromium.launch(await launchOptions());
try {
  const page = await browser.newPage({ viewport: { width: 1_740, height: 200 } });
  await page.setContent(
    `<!doctype html><style>body{display:flex;flex-wrap:wrap;align-items:flex-start;gap:12px;margin:12px;background:#c5c8ca;font:12px sans-serif}figure{margin:0}img{display:block;max-width:420px}</style>${figures.join('')}`,
  );
  await page.screenshot({ path: file, fullPage: true });
} finally {
  await browser.close();
}
