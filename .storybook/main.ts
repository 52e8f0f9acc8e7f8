// Storybook: every story doubles as a test and streams from the simulated server; nothing leaves the machine.
import type { StorybookConfig } from '@storybook/react-vite';
import { mergeConfig } from 'vite';
import { simulatePlugin } from '../src/simulate/vite-plugin.ts';
import { writeDocsPages } from './docs-pages.ts';
import { tailwindPreflight } from './hosts/tailwind-preflight.ts';

writeDocsPages();

const config: StorybookConfig = {
  framework: {
    name: '@storybook/react-vite',
    options: { builder: { viteConfigPath: '.storybook/vite.config.ts' } },
  },
  stories: ['../stories/**/*.stories.tsx', './pages/**/*.mdx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  typescript: { reactDocgen: 'react-docgen' },
  viteFinal: (config) =>
    mergeConfig(config, {
      plugins: [simulatePlugin(), tailwindPreflight()],
      // Older targets have `light-dark()` rewritten into something that knows only a literal `color-scheme`.
      build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
    }),
};

export default config;
