// What a token costs in a long conversation: one more in a conversation of 2,000 messages against one more in one of 10.
//
// Method: production builds in real Chromium, where the kit runs. A whole `createChat` as applications make it, from the
// bytes of a reply made in memory: to a component that shows the newest answer by `useChatStream`, which is what a page
// pays; and without React, to a subscriber that reads every snapshot, from bytes and from records of a scripted transport:
// the smallest work around the copy of the list of messages that each publication makes. Each token is a read of its own
// and is published before the next one comes, one frame a token: the worst case, because on a screen many tokens share a
// frame. Layout and painting are left out, and so is the network. Messages of 600 characters, questions and answers in
// turn, made before anything is measured. The cases take turns, round by round in one page, in an order that changes;
// time on the page's own clock. A round is five answers of 2,000 tokens, so that each has its share of garbage collection:
// one answer alone meets one collection or none, and a median of those would leave it out or count it whole. Medians decide,
// as everywhere; beside their ratio stand the quarters of the ratios round by round, which say how much it varies.
// Rounds that warm up count how many messages of the conversation are not the same objects as before a token, which has
// to be one; every round compares the whole text.
// Run by `npm run bench:store -- --rounds 41`. Exits with 1 where a path from the bytes is above 1.3, or an identity changed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { launchOptions } from '../../scripts/browser.ts';
import { buildPage } from '../built-page.ts';
import type { Path } from './page.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '41' } } });
const rounds = Number(values.rounds);
const limit = 1.3;
/** In one round. */
const answers = 5;
const paths: Readonly<Record<Path, string>> = {
  hook: 'from the bytes, shown by React',
  bytes: 'from the bytes, no React',
  records: 'from records, no React',
};
const sizes = [10, 2_000] as const;

const built = await buildPage('store');
const browser = await chromium.launch(await launchOptions());
const version = browser.version();

const cases = (Object.keys(paths) as Path[]).flatMap((path) =>
  sizes.map((size) => ({ path, size, perToken: [] as number[] })),
);
let changed = 0;
try {
  const page = await browser.newPage();
  await page.goto(built.url);
  const cost = (path: Path, size: number, counts: boolean) =>
    page.evaluate((args) => window.cost(...args), [path, size, counts] as const);
  for (const { path, size } of cases) {
    for (let warm = 0; warm < 3; warm += 1) changed = Math.max(changed, (await cost(path, size, true)).changed);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { path, size, perToken } of round % 2 === 0 ? cases : cases.toReversed()) {
      let us = 0;
      for (let answer = 0; answer < answers; answer += 1) us += (await cost(path, size, false)).us;
      perToken.push(us / answers);
    }
  }
} finally {
  await browser.close();
  await built.close();
}

const lines: string[] = [];
const say = (line = ''): void => {
  lines.push(line);
  console.log(line);
};
const least = (list: readonly number[]): number => Math.min(...list);
const pairOf = (path: Path): readonly (readonly number[])[] =>
  cases.filter((one) => one.path === path).map(({ perToken }) => perToken);
const ratioOf = (path: Path): number => {
  const [few = Number.NaN, many = Number.NaN] = pairOf(path).map(median);
  return many / few;
};
const ratiosOf = (path: Path): number[] => {
  const [few = [], many = []] = pairOf(path);
  return many.map((us, round) => us / (few[round] ?? Number.NaN));
};
const median = (list: readonly number[]): number => quarter(list, 2);
const quarter = (list: readonly number[], at: number): number =>
  list.toSorted((a, b) => a - b)[Math.floor((list.length * at) / 4)] ?? Number.NaN;

say(
  `${rounds} rounds of ${answers} times 2,000 tokens, Chromium ${version}, ${platform()} ${arch()}, ${cpus().length} cores.`,
);
say('µs a token                       messages     least    median   most');
for (const { path, size, perToken } of cases) {
  const [low, mid, high] = [least, median, (list: readonly number[]) => Math.max(...list)].map((of) =>
    of(perToken).toFixed(2).padStart(10),
  );
  say(`${paths[path].padEnd(32)}${String(size).padStart(9)}${low}${mid}${high}`);
}
say();
say('2,000 messages against 10, times          median  quarters of the rounds');
for (const path of Object.keys(paths) as Path[]) {
  const figures = [ratioOf(path), quarter(ratiosOf(path), 1), quarter(ratiosOf(path), 3)];
  say(`${paths[path].padEnd(38)}${figures.map((ratio) => ratio.toFixed(2).padStart(10)).join('')}`);
}
say();
say(`From the bytes the median may be ${limit}. Messages that a token changed: ${changed} (has to be 1).`);

const results = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(`${results}store.txt`, `${lines.join('\n')}\n`);
const isFlat = (['hook', 'bytes'] as const).every((path) => ratioOf(path) <= limit);
if (!isFlat || changed !== 1) process.exitCode = 1;
