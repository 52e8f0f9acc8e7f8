// The fault laboratory. Chats over real sockets on loopback, each through a schedule of faults of its own, each judged.
//
//   npm run faults -- --runs 2000 --seed 1 --transport fetch     random schedules of 1 to 4 faults
//   npm run faults -- --seed 1 --only 17 --transport fetch       one of them again, told in full
//   npm run faults -- --every-byte --transport fetch             one cut at every byte of an answer, by every ending
//
// Exits with 1 when any run ended in another way than exact or honestly interrupted.
import { parseArgs } from 'node:util';
import { cutAtEveryByte } from './every-byte.ts';
import { lendPage, runAll, speed } from './laboratory.ts';
import { describeRun, failuresOf, faultCounts, tableOf } from './report.ts';
import type { Run } from './run-schedule.ts';
import { drawSchedule, type Schedule, type TransportName, transportNames } from './schedule.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    transport: { type: 'string', default: 'fetch' },
    'every-byte': { type: 'boolean', default: false },
    parallel: { type: 'string', default: '32' },
  },
});
const transport = transportNames.find((name) => name === values.transport);
if (!transport) {
  console.error(`--transport is one of ${transportNames.join(', ')}.`);
  process.exit(1);
}
if (transport === 'fetch-event-source') lendPage();
const seed = Number(values.seed);
const everyByte = values['every-byte'];
const only = values.only === undefined ? undefined : Number(values.only);

async function* drawAll(name: TransportName): AsyncGenerator<Schedule, void> {
  for (let index = 0; index < Number(values.runs); index += 1) yield await drawSchedule(seed, index, name);
}

console.log(
  everyByte
    ? `One cut at every byte of an answer, over ${transport}.`
    : `Schedules of 1 to 4 faults, over ${transport}, seed ${seed}.`,
);
console.log(
  `Real sockets on loopback, client and server in one process. The client's clock, and only that, runs ${speed} times as ` +
    `fast as the wall's: its backoff and watchdogs wait 1/${speed} of their time. Servers that cannot resume are given up ` +
    `after 60 s of silence instead of 600 s.` +
    (transport === 'fetch-event-source'
      ? ' The library runs in Node with a stand-in for `window` and `document`.'
      : ''),
);

const startedAt = performance.now();
let told = startedAt;
let ended = 0;
const onRun = (run: Run): void => {
  ended += 1;
  if (failuresOf([run]).length > 0) console.log(`\n${describeRun(run)}`);
  if (performance.now() - told < 10_000) return;
  told = performance.now();
  console.log(`${ended} runs after ${Math.round((told - startedAt) / 1000)} s`);
};
const schedules = everyByte
  ? cutAtEveryByte({ transport })
  : only === undefined
    ? drawAll(transport)
    : [await drawSchedule(seed, only, transport)];
const runs = await runAll(schedules, { parallel: Number(values.parallel), onRun });

if (only !== undefined) for (const run of runs) console.log(describeRun(run));
console.log(`\n${tableOf(runs, rowOf)}`);
if (!everyByte) console.log(`\nDrawn: ${faultCounts(runs)}.`);
console.log(`${runs.length} runs in ${Math.round((performance.now() - startedAt) / 1000)} s.`);

const failures = failuresOf(runs);
if (failures.length > 0) {
  console.log(`\n${failures.length} runs ended wrongly.`);
  for (const { schedule } of everyByte ? [] : failures) {
    const index = schedule.name.split('-')[1];
    console.log(`  npm run faults -- --seed ${seed} --only ${index} --transport ${transport}`);
  }
  console.log('What is mended joins the cases in test/faults/kept-schedules.ts.');
}
process.exitCode = failures.length > 0 ? 1 : 0;

function rowOf({ schedule }: Run): string {
  const [fault] = schedule.simulation.faults ?? [];
  return everyByte && fault?.type === 'cut' ? `${schedule.server}, ${fault.end}` : schedule.server;
}
