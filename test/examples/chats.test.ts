// The three chats among the examples keep the same promises, whatever they are made of.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { run } from '../../scripts/run.ts';
import { useBrowser } from './browser.ts';
import { type RunningServer, runServer } from './run-server.ts';

const question = 'Does it arrive whole?';
const lastWords = {
  'vite-chat': 'after the last record.',
  'hooks-only': 'it has shown.',
  'next-app': 'the same answer.',
};

const ask = async (page: Page) => {
  const input = page.getByRole('textbox');
  await input.fill(question);
  await input.press('Enter');
};
const answer = (page: Page) => page.locator('[data-role="assistant"]').last();
const finished = (page: Page) => page.locator('[data-role="assistant"][data-status="complete"]', { hasText: question });
/** Some of the answer is there, and not yet all of it. */
const isFlowing = (page: Page) => answer(page).filter({ hasText: 'each with an id' }).waitFor();

describe.each(['vite-chat', 'hooks-only', 'next-app'] as const)('examples/%s', (name) => {
  const { open } = useBrowser();
  const folder = join(inject('workspace'), 'examples', name);
  let server: RunningServer;
  beforeAll(async () => {
    server = await runServer('npm start', folder);
  });
  afterAll(() => server?.stop());

  it('type-checks against the packed declarations', async () => {
    expect(await run('npm run --silent types', folder)).toBe(0);
  });

  it('streams an answer in, bit by bit', async () => {
    const page = await open(server.url);
    await ask(page);
    await isFlowing(page);
    expect(await answer(page).textContent()).not.toContain(lastWords[name]);
    await finished(page).waitFor();
    expect(await answer(page).textContent()).toContain(lastWords[name]);
    expect(page.troubles).toEqual([]);
  });

  it('goes on after a cut, and shows what an uncut page shows', async () => {
    const [cut, whole] = [await open(server.url), await open(server.direct)];
    const requests: unknown[] = [];
    cut.on('request', (request) => {
      if (request.method() === 'POST') requests.push(request.headers()['last-event-id']);
    });
    cut.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        const { type, after } = JSON.parse(String(payload)) as { type: string; after?: string };
        if (type !== 'ping') requests.push(after);
      });
    });
    await ask(cut);
    await ask(whole);
    await isFlowing(cut);
    server.cut();
    await finished(cut).waitFor();
    await finished(whole).waitFor();

    expect(requests).toEqual([undefined, expect.any(String)]);
    expect(await answer(cut).innerText()).toBe(await answer(whole).innerText());
    expect(cut.troubles).toEqual([]);
  });
});

describe.each(['vite-chat', 'next-app'] as const)('examples/%s', (name) => {
  const { open } = useBrowser();
  const colourOf = (page: Page) =>
    page.evaluate(() => {
      const bubble = document.querySelector('[data-role="user"] .rv-message-bubble-content');
      return bubble && getComputedStyle(bubble).backgroundColor;
    });

  it('has its colours after building, light and dark', async () => {
    const command = name === 'next-app' ? 'npx next start' : 'node server.js';
    const server = await runServer(command, join(inject('workspace'), 'examples', name));
    try {
      const page = await open(server.url);
      await ask(page);
      await page.locator('[data-role="user"]').last().waitFor();
      const light = await colourOf(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await colourOf(page);
      // A bundler that lowers `light-dark()` for older browsers loses every colour, or keeps one of the two.
      expect([light, dark]).not.toContain('rgba(0, 0, 0, 0)');
      expect([light, dark]).not.toContain(null);
      expect(dark).not.toBe(light);
    } finally {
      await server.stop();
    }
  });
});

describe('examples/vite-chat', () => {
  const { open } = useBrowser();

  it('goes on after a reload in the middle of an answer', async () => {
    const server = await runServer('node server.js', join(inject('workspace'), 'examples/vite-chat'));
    try {
      const page = await open(server.url);
      await ask(page);
      await isFlowing(page);
      await page.reload();
      await finished(page).waitFor();
      expect(await answer(page).textContent()).toContain(lastWords['vite-chat']);
      expect(page.troubles).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});

describe('examples/next-app', () => {
  const { open } = useBrowser();

  it('renders the conversation on the server and hydrates without a complaint', async () => {
    const server = await runServer('npx next start', join(inject('workspace'), 'examples/next-app'));
    try {
      const html = await (await fetch(server.direct)).text();
      expect(html).toContain('Is this rendered on the server?');
      expect(html).toContain('<strong>whole conversation</strong>');
      const page = await open(server.url);
      // Writable once it is hydrated: React holds the field's value.
      await page.getByRole('textbox').fill('Hello');
      await page.getByRole('button', { name: 'Send' }).and(page.locator(':not([aria-disabled])')).waitFor();
      expect(page.troubles).toEqual([]);
    } finally {
      await server.stop();
    }
  });

  it('shows markdown that the server parsed, and brings no parser to the browser', async () => {
    const server = await runServer('npx next start', join(inject('workspace'), 'examples/next-app'));
    try {
      const html = await (await fetch(`${server.direct}/article`)).text();
      expect(html).toContain('comes <strong>twice</strong> a day');
      const page = await open(`${server.direct}/article`);
      await page.getByRole('button', { name: 'Wrap lines' }).click();
      await page.getByRole('button', { name: 'Wrap lines', pressed: true }).waitFor();
      const scripts = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      const sources = scripts.filter((name) => name.includes('.js')).map(async (name) => (await fetch(name)).text());
      expect(sources.length).toBeGreaterThan(0);
      expect((await Promise.all(sources)).filter((source) => source.includes('thematicBreak'))).toEqual([]);
      expect(page.troubles).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});
