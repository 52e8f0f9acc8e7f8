// Streams documents into every candidate in real Chromium and reads the main thread's CPU from outside the page.
//
// Method: production builds; one update of 32 characters an animation frame (the frame rate is not limited, so that the
// wait for frames costs no time); highlighting off for everyone; a fresh page for each run; candidates interleaved;
// medians over the rounds. A run ends when its CPU reaches the limit; comparisons are made at the same characters.
// Run by `npm run bench:markdown -- --sizes 5,20,80 --rounds 3 --kinds mixed,code --candidates rivulet,streamdown`.
import { createServer } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright';
import { build } from 'vite';
import { launchOptions } from '../../scripts/browser.ts';
import { documentKinds, type DocumentKind } from './documents.ts';
import { type Checkpoint, type Result, report } from './report.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const outDir = join(here, '../../node_modules/.cache/bench-markdown');

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '5,20,80' },
    rounds: { type: 'string', default: '3' },
    kinds: { type: 'string', default: documentKinds.join(',') },
    candidates: { type: 'string', default: '' },
    limit: { type: 'string', default: '60' },
    out: { type: 'string', default: join(here, '../results') },
  },
});

const allCandidates = [
  'rivulet',
  'plain text',
  'streaming-markdown',
  'streamdown',
  'react-markdown',
  'marked + memo',
  'ant x-markdown',
  'markdown-to-jsx',
  'incremark',
];
const candidates = values.candidates === '' ? allCandidates : values.candidates.split(',');
const kinds = values.kinds.split(',') as DocumentKind[];
const sizes = values.sizes.split(',').map((kb) => Number(kb) * 1000);
const rounds = Number(values.rounds);
const limitSeconds = Number(values.limit);
const charsPerFrame = 32;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

async function serve(): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const path = join(outDir, new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '/index.html'));
    try {
      const body = await readFile(path);
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

async function measure(
  browser: Browser,
  url: string,
  candidate: string,
  kind: DocumentKind,
  chars: number,
): Promise<Result> {
  const page = await browser.newPage();
  try {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const read = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
      return {
        cpu: of('TaskDuration'),
        script: of('ScriptDuration'),
        layout: of('LayoutDuration') + of('RecalcStyleDuration'),
      };
    };
    let start = await read();
    const checkpoints: Checkpoint[] = [];
    await page.exposeFunction('checkpoint', async (at: number) => {
      const now = await read();
      if (at === 0) start = now;
      else
        checkpoints.push({
          chars: at,
          cpu: now.cpu - start.cpu,
          script: now.script - start.script,
          layout: now.layout - start.layout,
        });
      return now.cpu - start.cpu < limitSeconds;
    });
    await page.goto(url);
    const step = 2000;
    const frames = await page.evaluate((run) => window.stream(run), {
      candidate,
      kind,
      chars,
      charsPerFrame,
      checkpoints: Array.from({ length: Math.floor(chars / step) }, (_, index) => (index + 1) * step).concat(
        chars % step === 0 ? [] : [chars],
      ),
    });
    return { candidate, kind, chars, checkpoints, frames: [...frames] };
  } finally {
    await page.close();
  }
}

await build({
  configFile: false,
  root: here,
  base: './',
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 10_000 },
  resolve: { dedupe: ['react', 'react-dom'] },
});
const server = await serve();
const launch = await launchOptions();
const browser = await chromium.launch({
  ...launch,
  args: [...launch.args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
});
const results: Result[] = [];
try {
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of kinds) {
      // Late references stand at the end of the document, so each size is a document of its own.
      const lengths = kind === 'references' ? sizes : [Math.max(...sizes)];
      for (const chars of lengths) {
        for (const candidate of candidates) {
          const result = await measure(browser, server.url, candidate, kind, chars);
          results.push(result);
          const last = result.checkpoints.at(-1);
          console.log(
            `${round + 1}/${rounds} ${kind} ${chars / 1000} KB ${candidate}: ${last?.chars} characters, script ${last?.script.toFixed(2)} s, CPU ${last?.cpu.toFixed(2)} s`,
          );
        }
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
mkdirSync(values.out, { recursive: true });
const { markdown, json } = report(results, sizes);
writeFileSync(join(values.out, 'markdown.md'), markdown);
writeFileSync(join(values.out, 'markdown.json'), `${JSON.stringify(json, null, 1)}\n`);
console.log(markdown);
