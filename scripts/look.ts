// Photographs stories in several modes and puts the pictures on one sheet, for looking at. Storybook must be running
// (`npm start`). Run by `node scripts/look.ts <file.png> <mode> <story-id>...`; a mode is one of those below.
import { chromium, type Page } from 'playwright';
import { launchOptions } from './browser.ts';

interface Mode {
  readonly globals: string;
  readonly width: number;
  readonly forcedColors?: 'active';
}

const modes: Readonly<Record<string, Mode>> = {
  light: { globals: 'theme:light', width: 640 },
  dark: { globals: 'theme:dark', width: 640 },
  contrast: { globals: 'theme:contrast', width: 640 },
  rtl: { globals: 'locale:ar', width: 640 },
  long: { globals: 'locale:pseudo', width: 480 },
  narrow: { globals: 'theme:light', width: 320 },
  compact: { globals: 'density:compact', width: 640 },
  forced: { globals: 'theme:light', width: 640, forcedColors: 'active' },
};

const [file = 'sheet.png', names = 'light', ...stories] = process.argv.slice(2);
const address = `http://localhost:${process.env['PORT'] ?? '6006'}`;

const browser = await chromium.launch(await launchOptions());
try {
  const pictures: { title: string; width: number; image: Buffer }[] = [];
  for (const name of names.split(',')) {
    const mode = modes[name];
    if (mode === undefined) throw new Error(`No such mode: ${name}. There are ${Object.keys(modes).join(', ')}.`);
    const page = await browser.newPage({
      viewport: { width: mode.width, height: 200 },
      forcedColors: mode.forcedColors ?? 'none',
      reducedMotion: 'reduce',
    });
    for (const story of stories) {
      pictures.push({ title: `${story}, ${name}`, width: mode.width, image: await photograph(page, story, mode) });
    }
    await page.close();
  }
  const sheet = await browser.newPage({ viewport: { width: 1_340, height: 200 } });
  const figures = pictures.map(
    ({ title, width, image }) =>
      `<figure><figcaption>${title}</figcaption><img width="${width}" src="data:image/png;base64,${image.toString('base64')}"></figure>`,
  );
  await sheet.setContent(
    `<style>body{display:flex;flex-wrap:wrap;align-items:flex-start;gap:20px;margin:20px;background:#d5d8da;font:12px sans-serif}figure{margin:0}figcaption{margin-bottom:4px}img{display:block}</style>${figures.join('')}`,
  );
  await sheet.screenshot({ path: file, fullPage: true });
} finally {
  await browser.close();
}

async function photograph(page: Page, story: string, mode: Mode): Promise<Buffer> {
  await page.goto(`${address}/iframe.html?id=${story}&viewMode=story&globals=${mode.globals}`);
  await page.locator('#storybook-root > *').first().waitFor({ state: 'attached', timeout: 10_000 });
  await page.evaluate(() => document.fonts.ready);
  return page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide' });
}
