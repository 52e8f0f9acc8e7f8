import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { launchOptions, missingBrowser } from '../../scripts/browser.ts';

describe('launchOptions', () => {
  it('says in one sentence what to run where no Chromium is found', async () => {
    await expect(launchOptions([() => undefined])).rejects.toThrow(missingBrowser);
    expect(missingBrowser).toMatch(/^[^.]+: run `npx playwright install chromium`\.$/);
  });

  it('takes the first browser it finds', async () => {
    const { executablePath } = await launchOptions([
      () => undefined,
      () => ({ executablePath: '/first' }),
      () => ({ executablePath: '/second' }),
    ]);
    expect(executablePath).toBe('/first');
  });

  it('pins the fonts of any browser on Linux, and leaves other systems their own', async () => {
    const { env } = await launchOptions([() => ({ executablePath: '/given' })]);
    const file = env?.FONTCONFIG_FILE;
    const [, folder] = file ? (readFileSync(file, 'utf8').match(/<dir>(.+)<\/dir>/) ?? []) : [];
    expect(folder !== undefined && existsSync(folder)).toBe(process.platform === 'linux');
  });
});
