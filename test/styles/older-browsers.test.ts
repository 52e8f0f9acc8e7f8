import { describe, expect, it } from 'vitest';
import { bundledStyles } from '../support/stylesheet.ts';

describe.each(['styles.css', 'tokens.css'])('%s, written for browsers without light-dark()', (file) => {
  it('says itself which side of each colour holds, for a page that never sets color-scheme', async () => {
    const css = await bundledStyles(file, 'chrome111');
    expect(css).not.toContain('light-dark(');
    expect(css).toMatch(/var\(--lightningcss-light,/);
    expect(css).toMatch(/:where\(:root\)\{[^}]*--lightningcss-light:initial;--lightningcss-dark: [;}]/);
    expect(css).toMatch(/:where\(\[data-theme=dark\]\)\{[^}]*--lightningcss-light: ;--lightningcss-dark:initial[;}]/);
  });
});
