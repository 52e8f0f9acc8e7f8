// Streams random documents in random pieces and compares each, after every piece, with react-markdown.
// `npm run fuzz:markdown -- 20000 1` checks 20,000 documents from seed 1; it prints the seeds that differ, with the
// shortest text it could find for each, and fails if there are any.
import { parseArgs } from 'node:util';
import { firstDifference } from '../test/support/markdown/check.ts';
import { randomDocument } from '../test/support/markdown/documents.ts';
import { createRandom, randomChunks } from '../test/support/markdown/random.ts';
import { shrink } from '../test/support/markdown/shrink.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const runs = Number(positionals[0] ?? 1000);
const first = Number(positionals[1] ?? Math.floor(Date.now() / 1000));
const different: number[] = [];
let comparisons = 0;

for (let seed = first; seed < first + runs; seed++) {
  const random = createRandom(seed);
  const chunks = randomChunks(randomDocument(random), random);
  comparisons += chunks.length;
  if (!firstDifference(chunks)) continue;
  different.push(seed);
  const shortest = shrink(chunks, (each) => firstDifference(each) !== undefined);
  const { text, expected, actual } = firstDifference(shortest) ?? {};
  console.log(`seed ${seed}: ${JSON.stringify(shortest)}`);
  console.log(
    `  text     ${JSON.stringify(text)}\n  expected ${JSON.stringify(expected)}\n  actual   ${JSON.stringify(actual)}`,
  );
}

console.log(
  `${runs} documents from seed ${first}, ${comparisons} prefixes compared: ${different.length} documents differ${different.length ? `, seeds ${different.join(' ')}` : ''}.`,
);
process.exit(different.length > 0 ? 1 : 0);
