// What browser tests depend on. Vite reloads the page, and with it the running test, when it meets a dependency late: all
// are named beforehand.
import { readFileSync } from 'node:fs';
import { root } from '../../scripts/entries.ts';

const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { dependencies: object };

export const optimizeDeps = {
  include: [
    ...Object.keys(dependencies).filter((name) => !name.startsWith('@types/')),
    '@microsoft/fetch-event-source',
    'axe-core',
    'katex',
    'mermaid',
    'react',
    'react-dom',
    'react-dom/client',
    'react-dom/server',
    'react/jsx-dev-runtime',
    'react/jsx-runtime',
    'shiki/core',
    'shiki/engine/javascript',
    'shiki/langs',
    'vitest-browser-react',
  ],
};
