// Storybook's own Vite settings: the root's are for building the library.
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  dependencies: object;
};

export default defineConfig({
  plugins: [react()],
  // Named beforehand: a dependency that Vite meets late makes it reload the page, in the middle of the first story.
  optimizeDeps: {
    include: [
      ...Object.keys(manifest.dependencies).filter((name) => !name.startsWith('@types/')),
      'react/jsx-dev-runtime',
      'react-dom/client',
      // What plugins load when they are first shown.
      'katex',
      'mermaid',
      'shiki/core',
      'shiki/engine/javascript',
      'shiki/langs',
    ],
  },
});
