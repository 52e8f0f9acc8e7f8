import { describe, expect, it } from 'vitest';
import { pageLink, titleOf } from '../../.storybook/docs-links.ts';

describe('titleOf', () => {
  it('is the folder and the first heading', () => {
    expect(titleOf('protocols/ai-sdk.md', '# AI SDK UI messages\n\nText')).toBe('Docs/Protocols/AI SDK UI messages');
    expect(titleOf('themes.md', 'Intro\n\n# `Themes`')).toBe('Docs/Themes');
    expect(titleOf('components/README.md', '# Components')).toBe('Docs/Components/Overview');
  });
});

describe('pageLink', () => {
  const titles = { 'themes.md': 'Docs/Themes', 'components/chat-input.md': 'Docs/Components/ChatInput' };

  it('leads from page to page', () => {
    expect(pageLink('../themes.md', 'components/README.md', titles)).toBe('./?path=/docs/docs-themes--docs');
    expect(pageLink('chat-input.md#keys', 'components/README.md', titles)).toBe(
      './?path=/docs/docs-components-chatinput--docs#keys',
    );
  });

  it('leaves other links alone', () => {
    expect(pageLink('https://example.org/themes.md', 'a.md', titles)).toBeUndefined();
    expect(pageLink('../src/simulate/options.ts', 'a.md', titles)).toBeUndefined();
    expect(pageLink('#below', 'themes.md', titles)).toBeUndefined();
  });
});
