// The toolbar's choices that come from around a component: the style sheets of the page it is put on, and what the reader
// asked the browser for.
import type { Decorator } from '@storybook/react-vite';
import { type ReactElement, type ReactNode, useLayoutEffect, useMemo } from 'react';
import preflight from 'virtual:tailwind-preflight';
import { emulateMedia, type EmulatedMedia } from './emulate-media.ts';
import forcedColors from './hosts/forced-colors.css?inline';
import hostile from './hosts/hostile.css?inline';

interface HostProps {
  readonly css: string;
  readonly motion: string;
  readonly media: string;
  readonly children: ReactNode;
}

/** Stands before ours, as an application's reset does. */
const hosts: Readonly<Record<string, string>> = { hostile, preflight };

const motions: Readonly<Record<string, EmulatedMedia>> = {
  reduced: { '(prefers-reduced-motion: reduce)': true, '(prefers-reduced-motion: no-preference)': false },
};

const medias: Readonly<Record<string, EmulatedMedia>> = {
  forced: { '(forced-colors: active)': true },
  print: { print: true, screen: false },
};

function Host({ css, motion, media, children }: HostProps): ReactElement {
  const emulated = useMemo(() => ({ ...motions[motion], ...medias[media] }), [motion, media]);
  const emulates = Object.keys(emulated).length > 0;
  useLayoutEffect(() => addSheet(hosts[css], 'first'), [css]);
  useLayoutEffect(() => addSheet(media === 'forced' ? forcedColors : undefined, 'last'), [media]);
  // Who asked `matchMedia` while rendering asks again when it subscribes, which is later than this.
  useLayoutEffect(() => (emulates ? emulateMedia(emulated) : undefined), [emulated, emulates]);
  return <>{children}</>;
}

function addSheet(text: string | undefined, place: 'first' | 'last'): (() => void) | undefined {
  if (text === undefined) return undefined;
  const sheet = document.createElement('style');
  sheet.textContent = text;
  if (place === 'first') document.head.prepend(sheet);
  else document.head.append(sheet);
  return () => sheet.remove();
}

export const withHost: Decorator = (Story, { globals }) => (
  <Host css={String(globals['css'])} motion={String(globals['motion'])} media={String(globals['media'])}>
    <Story />
  </Host>
);
