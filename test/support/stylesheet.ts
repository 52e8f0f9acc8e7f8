// A stylesheet of ours as an application's bundler writes it: imports drawn in, and lowered for the browsers named.
import { build } from 'vite';
import { root } from '../../scripts/entries.ts';

export async function bundledStyles(file: string, cssTarget = 'esnext'): Promise<string> {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { write: false, cssTarget, rolldownOptions: { input: `${root}src/styles/${file}` } },
  });
  if (!('output' in result)) throw new Error('Vite returned no bundle.');
  const sheet = result.output.find((item) => item.type === 'asset' && item.fileName.endsWith('.css'));
  if (sheet?.type !== 'asset') throw new Error('Vite wrote no stylesheet.');
  return String(sheet.source);
}
