// What a token costs in a long conversation: one more in a conversation of 2,000 messages against one more in one of 10.
//
// Method: a whole `createChat` as applications make it, from the bytes of a reply made in memory to a subscriber that reads
// every snapshot, as a hook does. Each token is a read of its own and is published before the next one comes, one frame
// a token: the worst case, because on a screen many tokens share a frame. Beside it the same on a scripted transport that
// hands over records: the smallest work around the copy of the list of messages that each publication makes. Messages of 600 characters, questions and answers in turn. The sizes take turns,
// round by round in one process, in an order that changes; CPU time, garbage collection included; medians over the
// rounds, and the ratio of medians. Each round also counts how many messages of the conversation are not the same
// objects as before the token, which has to be one, and compares the whole text.
// Run by `npm run bench:store -- --rounds 25`. Exits with 1 where a ratio is above 1.3, or an identity changed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Clock } from '../../src/base/clock.ts';
import { createChat } from '../../src/compose/create-chat.ts';
import type { Message } from '../../src/message/message.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import type { ScriptStep } from '../../src/transport/script.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '25' } } });
const rounds = Number(values.rounds);
const sizes = [10, 2_000] as const;
const tokens = Array.from({ length: 2_000 }, (_, index) => (index % 9 === 8 ? '\n' : `t${index % 97} `));
const whole = tokens.join('');
const limit = 1.3;

const words = 'A sentence of the kind that people write to each other. '.repeat(11).slice(0, 600);
const history = (length: number): Message[] =>
  Array.from({ length }, (_, index) => ({
    id: `m${index}`,
    role: index % 2 === 0 ? 'user' : 'assistant',
    parts: [{ id: `m${index}/text`, type: 'text', text: words, status: 'complete' }],
    status: 'complete',
    createdAt: index,
    metadata: {},
    version: 0,
  }));

/** Frames come when they are asked for; nothing else waits here. */
function frameClock(): Clock & { frame(): void } {
  let due: (() => void) | undefined;
  return {
    now: () => 1,
    after: () => () => undefined,
    nextFrame(run) {
      due = run;
      return () => (due = undefined);
    },
    frame() {
      const run = due;
      due = undefined;
      run?.();
    },
  };
}

type Path = 'bytes' | 'records';

interface Cost {
  readonly cpuMs: number;
  /** The most messages that were other objects after a token than before it. */
  readonly changed: number;
}

async function answer(path: Path, length: number, counts: boolean): Promise<Cost> {
  const clock = frameClock();
  let cpu = process.cpuUsage();
  let cpuMs = 0;
  let published = 0;
  let changed = 0;
  let before: readonly Message[] = [];

  const begin = (): void => void (cpu = process.cpuUsage());
  const end = (): void => {
    const { user, system } = process.cpuUsage(cpu);
    cpuMs = (user + system) / 1_000;
  };

  async function* steps(): AsyncGenerator<ScriptStep> {
    begin();
    for (const token of tokens) {
      yield { event: 'token', data: JSON.stringify({ token }) };
      // Resumed when the token has been read and folded: now it is painted.
      clock.frame();
    }
    end();
    yield { event: 'done', data: '{}' };
  }

  function reply(): Response {
    const encoder = new TextEncoder();
    const records = tokens.map((token) => encoder.encode(`event: token\ndata: ${JSON.stringify({ token })}\n\n`));
    let next = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (next === 0) begin();
          else clock.frame();
          const record = records[next++];
          if (record !== undefined) {
            controller.enqueue(record);
            return;
          }
          end();
          controller.enqueue(encoder.encode('event: done\ndata: {}\n\n'));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  const chat = createChat({
    url: 'http://localhost/chat',
    protocol: namedEvents(),
    ...(path === 'bytes'
      ? { fetch: async () => reply() }
      : { transport: scriptedTransport({ steps: steps() }, { clock }) }),
    platform: { clock },
    initialMessages: history(length - 2),
  });
  chat.subscribe(() => {
    const { messages } = chat.getSnapshot().conversation;
    published += 1;
    if (!counts) return;
    // The question and its answer are new at first.
    if (before.length === messages.length)
      changed = Math.max(changed, messages.filter((message, index) => message !== before[index]).length);
    before = messages;
  });
  const { message } = await chat.send('Go on');
  const part = message?.parts[0];
  if (part?.type !== 'text' || part.text !== whole) throw new Error('The answer is not what was sent.');
  if (published < tokens.length) throw new Error(`Only ${published} of ${tokens.length} tokens were published.`);
  return { cpuMs, changed };
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN;
const lines: string[] = [];
const say = (line = ''): void => {
  lines.push(line);
  console.log(line);
};

const cases = (['bytes', 'records'] as const).flatMap((path) =>
  sizes.map((size) => ({ path, size, perToken: [] as number[] })),
);
let changed = 0;
for (const { path, size } of cases) {
  for (let warm = 0; warm < 3; warm += 1) changed = Math.max(changed, (await answer(path, size, true)).changed);
}
for (let round = 0; round < rounds; round += 1) {
  for (const { path, size, perToken } of round % 2 === 0 ? cases : cases.toReversed()) {
    perToken.push(((await answer(path, size, false)).cpuMs / tokens.length) * 1_000);
  }
}

say(
  `${rounds} rounds of ${tokens.length} tokens, Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} cores.`,
);
say('CPU µs a token          messages    median   spread of the rounds');
for (const { path, size, perToken } of cases) {
  const name = path === 'bytes' ? 'from the bytes' : 'from records';
  const spread = `${Math.min(...perToken).toFixed(2)} to ${Math.max(...perToken).toFixed(2)}`;
  say(`${name.padEnd(20)}${String(size).padStart(12)}${median(perToken).toFixed(2).padStart(10)}   ${spread}`);
}
const ratioOf = (path: Path): number => {
  const [few = Number.NaN, many = Number.NaN] = cases
    .filter((one) => one.path === path)
    .map((one) => median(one.perToken));
  return many / few;
};
const ratio = ratioOf('bytes');
say();
say(
  `2,000 messages against 10: ${ratio.toFixed(2)} times from the bytes (at most ${limit}), ${ratioOf('records').toFixed(2)} from records.`,
);
say(`Messages that a token changed: ${changed} (has to be 1).`);

const results = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(`${results}store.txt`, `${lines.join('\n')}\n`);
if (!(ratio <= limit) || changed !== 1) process.exitCode = 1;
