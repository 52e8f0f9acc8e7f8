// From the bytes of a reply to the message that a screen shows: how many tokens a second, for us and for others.
//
// Method: one answer of tokens of about 4 characters, in each candidate's own format and in its own documented way;
// replies are made in memory, so that no network is measured; pieces of one event, 1,448 bytes (a TCP segment), 16 KB
// and random sizes; candidates interleaved in one process, round by round; every text compared with what was sent;
// medians of CPU time over the rounds, and ratios of medians. Parsers read 20,000 tokens, whole pipelines 2,000: a long answer, and
// no longer than that because some copy the whole text for each token. A pipeline is measured to its last published
// message; how many it publishes before is its own: the AI SDK and TanStack AI one a token, Rivulet one a frame.
// A last part reads single lines of 1 to 8 MB.
// Run by `npm run bench:pipeline -- --rounds 15`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chunkings, type Chunking, cut, type Formats, tokensOf, write } from './answers.ts';
import { type Candidate, candidates, lendPage } from './candidates.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '15' } },
});
const rounds = Number(values.rounds);
lendPage();

interface Answer {
  readonly tokens: number;
  readonly text: string;
  readonly records: { readonly [Name in keyof Formats]: readonly string[] };
  readonly withIds: readonly string[];
  /** What all data together is as long as, for parsers, which have no text to show. */
  readonly dataChars: number;
}

function answerOf(count: number): Answer {
  const tokens = tokensOf(count);
  const records = write(tokens);
  const dataOf = (record: string): string => record.trimEnd().split('\ndata: ')[1] ?? '';
  return {
    tokens: count,
    text: tokens.join(''),
    records,
    withIds: records.namedEvents.map((record, index) => `id: 0a1b2c3d-${index}\n${record}`),
    dataChars: records.namedEvents.reduce((sum, record) => sum + dataOf(record).length, 0),
  };
}

const answers = { parsing: answerOf(20_000), pipeline: answerOf(2_000) } as const;

function piecesFor(candidate: Candidate, chunking: Chunking): readonly Uint8Array[] {
  const { records, withIds } = answers[candidate.kind];
  return cut(candidate.name.endsWith('with ids') ? withIds : records[candidate.format], chunking);
}

function check({ name, kind }: Candidate, came: string | number): void {
  const { text, dataChars } = answers[kind];
  if (came !== (typeof came === 'string' ? text : dataChars)) {
    throw new Error(`${name} ended with something else than was sent.`);
  }
}

/** Of all threads, garbage collection among them: other work on the machine shows in it less than in the time of day. */
function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Answers read one after the other in one measurement. */
const answersAtOnce = 10;

async function measure(candidate: Candidate, pieces: readonly Uint8Array[]): Promise<number> {
  const before = process.cpuUsage();
  for (let answer = 0; answer < answersAtOnce; answer += 1) check(candidate, await candidate.run(pieces));
  return cpuMsSince(before) / answersAtOnce;
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN;
const lines: string[] = [];
const say = (line = ''): void => {
  lines.push(line);
  console.log(line);
};

say(
  `${rounds} rounds of ${answersAtOnce} answers each, Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} cores.`,
);
say(
  'Medians of CPU time per answer: parsers read one of 20,000 tokens, whole pipelines one of 2,000. MB/s is of the bytes of its own format; ratios are of tokens a second.',
);

const floor = new Map<Chunking, number>();
const aiSdk = new Map<Chunking, number>();
for (const chunking of chunkings) {
  const all = candidates.map((candidate) => ({
    candidate,
    pieces: piecesFor(candidate, chunking),
    ms: [] as number[],
  }));
  for (const { candidate, pieces } of all) await measure(candidate, pieces);
  for (let round = 0; round < rounds; round += 1) {
    for (const { candidate, pieces, ms } of all) ms.push(await measure(candidate, pieces));
  }
  const perToken = (name: string): number => {
    const found = all.find(({ candidate }) => candidate.name.startsWith(name));
    return found ? median(found.ms) / answers[found.candidate.kind].tokens : Number.NaN;
  };
  floor.set(chunking, perToken('eventsource-parser'));
  aiSdk.set(chunking, perToken('AI SDK'));
  say();
  say(`pieces of ${chunking}`.padEnd(42) + '    CPU ms    tokens/s    MB/s  of eventsource-parser  of the AI SDK');
  for (const { candidate, pieces, ms } of all) {
    const took = median(ms);
    const { tokens } = answers[candidate.kind];
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const cells = [
      took.toFixed(3).padStart(10),
      Math.round((tokens / took) * 1_000)
        .toLocaleString('en')
        .padStart(12),
      (bytes / took / 1_000).toFixed(1).padStart(8),
      (((floor.get(chunking) ?? 0) * tokens) / took).toFixed(2).padStart(23),
      (candidate.kind === 'pipeline' ? (((aiSdk.get(chunking) ?? 0) * tokens) / took).toFixed(1) : '').padStart(15),
    ];
    say(candidate.name.padEnd(42) + cells.join(''));
  }
}

say();
say(
  'one line, in pieces of 16 KB: CPU ms'.padEnd(42) +
    ['1 MB', '2 MB', '4 MB', '8 MB'].map((size) => size.padStart(10)).join('') +
    '   8 MB : 1 MB',
);
const sizes = [1, 2, 4, 8].map((mb) => mb * 1024 * 1024 - 1_024);
for (const candidate of candidates.filter(({ format }) => format === 'namedEvents')) {
  if (candidate.name.endsWith('with ids')) continue;
  const medians: number[] = [];
  for (const size of sizes) {
    const long = [
      `event: token\ndata: ${JSON.stringify({ token: 'x'.repeat(size) })}\n\n`,
      'event: done\ndata: {}\n\n',
    ];
    const pieces = cut(long, '16 KB');
    // One that is quadratic would take all day.
    const repeats = candidate.name === 'fetch-event-source' ? 1 : 7;
    const ms: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const before = process.cpuUsage();
      const came = await candidate.run(pieces);
      ms.push(cpuMsSince(before));
      if ((typeof came === 'string' ? came.length : came - 14) !== size)
        throw new Error(`${candidate.name} lost some of a long line.`);
    }
    medians.push(median(ms));
  }
  const cells = medians.map((ms) => ms.toFixed(1).padStart(10)).join('');
  say(candidate.name.padEnd(42) + cells + ((medians[3] ?? 0) / (medians[0] ?? 1)).toFixed(1).padStart(14));
}

const results = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(`${results}pipeline.txt`, `${lines.join('\n')}\n`);
