// Many chats in one Node process, each on a connection of its own: the rate they reach, what that costs, how late
// tokens are, whether every text is exact, and whether the memory comes back.
//
// Method: the server is another process on the same machine and writes to every stream at each tick; where it or the
// client cannot keep up, ticks come later, and the rate reached is what is printed. Latency is from the write in the
// server to `onChunk` in the client, of every 50th token of each stream. Memory is measured after a full collection.
// Run by `npm run bench:streams -- --streams 1000 --rate 100 --seconds 10`.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createChat, type Message } from '../../src/core.ts';
import { namedEvents } from '../../src/protocols.ts';
import { expectedText } from './server.ts';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '10' },
    'per-write': { type: 'string', default: '1,5' },
  },
});
const streams = Number(values.streams);
const rate = Number(values.rate);
const frames = Number(values.seconds) * rate;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const mb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const lines: string[] = [];
const say = (line = ''): void => {
  lines.push(line);
  console.log(line);
};

async function measure(perWrite: number): Promise<void> {
  const server = fork(
    fileURLToPath(new URL('server.ts', import.meta.url)),
    [streams, rate, frames, perWrite].map(String),
  );
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  let startedAt = 0;
  let serverCpuMs = 0;
  server.on('message', (message: { startedAt?: number; cpuMs?: number }) => {
    startedAt = message.startedAt ?? startedAt;
    serverCpuMs = message.cpuMs ?? serverCpuMs;
  });

  const expected = expectedText(frames);
  const before = await settled();
  const latencies: number[] = [];
  let chats: ReturnType<typeof createChat>[] | undefined = Array.from({ length: streams }, () =>
    createChat({
      url: `http://127.0.0.1:${port}/`,
      protocol: namedEvents({ resumable: true }),
      onChunk(chunk) {
        if (chunk.type !== 'text' || chunk.delta === undefined) return;
        const at = chunk.delta.indexOf('@');
        if (at >= 0) latencies.push(performance.timeOrigin + performance.now() - Number(chunk.delta.slice(at + 1)));
      },
    }),
  );
  let published = 0;
  for (const chat of chats) chat.subscribe(() => (published += 1));
  const cpu = process.cpuUsage();
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100);
  const outcomes = await Promise.all(chats.map((chat) => chat.send('Go')));
  const elapsedMs = performance.timeOrigin + performance.now() - startedAt;
  clearInterval(watch);
  const used = process.cpuUsage(cpu);
  const cpuMs = (used.user + used.system) / 1_000;

  const exact = outcomes.filter(({ status, message }) => status === 'complete' && textOf(message) === expected).length;
  collect();
  const held = process.memoryUsage().heapUsed;
  outcomes.length = 0;
  chats = undefined;
  const after = await settled();
  latencies.sort((a, b) => a - b);
  const at = (share: number): string => `${(latencies[Math.floor((latencies.length - 1) * share)] ?? 0).toFixed(1)} ms`;
  const total = streams * frames;

  say();
  say(`${streams} streams, ${rate} frames/s each wanted, ${perWrite} a write, ${frames} frames each`);
  say(`  exact              ${exact} of ${streams}`);
  say(
    `  rate reached       ${Math.round(total / (elapsedMs / 1_000)).toLocaleString('en')} frames/s, ${(total / streams / (elapsedMs / 1_000)).toFixed(1)} a stream`,
  );
  say(
    `  client CPU         ${(cpuMs / elapsedMs).toFixed(2)} cores, ${((cpuMs * 1_000) / total).toFixed(2)} µs a frame (the platform's fetch included)`,
  );
  say(`  server CPU         ${(serverCpuMs / elapsedMs).toFixed(2)} cores`);
  say(`  latency            median ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, worst ${at(1)}`);
  say(`  notifications      ${(published / streams / (elapsedMs / 1_000)).toFixed(1)} a second and stream`);
  say(
    `  memory             heap ${mb(before.heapUsed)} before, ${mb(held)} at the end, ${mb(after.heapUsed)} after; resident ${mb(before.rss)}, at most ${mb(peak)}, ${mb(after.rss)} after`,
  );
  server.kill();
  if (exact !== streams) process.exitCode = 1;
}

function textOf(message: Message | undefined): string {
  const text = (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
  return text.replaceAll(/@[\d.]+/g, '');
}

/** Memory once closed sockets and what hung on them are gone. */
async function settled(): Promise<NodeJS.MemoryUsage> {
  for (let round = 0; round < 4; round += 1) {
    await turn();
    collect();
    await wait(250);
  }
  return process.memoryUsage();
}

say(
  `Node ${process.version}, ${cpus().length} cores shared by client and server; load of the machine before: ${loadavg()[0]?.toFixed(1)}.`,
);
for (const perWrite of values['per-write'].split(',').map(Number)) await measure(perWrite);
const results = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(`${results}streams.txt`, `${lines.join('\n')}\n`);
