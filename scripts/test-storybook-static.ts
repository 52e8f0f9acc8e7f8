// Drives the static Storybook as a file server gives it out under a sub-path: the stream lab, and journeys whose server
// is in the page. Builds it first, unless `--built` says that `storybook-static` is new. Run by
// `npm run test:storybook-static`.
import assert from 'node:assert/strict';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { chromium, type Page } from 'playwright';
import { launchOptions } from './browser.ts';
import { root } from './entries.ts';
import { run } from './run.ts';

const folder = join(root, 'storybook-static');
const prefix = '/sub/path/';
const patience = 120_000;

/** The story that is looked at, and what is done to its stream. */
const subject = 'components-chat--empty';
const setting = 'lab.faults:drop-20';

if (!process.argv.includes('--built')) {
  const code = await run('npm run --silent build:storybook');
  if (code !== 0) process.exit(code);
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const missing: string[] = [];
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  const inside = path.startsWith(prefix) ? normalize(path.slice(prefix.length)) : undefined;
  const file =
    inside === undefined || inside.startsWith('..') ? undefined : join(folder, inside === '.' ? 'index.html' : inside);
  if (file === undefined || !existsSync(file)) {
    if (!path.endsWith('favicon.ico')) missing.push(`${request.method} ${path}`);
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;

const browser = await chromium.launch(await launchOptions());
try {
  await check('the same link shows the same document and the same pixels', sameLink);
  await check('winding back and on again comes to the same', windBack);
  await check('a link can break the stream, over a socket too', brokenLinks);
  await check('a journey streams from the server in the page', journeys);
  await check('the toolbars change the page there too', toolbars);
  await check('the panel winds the tape and writes the address', panel);
  assert.deepEqual(missing, [], 'Everything that was asked for is in the folder');
} finally {
  await browser.close();
  server.close();
}

async function check(fact: string, test: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await test();
  console.log(`✓ ${fact} (${((performance.now() - started) / 1_000).toFixed(1)} s)`);
}

function story(page: Page, id: string, globals = ''): Promise<unknown> {
  const query = globals === '' ? '' : `&globals=${globals}`;
  return page.goto(`${address}iframe.html?id=${id}&viewMode=story${query}`, { timeout: patience });
}

async function open(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 720, height: 640 } });
  page.setDefaultTimeout(patience);
  return page;
}

function standsAt(at: number): string {
  return `html[data-lab-at="${at}"]`;
}

interface Look {
  readonly text: string;
  readonly pixels: string;
}

/** Ids that React counts up differ from one showing to the next, and nothing else may. */
async function look(page: Page): Promise<Look> {
  const pixels = await still(page);
  const html = await page.locator('#storybook-root').innerHTML();
  return { text: html.replaceAll(/_r_\w+_/g, '_r_'), pixels };
}

/** What a page shows once it moves no more: what scrolls or arrives late takes its time on a busy machine. */
async function still(page: Page): Promise<string> {
  let before: string | undefined;
  for (const until = Date.now() + patience; Date.now() < until;) {
    const picture = await page.screenshot({ caret: 'hide', animations: 'disabled' });
    const pixels = picture.toString('base64');
    if (pixels === before) return pixels;
    before = pixels;
  }
  throw new Error('The page never stood still.');
}

async function lookAt(at: number): Promise<Look> {
  const page = await open();
  await story(page, subject, `lab.at:${at};${setting}`);
  await page.waitForSelector(standsAt(at));
  const seen = await look(page);
  await page.close();
  return seen;
}

async function sameLink(): Promise<void> {
  const [first, again, other] = [await lookAt(30), await lookAt(30), await lookAt(14)];
  assert.equal(again.text, first.text);
  assert.ok(again.pixels === first.pixels, 'The pixels differ');
  assert.notEqual(other.text, first.text);
}

async function windBack(): Promise<void> {
  const page = await open();
  await story(page, subject, `lab.at:30;${setting}`);
  await page.waitForSelector(standsAt(30));
  const first = await look(page);
  for (const at of [12, 30]) {
    await page.evaluate(
      (lab) => {
        const { __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as unknown as {
          readonly __STORYBOOK_ADDONS_CHANNEL__: { emit(event: string, change: object): void };
        };
        channel.emit('updateGlobals', { globals: { lab } });
      },
      { at, faults: 'drop-20' },
    );
    await page.waitForSelector(standsAt(at));
  }
  const back = await look(page);
  assert.equal(back.text, first.text);
  assert.ok(back.pixels === first.pixels, 'The pixels differ');
  await page.close();
}

async function brokenLinks(): Promise<void> {
  const page = await open();
  for (const [globals, status] of [
    ['lab.at:end;lab.faults:offline-14_drop-30', 'complete'],
    ['lab.at:end;lab.server:fails', 'failed'],
    ['lab.at:end;lab.faults:stop-12', 'stopped'],
    ['lab.at:end;lab.protocol:typed-socket', 'complete'],
    ['lab.at:end;lab.protocol:anthropic;lab.chunks:bytes-5', 'complete'],
  ] as const) {
    await story(page, subject, globals);
    await page.waitForSelector('html[data-lab-at]');
    const answer = page.getByRole('article').nth(1);
    assert.equal(await answer.getAttribute('data-status'), status, globals);
  }
  await page.close();
}

async function journeys(): Promise<void> {
  const page = await open();
  for (const id of ['journeys-hooks-only--first-message', 'journeys-with-components--first-message']) {
    await story(page, id);
    await page.waitForSelector('article[data-status=complete] >> text=the handbook is clear');
  }
  // A build that rewrites `light-dark()` loses every colour.
  const surface = await page.evaluate(() => {
    document.body.style.backgroundColor = 'var(--rv-color-surface)';
    return getComputedStyle(document.body).backgroundColor;
  });
  assert.notEqual(surface, 'rgba(0, 0, 0, 0)', 'The colours are there');
  await page.close();
}

async function toolbars(): Promise<void> {
  const page = await open();
  const look = async (globals: string) => {
    await story(page, subject, `lab.at:4;${globals}`);
    await page.waitForSelector(standsAt(4));
    return page.evaluate(() => {
      const { documentElement: root } = document;
      const article = document.querySelector('article') ?? document.body;
      const { color, direction } = getComputedStyle(article);
      const { lang } = root;
      return { token: getComputedStyle(article).getPropertyValue('--rv-color-text'), color, direction, lang };
    });
  };
  const plain = await look('theme:light');
  assert.notEqual(plain.token, '');
  assert.equal((await look('css:none')).token, '', 'Nothing is left of our style sheet');
  assert.notEqual((await look('theme:dark')).color, plain.color);
  assert.equal((await look('direction:rtl')).direction, 'rtl');
  assert.equal((await look('locale:zh-CN')).lang, 'zh-CN');
  await page.close();
}

async function panel(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 960 } });
  page.setDefaultTimeout(patience);
  await page.goto(`${address}?path=/story/${subject}&globals=lab.at:20&panel=bottom`, { timeout: patience });
  await page.getByRole('tab', { name: 'Stream lab' }).click();
  const frame = page.frameLocator('#storybook-preview-iframe');
  await frame.locator(standsAt(20)).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'One event on' }).click();
  await frame.locator(standsAt(21)).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Drop', exact: true }).click();
  await page.waitForURL(/lab\.faults:drop-21/);
  await page.getByRole('button', { name: 'Remove Drop after 21' }).waitFor();
  await page.close();
}
