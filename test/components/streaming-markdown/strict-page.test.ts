// A page whose policy allows nothing but its own files, no inline style, and no string where a browser would read HTML
// or a script: in a real browser, over HTTP, as built for production.
import { chromium, type Browser } from 'playwright';
import { renderToString } from 'react-dom/server';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchOptions } from '../../../scripts/browser.ts';
import { root } from '../../../scripts/entries.ts';
import { startHttpServer, type HttpServer } from '../../support/http-server.ts';
import { answer, view } from '../../support/strict-page/view.tsx';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };

interface Report {
  readonly violations: readonly string[];
  readonly errors: readonly string[];
}

let browser: Browser;
let server: HttpServer;

beforeAll(async () => {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'esnext',
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: { input: `${root}test/support/strict-page/page.ts`, output: { entryFileNames: 'page.js' } },
    },
  });
  const files = new Map('output' in result ? result.output.map((file) => [`/${file.fileName}`, file]) : []);
  const styles = [...files.keys()].filter((name) => name.endsWith('.css'));
  server = await startHttpServer((response, { path }) => {
    const file = files.get(path);
    if (file) {
      response.setHeader('content-type', types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
      response.end(file.type === 'chunk' ? file.code : file.source);
      return;
    }
    response.statusCode = path === '/' ? 200 : 404;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', policy);
    response.end(
      `<!doctype html><html lang="en"><head><title>Strict</title>` +
        styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('') +
        `<script type="module" src="/page.js"></script></head><body>` +
        `<div id="served">${renderToString(view(answer, false))}</div><div id="streamed"></div></body></html>`,
    );
  });
  browser = await chromium.launch(await launchOptions());
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('StreamingMarkdown under a strict policy with Trusted Types', () => {
  it(
    'hydrates and streams everything in silence, and asks no other host for anything',
    { timeout: 120_000 },
    async () => {
      const page = await browser.newPage();
      const asked: string[] = [];
      const said: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()));
      await page.goto(server.url);
      await page.locator('html[data-done]').waitFor({ state: 'attached', timeout: 100_000 });
      const report = await page.evaluate<Report>('globalThis.report');
      expect(report).toEqual({ violations: [], errors: [] });
      expect(said).toEqual([]);
      expect(asked.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:'))).toEqual([]);
      expect(asked.filter((url) => url.endsWith('.js')).length).toBeGreaterThan(3);
    },
  );

  it('is a policy that a page notices', { timeout: 60_000 }, async () => {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.locator('#streamed > *').first().waitFor({ state: 'attached' });
    await page.evaluate("try { document.body.innerHTML = '<b style=color:red>x</b>' } catch {}");
    const { violations } = await page.evaluate<Report>('globalThis.report');
    expect(violations[0]).toContain('require-trusted-types-for');
  });
});
