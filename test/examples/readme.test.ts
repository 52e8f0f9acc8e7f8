// Follows the README's first steps to the letter, as a new user in an empty folder: its commands and its code, read from
// the README itself. Only the package comes from the tarball, by its path.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { run } from '../../scripts/run.ts';
import { type Fence, fencesOf, readPage } from '../docs/fences.ts';
import { useBrowser } from './browser.ts';
import { type RunningServer, runServer } from './run-server.ts';

const [, section = ''] = /## From nothing to a streaming chat\n([^]*?)\n## /.exec(readPage('README.md')) ?? [];
const fences = fencesOf('README.md', section);
const commands = fences.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.split('\n'));
const files = fences.filter(({ language }) => language !== 'sh');

/** The name in the line of prose before a block. */
function nameOf({ line }: Fence): string {
  const [, name = ''] = /^`([^`]+)`/.exec(section.split('\n')[line - 3] ?? '') ?? [];
  return name;
}

describe("the README's first steps", () => {
  const { open } = useBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'rivulet-readme-'));
  let server: RunningServer;
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeAll(async () => {
    const here = join(folder, 'chat');
    mkdirSync(here);
    const steps = commands.map((command) =>
      command.replace(' rivulet ', ` ${join(inject('workspace'), 'rivulet.tgz')} `),
    );
    for (const file of files) writeFileSync(join(here, nameOf(file)), `${file.code}\n`);
    for (const step of steps.slice(0, -1)) {
      if ((await run(step, here)) !== 0) throw new Error(`\`${step}\` failed.`);
    }
    server = await runServer(steps.at(-1) ?? '', here);
  });

  it('are five commands at most, those of packing included, and twenty lines', () => {
    const packing = ['npm ci', 'npm run pack'];
    expect(section).toContain(`\`${packing.join(' && ')}\``);
    expect([...packing, ...commands].length).toBeLessThanOrEqual(5);
    expect(files.map(nameOf)).toEqual(['index.html', 'main.jsx', 'server.mjs']);
    expect(files.flatMap(({ code }) => code.split('\n')).length).toBeLessThanOrEqual(20);
  });

  it('end in a streaming chat on a page', async () => {
    const page = await open(server.url);
    const answer = page.locator('[data-role="assistant"]');
    await page.getByRole('textbox').fill('Is this streamed?');
    await page.getByRole('textbox').press('Enter');
    await answer.filter({ hasText: 'This answer' }).waitFor();
    expect(await answer.textContent()).not.toContain('streamed.');
    await page.locator('[data-role="assistant"][data-status="complete"]').waitFor();
    expect(await answer.textContent()).toContain('This answer is streamed.');
    await page.getByText('streamed', { exact: true }).and(page.locator('strong')).waitFor();
    expect(page.troubles).toEqual([]);
  });
});
