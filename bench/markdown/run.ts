// Streams documents into every candidate in real Chromium and reads the main thread's CPU from outside the page.
//
// Method: production builds; one update of 32 characters an animation frame (the frame rate is not limited, so that the
// wait for frames costs no time); highlighting off for everyone; a fresh page for each run; candidates interleaved;
// medians over the rounds. A run ends when its CPU reaches the limit; comparisons are made at the same characters.
// Afterwards each renderer is shown one character a frame, and what a reader would see flicker is counted (calm.ts).
// Parts of it: `npm run bench:markdown -- --documents mixed,code --sizes 5,20 --peers streamdown --rounds 1`. Ours and
// the plain text are always among them. `--calm 0` leaves the second half out, `--rounds 0` the first. Needs `npm ci` in
// bench.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright';
import { launchOptions } from '../../scripts/browser.ts';
import { buildPage } from '../built-page.ts';
import { documentKinds, type DocumentKind } from './documents.ts';
import { chart } from './chart.ts';
import { type CalmRow, type Checkpoint, type Result, calmReport, report } from './report.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '5,20,80' },
    rounds: { type: 'string', default: '3' },
    documents: { type: 'string', default: documentKinds.join(',') },
    peers: { type: 'string', default: '' },
    /** Sizes in KB that ours alone streams, beyond those of the comparison. */
    alone: { type: 'string', default: '320' },
    /** Characters of the documents on which calm is measured. */
    calm: { type: 'string', default: '3000' },
    limit: { type: 'string', default: '60' },
    out: { type: 'string', default: join(here, '../results') },
  },
});

const ownNames = ['rivulet', 'plain text'];
const peerNames = [
  'streaming-markdown',
  'streamdown',
  'react-markdown',
  'marked + memo',
  'ant x-markdown',
  'markdown-to-jsx',
  'incremark',
];
const peers = values.peers === '' ? peerNames : values.peers.split(',').filter((name) => name !== 'none');
const unknown = peers.filter((name) => !peerNames.includes(name));
if (unknown.length > 0) throw new Error(`No peer is called ${unknown.join(', ')}; there are ${peerNames.join(', ')}.`);
const candidates = [...ownNames, ...peers];
const kinds = values.documents.split(',') as DocumentKind[];
const sizes = values.sizes.split(',').map((kb) => Number(kb) * 1000);
const rounds = Number(values.rounds);
const limitSeconds = Number(values.limit);
const aloneSizes = values.alone === '' ? [] : values.alone.split(',').map((kb) => Number(kb) * 1000);
const calmChars = Number(values.calm);
const calmKinds = kinds.filter((kind) => ['mixed', 'list', 'table', 'references'].includes(kind));
const charsPerFrame = 32;

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
      checkpoints: [
        ...new Set([...Array.from({ length: chars / step }, (_, index) => (index + 1) * step), ...sizes, chars]),
      ]
        .filter((at) => at <= chars)
        .toSorted((a, b) => a - b),
    });
    return { candidate, kind, chars, checkpoints, frames: [...frames] };
  } finally {
    await page.close();
  }
}

const built = await buildPage('markdown');
const launch = await launchOptions();
const browser = await chromium.launch({
  ...launch,
  args: [...launch.args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
});
const results: Result[] = [];
const calm: CalmRow[] = [];
const largest = Math.max(...sizes);
const runs = rounds * kinds.length * candidates.length;
console.log(
  `${runs} runs to ${largest / 1000} KB; at most ${Math.ceil((runs * (limitSeconds * 1.5)) / 60)} minutes, ` +
    `rather ${Math.ceil((runs * Math.min(limitSeconds, largest / 4000)) / 60)}.`,
);
try {
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of kinds) {
      // Late references stand at the end of the document, so each size is a document of its own.
      const lengths = kind === 'references' ? sizes : [largest];
      for (const chars of lengths) for (const candidate of candidates) await stream(round, candidate, kind, chars);
      for (const chars of aloneSizes) await stream(round, 'rivulet', kind, chars);
    }
  }
  for (const kind of calmChars > 0 ? calmKinds : []) {
    for (const candidate of candidates) calm.push(await watch(candidate, kind));
  }
} finally {
  await browser.close();
  await built.close();
}
mkdirSync(values.out, { recursive: true });
if (rounds > 0) {
  const { markdown, rows } = report(results, [...sizes, ...aloneSizes], sizes);
  writeFileSync(join(values.out, 'markdown.md'), markdown);
  writeFileSync(join(values.out, 'markdown.json'), `${JSON.stringify(rows, null, 1)}\n`);
  writeFileSync(join(values.out, 'markdown.svg'), chart(rows, sizes));
  console.log(markdown);
}
if (calm.length > 0) {
  const text = calmReport(calm);
  writeFileSync(join(values.out, 'markdown-calm.md'), text);
  console.log(text);
}

async function stream(round: number, candidate: string, kind: DocumentKind, chars: number): Promise<void> {
  const result = await measure(browser, built.url, candidate, kind, chars);
  results.push(result);
  const last = result.checkpoints.at(-1);
  console.log(
    `${round + 1}/${rounds} ${kind} ${chars / 1000} KB ${candidate}: ${last?.chars} characters, script ${last?.script.toFixed(2)} s, CPU ${last?.cpu.toFixed(2)} s`,
  );
}

async function watch(candidate: string, kind: DocumentKind): Promise<CalmRow> {
  const page = await browser.newPage();
  try {
    await page.goto(built.url);
    const result = await page.evaluate(([name, document, chars]) => window.calm(name, document, chars), [
      candidate,
      kind,
      calmChars,
    ] as const);
    console.log(
      `calm ${kind} ${candidate}: ${result.rawFrames} of ${result.frames} frames raw, ${result.removed} removed`,
    );
    const examples = [
      ...result.rawExamples,
      ...result.removedExamples,
      `stalled at ${JSON.stringify(result.stallExample)}`,
    ];
    for (const each of candidate === 'rivulet' ? examples : []) console.log(`  ${each}`);
    return { candidate, kind, ...result };
  } finally {
    await page.close();
  }
}
