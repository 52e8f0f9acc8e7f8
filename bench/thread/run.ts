// Shows a thread of 2,000 messages in every candidate in real Chromium and reads the main thread's CPU from outside.
//
// Method: production builds, each candidate with its own stylesheet alone; a fresh page for each run; candidates
// interleaved; medians over the rounds. CPU is the main thread's own time with layout and style, as the browser counts
// it. Mounting counts until 20 frames after the first paint; streaming adds 4 characters an animation frame (the frame
// rate is not limited, so that waiting costs no time). Keys are pressed every 120 ms while an answer streams at 200
// tokens a second, CPU throttled four times, and count from the event's own time to the paint that shows them.
// Run by `npm run bench:thread -- --rounds 5 --candidates rivulet,copilotkit --measures mount,stream,keys`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright';
import { launchOptions } from '../../scripts/browser.ts';
import { buildPage } from '../built-page.ts';
import { report, type Measure, type Run } from './report.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    candidates: { type: 'string', default: 'rivulet,copilotkit,plain,streamdown,assistant-ui,ant x' },
    measures: { type: 'string', default: 'mount,stream,keys' },
    length: { type: 'string', default: '2000' },
    keys: { type: 'string', default: '40' },
    /** Seconds after which a run is given up. */
    limit: { type: 'string', default: '60' },
    out: { type: 'string', default: join(here, '../results/thread.txt') },
  },
});
const candidates = values.candidates.split(',');
const wanted = new Set(values.measures.split(','));
const rounds = Number(values.rounds);
const length = Number(values.length);
const limitMs = Number(values.limit) * 1000;

const built = await buildPage('thread');
const { url } = built;
const launch = await launchOptions();
const unlimited = await chromium.launch({
  ...launch,
  args: [...launch.args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
});
const paced = await chromium.launch(launch);

type Read = () => Promise<number>;

/** Runs `work` in a page that has loaded the candidate; `undefined` where it takes longer than the limit. */
async function inPage<T>(
  browser: Browser,
  candidate: string,
  work: (page: Page, cpu: Read, session: CDPSession) => Promise<T>,
): Promise<T | undefined> {
  const page = await browser.newPage({ viewport: { width: 1_000, height: 800 } });
  const stopped = new AbortController();
  try {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const cpu = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0) * 1000;
    };
    await page.goto(url);
    await page.evaluate((name) => window.load(name), candidate);
    const limit = new Promise<undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), limitMs);
      stopped.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    const done = work(page, cpu, session);
    // After the limit the page is closed under it.
    done.catch(() => undefined);
    return await Promise.race([done, limit]);
  } finally {
    stopped.abort();
    await page.close();
  }
}

function measureMount(candidate: string) {
  return inPage(unlimited, candidate, async (page, cpu) => {
    const before = await cpu();
    await page.evaluate((count) => window.mountThread(count), length);
    return (await cpu()) - before;
  });
}

function measureStream(candidate: string, messages: number) {
  return inPage(unlimited, candidate, async (page, cpu) => {
    await page.evaluate((count) => window.mountThread(count), messages);
    const before = await cpu();
    await page.evaluate(() => window.streamAnswer(2_000, 4));
    return (await cpu()) - before;
  });
}

function measureKeys(candidate: string) {
  return inPage(paced, candidate, async (page, _, session) => {
    await page.evaluate((count) => window.mountThread(count), length);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const keys = Number(values.keys);
    const typing = page.evaluate((count) => window.streamWhileTyping(200, count), keys);
    const press = async (): Promise<void> => {
      for (let count = 0; count < keys; count += 1) {
        await new Promise((resolve) => setTimeout(resolve, 120));
        // Not awaited: a reader does not wait for the screen either.
        void session.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'x', text: 'x' }).catch(() => undefined);
        void session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'x' }).catch(() => undefined);
      }
    };
    const [late] = await Promise.all([typing, press()]);
    return late.toSorted((a, b) => a - b);
  });
}

const runs: Run[] = [];
function note(candidate: string, measure: Measure, value: number | undefined): void {
  runs.push({ candidate, measure, value });
  console.log(`  ${candidate}, ${measure}: ${value === undefined ? 'given up' : `${Math.round(value)} ms`}`);
}

try {
  for (let round = 1; round <= rounds; round += 1) {
    console.log(`round ${round} of ${rounds}`);
    for (const candidate of candidates) {
      if (wanted.has('mount')) note(candidate, 'mount', await measureMount(candidate));
      if (wanted.has('stream')) {
        note(candidate, 'stream at 10', await measureStream(candidate, 10));
        note(candidate, 'stream at 2,000', await measureStream(candidate, length));
      }
      if (wanted.has('keys')) {
        const late = await measureKeys(candidate);
        note(candidate, 'key p50', late?.[Math.floor(late.length / 2)]);
        note(candidate, 'key p95', late?.[Math.min(late.length - 1, Math.floor(late.length * 0.95))]);
      }
    }
  }
} finally {
  await unlimited.close();
  await paced.close();
  await built.close();
}

const { text } = report(runs);
const title = `A thread of ${length} messages of 600 characters of markdown: medians of ${rounds} rounds, Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores.
CPU of the main thread; keys while an answer streams at 200 tokens a second, throttled four times.`;
mkdirSync(join(values.out, '..'), { recursive: true });
writeFileSync(values.out, `${title}\n\n${text}`);
console.log(`\n${text}`);
