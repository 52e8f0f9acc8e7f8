// The toolbar's choices that are attributes of the page: theme, contrast, density, direction, language, width, CSS.
import type { Decorator } from '@storybook/react-vite';
import { type ReactElement, type ReactNode, useLayoutEffect } from 'react';
import { isReadable } from './emulate-media.ts';

interface PageProps {
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly width: string | undefined;
  readonly plain: boolean;
  readonly children: ReactNode;
}

function Page({ attributes, width, plain, children }: PageProps): ReactElement {
  useLayoutEffect(() => {
    const root = document.documentElement;
    const entries = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const before = entries.map(([name]) => [name, root.getAttribute(name)] as const);
    for (const [name, value] of entries) root.setAttribute(name, value);
    return () => {
      for (const [name, value] of before) {
        if (value === null) root.removeAttribute(name);
        else root.setAttribute(name, value);
      }
    };
  });
  useLayoutEffect(() => {
    if (!plain) return;
    const ours = [...document.styleSheets].filter((sheet) => isOurs(sheet) && !sheet.disabled);
    for (const sheet of ours) sheet.disabled = true;
    return () => {
      for (const sheet of ours) sheet.disabled = false;
    };
  }, [plain]);
  return width === undefined ? (
    <>{children}</>
  ) : (
    <div style={{ inlineSize: width, marginInline: 'auto' }}>{children}</div>
  );
}

/** The sheet of the library names its layers; Storybook's own do not. In the static build it is a file. */
function isOurs(sheet: CSSStyleSheet): boolean {
  return isReadable(sheet) && [...sheet.cssRules].some((rule) => rule.cssText.includes('rivulet.'));
}

const themes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  light: { 'data-theme': 'light' },
  dark: { 'data-theme': 'dark' },
  contrast: { 'data-theme': 'light', 'data-contrast': 'more' },
  'contrast-dark': { 'data-theme': 'dark', 'data-contrast': 'more' },
};

const widths: Readonly<Record<string, string>> = { 320: '320px', 480: '480px' };

export const withPage: Decorator = (Story, { globals }) => {
  const { theme, direction, locale, density, width, css } = globals;
  const attributes = {
    ...themes[String(theme)],
    dir: direction === 'rtl' || locale === 'ar' ? 'rtl' : undefined,
    lang: locale === 'en' || locale === undefined ? undefined : String(locale).replace('pseudo', 'en-XA'),
    'data-density': density === 'compact' ? 'compact' : undefined,
  };
  return (
    <Page attributes={attributes} width={widths[String(width)]} plain={css === 'none'}>
      <Story />
    </Page>
  );
};
