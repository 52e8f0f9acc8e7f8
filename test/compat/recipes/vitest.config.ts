// Runs the servers that docs/servers.md shows, as they stand there, with our client in front of them: `npm run
// test:recipes`. Needs Debian's nginx-light.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { missing } from '../other-browser.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

if (!existsSync('/usr/sbin/nginx')) {
  missing('The recipes need nginx and none was found: run `apt-get install nginx-light`.');
}

export default defineConfig({
  root: here,
  cacheDir: `${here}node_modules/.vite`,
  test: { name: 'recipes', environment: 'node', dir: here, include: ['*.test.ts'], testTimeout: 60_000 },
});
