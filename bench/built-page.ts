// A benchmark's page: what an application would ship, served on this machine.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

export interface BuiltPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds `index.html` of a folder of `bench` for production and serves it. */
export async function buildPage(name: string): Promise<BuiltPage> {
  const root = fileURLToPath(new URL(name, import.meta.url));
  const outDir = join(root, '../../node_modules/.cache', `bench-${name}`);
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 10_000 },
    // The peers bring a React of their own; there may be one on a page.
    resolve: { dedupe: ['react', 'react-dom'] },
  });
  const server = await preview({
    configFile: false,
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0 },
  });
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}
