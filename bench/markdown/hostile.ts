// How long a hostile text may block the page: the longest frame while it streams into ours, beside one render of the same
// text by react-markdown, in real Chromium.
//
// Method: a frame is from the update to its painting, layout included; a fresh page for each run, warmed up on another
// text. Ours is given each text in three ways: at once; in twenty parts; and, where a frame would cost what came before
// it, nearly whole and then thirty frames of 32 characters. After four seconds no further frame is begun, and a frame that
// takes twenty is ended. All of it interleaved, medians of the rounds; `ratio` is the longest of ours to theirs.
// `npm run bench:hostile -- --texts brackets,quotes --rounds 1 --out /tmp` for those whose name holds one of these words.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { launchOptions } from '../../scripts/browser.ts';
import { heavyTexts } from '../../test/support/markdown/hostile.ts';
import { buildPage } from '../built-page.ts';

const { values } = parseArgs({
  options: {
    texts: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    out: { type: 'string', default: fileURLToPath(new URL('../results', import.meta.url)) },
  },
});

/** What a reader takes for at once. */
const aimMs = 50;
const enoughMs = 4_000;
const limitMs = 20_000;
const rounds = Number(values.rounds);

const words = values.texts.split(',');
const names = Object.keys(heavyTexts).filter((name) => words.some((word) => name.includes(word)));

const atOnce = (length: number) => [length];
const inParts = (length: number) => Array.from({ length: 20 }, (_, part) => Math.ceil((length * (part + 1)) / 20));
const atTheEnd = (length: number) => Array.from({ length: 31 }, (_, frame) => length - (30 - frame) * 32);

const built = await buildPage('markdown');
const launch = await launchOptions();
const browser = await chromium.launch({
  ...launch,
  args: [...launch.args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
});

/** The longest frame in milliseconds; infinite if the run was ended, absent if the renderer failed. */
async function longestFrame(candidate: string, name: string, lengths: readonly number[]): Promise<number | undefined> {
  const page = await browser.newPage();
  let timer: NodeJS.Timeout | undefined;
  try {
    let hasFailed = false;
    const failed = new Promise<undefined>((resolve) => {
      page.on('pageerror', () => {
        hasFailed = true;
        resolve(undefined);
      });
      page.on('crash', () => resolve(undefined));
    });
    await page.goto(built.url);
    const limit = new Promise<number>((resolve) => {
      timer = setTimeout(resolve, limitMs, Number.POSITIVE_INFINITY);
    });
    const run = page
      .evaluate((each) => window.heavy(each), { candidate, name, lengths, enoughMs })
      .catch(() => undefined);
    const longest = await Promise.race([run, failed, limit]);
    return hasFailed ? undefined : longest;
  } finally {
    clearTimeout(timer);
    await page.close();
  }
}

/** The middle one; a run that failed counts as the longest. */
function median(values: readonly (number | undefined)[]): number | undefined {
  return values.toSorted((a, b) => (a ?? Number.MAX_VALUE) - (b ?? Number.MAX_VALUE))[Math.floor(values.length / 2)];
}

const shown = (ms: number | undefined): string =>
  ms === undefined
    ? 'fails'
    : ms === Number.POSITIVE_INFINITY
      ? `> ${limitMs.toLocaleString('en')}`
      : Math.round(ms).toLocaleString('en');

const lines: string[][] = [];
try {
  for (const name of names) {
    const { length = 0 } = heavyTexts[name] ?? '';
    const runs: (number | undefined)[][] = [[], [], [], []];
    for (let round = 0; round < rounds; round += 1) {
      for (const [at, lengths] of [atOnce(length), inParts(length), atTheEnd(length)].entries()) {
        runs[at]?.push(await longestFrame('rivulet', name, lengths));
      }
      runs[3]?.push(await longestFrame('react-markdown', name, atOnce(length)));
    }
    const [once, parts, end, theirs] = runs.map(median);
    const longest = Math.max(...[once, parts, end].map((ms) => ms ?? Number.POSITIVE_INFINITY));
    const ratio = theirs === undefined || theirs === Number.POSITIVE_INFINITY ? '' : (longest / theirs).toFixed(2);
    const within = longest <= aimMs ? `within ${aimMs}` : '';
    lines.push([name, ...[once, parts, end, theirs].map(shown), ratio, within]);
    console.log(lines.at(-1)?.join(' | '));
  }
} finally {
  await browser.close();
  await built.close();
}

const rows = [['', 'at once', 'in 20 parts', 'at its end', 'react-markdown', 'ratio', ''], ...lines];
const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
const table = rows
  .map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('   '),
  )
  .map((line) => line.trimEnd())
  .join('\n');
const text = `The longest frame in milliseconds, Node ${process.version}, ${cpus().length} cores.\n\n${table}\n`;
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'markdown-hostile.txt'), text);
console.log(text);
