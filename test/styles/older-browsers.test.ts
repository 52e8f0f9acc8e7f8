import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';

/** The stylesheet as an application's bundler writes it for browsers that lack light-dark(). */
async function lowered(file: string): Promise<string> {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { write: false, cssTarget: 'chrome111', rolldownOptions: { input: `${root}src/styles/${file}` } },
  });
  if (!('output' in result)) throw new Error('Vite returned no bundle.');
  const sheet = result.output.find((item) => item.type === 'asset' && item.fileName.endsWith('.css'));
  if (sheet?.type !== 'asset') throw new Error('Vite wrote no stylesheet.');
  return String(sheet.source);
}

describe.each(['styles.css', 'tokens.css'])('%s, written for older browsers', (file) => {
  it('says itself which side of each colour holds, for a page that never sets color-scheme', async () => {
    const css = await lowered(file);
    expect(css).not.toContain('light-dark(');
    expect(css).toMatch(/var\(--lightningcss-light,/);
    expect(css).toMatch(/:where\(:root\)\{[^}]*--lightningcss-light:initial;--lightningcss-dark: [;}]/);
    expect(css).toMatch(/:where\(\[data-theme=dark\]\)\{[^}]*--lightningcss-light: ;--lightningcss-dark:initial[;}]/);
  });
});
