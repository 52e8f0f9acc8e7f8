import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { run } from '../../scripts/run.ts';
import { useBrowser } from './browser.ts';
import { type RunningServer, runServer } from './run-server.ts';

describe('examples/notifications', () => {
  const { open } = useBrowser();
  const folder = join(inject('workspace'), 'examples/notifications');
  let server: RunningServer;
  beforeAll(async () => {
    server = await runServer('npm start', folder);
  });
  afterAll(() => server?.stop());

  const notify = (text: string) =>
    fetch(`${server.direct}/notices`, { method: 'POST', body: JSON.stringify({ text }) });

  it('type-checks against the packed declarations', async () => {
    expect(await run('npm run --silent types', folder)).toBe(0);
  });

  it('shows what is sent, newest first, and what was missed during a cut, each once', async () => {
    const page = await open(server.url);
    const shown = () => page.locator('li span').allTextContents();
    await page.locator('[data-status="open"]').waitFor();
    await page.getByRole('textbox').fill('one');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('one').waitFor();

    server.cut();
    await page.locator('[data-status="waiting"], [data-status="connecting"]').waitFor();
    await notify('two');
    await notify('three');
    await page.getByText('three').waitFor();
    await notify('four');
    await page.getByText('four').waitFor();

    expect(await shown()).toEqual(['four', 'three', 'two', 'one']);
    expect(page.troubles).toEqual([]);
  });
});
