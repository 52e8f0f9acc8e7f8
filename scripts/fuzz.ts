// Feeds every adapter bent and made-up streams: `npm run fuzz -- --runs 10000 --seed 1`, or one with `--adapter genie`.
// Without a seed it takes the time's and says which. Exits with 1 on failures, each with the command that makes it again.
import { parseArgs } from 'node:util';
import { fuzz } from '../test/support/fuzz.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, adapter: { type: 'string' } },
});
const runs = numberOf('runs', values.runs ?? '10000');
const seed = numberOf('seed', values.seed ?? String(Date.now() % 1_000_000_000));

const started = performance.now();
const { tallies, failures } = await fuzz({ runs, seed, only: values.adapter });
const seconds = ((performance.now() - started) / 1000).toFixed(1);

for (const [name, { runs: count, finished, faults, maxStateChars }] of tallies) {
  console.log(
    `${name.padEnd(16)} ${String(count).padStart(7)} runs ${String(finished).padStart(7)} finished ${String(faults).padStart(8)} records skipped, state at most ${maxStateChars} characters`,
  );
}
for (const { adapter, seed: own, problem, stream, error } of failures) {
  console.error(`\n${adapter}: ${problem}. Again: npm run fuzz -- --runs 1 --seed ${own} --adapter ${adapter}`);
  if (error !== undefined) console.error(error);
  console.error(stream);
}
console.log(`\n${runs} runs from seed ${seed} in ${seconds} s, ${failures.length} failures.`);
process.exitCode = failures.length === 0 ? 0 : 1;

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} has to be a whole number.`);
  process.exit(1);
}
