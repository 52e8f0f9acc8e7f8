// Streams random documents in random pieces and compares each with react-markdown. `node scripts/fuzz-markdown.ts
// 20000 1` checks 20,000 documents from seed 1; it prints the seeds that differ and fails if there are any.
import { firstDifference } from '../test/support/markdown/check.ts';
import { randomDocument } from '../test/support/markdown/documents.ts';
import { createRandom, randomChunks } from '../test/support/markdown/random.ts';

const runs = Number(process.argv[2] ?? 1000);
const first = Number(process.argv[3] ?? 1);
const different: number[] = [];

for (let seed = first; seed < first + runs; seed++) {
  const random = createRandom(seed);
  const chunks = randomChunks(randomDocument(random), random);
  const difference = firstDifference(chunks, random.chance(0.1));
  if (!difference) continue;
  different.push(seed);
  const { text, expected, actual } = difference;
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at++;
  console.log(`seed ${seed}, after ${text.length} characters:`);
  console.log(`  expected ${JSON.stringify(expected.slice(Math.max(0, at - 60), at + 120))}`);
  console.log(`  actual   ${JSON.stringify(actual.slice(Math.max(0, at - 60), at + 120))}`);
}

console.log(
  `${runs} documents from seed ${first}: ${different.length} differ${different.length ? `, seeds ${different.join(' ')}` : ''}.`,
);
process.exit(different.length > 0 ? 1 : 0);
