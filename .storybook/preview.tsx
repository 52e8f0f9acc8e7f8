// What every story shares: the library's stylesheet, accessibility violations that fail the story, and the toolbars. A
// toolbar's value stands in the address (`&globals=theme:dark;direction:rtl`), so that a state can be linked.
import type { Preview } from '@storybook/react-vite';
import { configure } from 'storybook/test';
import '../src/styles/styles.css';
import './page.css';
import { auditModes } from './audit-modes.ts';
import { withLab } from './lab/with-lab.tsx';
import { withHost } from './with-host.tsx';
import { withLabels } from './with-labels.tsx';
import { withPage } from './with-page.tsx';
import { withStrictMode } from './with-strict-mode.tsx';

// What a story's test waits for may take its time on a slow machine.
configure({ asyncUtilTimeout: 10_000 });

const preview: Preview = {
  parameters: { a11y: { test: 'error' } },
  afterEach: auditModes,
  // The first stands innermost.
  decorators: [withLabels, withPage, withHost, withStrictMode, withLab],
  initialGlobals: {
    theme: 'light',
    direction: 'ltr',
    locale: 'en',
    density: 'comfortable',
    width: 'full',
    css: 'ours',
    motion: 'full',
    media: 'screen',
    strict: 'off',
    // What the stream lab's panel sets; see stories/support/lab/lab-state.ts.
    lab: {},
  },
  globalTypes: {
    theme: choice('Theme', 'paintbrush', {
      light: 'Light',
      dark: 'Dark',
      contrast: 'High contrast',
      'contrast-dark': 'High contrast, dark',
    }),
    direction: choice('Direction', 'transfer', { ltr: 'Left to right', rtl: 'Right to left' }),
    locale: choice('Language', 'globe', {
      en: 'English',
      'zh-CN': '中文',
      ar: 'العربية (right to left)',
      pseudo: 'Long strings',
    }),
    density: choice('Density', 'menu', { comfortable: 'Comfortable', compact: 'Compact' }),
    width: choice('Width', 'grow', { full: 'Full width', 480: '480 px', 320: '320 px' }),
    css: choice('CSS', 'markup', {
      ours: 'Our CSS',
      none: 'No CSS',
      hostile: 'Hostile reset',
      preflight: 'Tailwind preflight',
    }),
    motion: choice('Motion', 'lightning', { full: 'Motion', reduced: 'Reduced motion' }),
    media: choice('Seen', 'eye', { screen: 'Screen', forced: 'Forced colours, about', print: 'Print' }),
    strict: choice('StrictMode', 'shield', { off: 'StrictMode off', on: 'StrictMode on' }),
  },
};

export default preview;

function choice(description: string, icon: string, titles: Readonly<Record<string, string>>) {
  const items = Object.entries(titles).map(([value, title]) => ({ value, title }));
  return { description, toolbar: { title: description, icon, items, dynamicTitle: true } } as const;
}
