import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChat } from '../../../src/compose/create-chat.ts';
import { namedEvents } from '../../../src/protocol/named-events.ts';
import type { TurnStats } from '../../../src/simulate/ledger.ts';
import { type RunningSimulator, startSimulator } from '../../../src/simulate/node-host.ts';
import { simulationQuery, type SimulationOptions } from '../../../src/simulate/options.ts';
import { textOf } from '../../interop/ask.ts';
import { freePort } from '../../support/free-port.ts';
import { recipe, type RunningRecipe, start } from './recipe.ts';

let backend: RunningSimulator;
let nginx: RunningRecipe;
const folder = mkdtempSync(join(tmpdir(), 'rivulet-nginx-'));

beforeAll(async () => {
  backend = await startSimulator({ base: '/chat' });
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log stderr; events {}
http {
  access_log off; proxy_ignore_headers X-Accel-Buffering; ${temporary.join(' ')}
  upstream backend { server ${new URL(backend.url).host}; }
  server { listen 127.0.0.1:${port};
${recipe('proxy_buffering off')}
  }
}`,
  );
  const child = spawn('/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  nginx = await start(child, `http://127.0.0.1:${port}`);
});

afterAll(async () => {
  await nginx?.stop();
  await backend?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(options: SimulationOptions) {
  const turn = crypto.randomUUID();
  const query = `${simulationQuery({ script: 'sources', pauses: 0, ...options })}&turn=${turn}`;
  const chat = createChat({
    url: `${nginx.url}/chat/named-events/chat/stream?${query}`,
    protocol: namedEvents({ resumable: true, idempotent: true }),
    retry: { baseMs: 1, minMs: 1 },
  });
  const text = () => textOf(chat.getSnapshot().conversation.messages.at(-1));
  let firstAt: number | undefined;
  chat.subscribe(() => {
    if (text() !== '') firstAt ??= performance.now();
  });
  const { status } = await chat.send('Why?');
  const streamedMs = performance.now() - (firstAt ?? Number.POSITIVE_INFINITY);
  const stats = (await (await fetch(`${backend.url}/stats?turn=${turn}`)).json()) as TurnStats;
  return { status, text: text(), streamedMs, stats };
}

describe('docs/servers.md: nginx', () => {
  it('hands on what comes as it comes', async () => {
    const { status, streamedMs } = await ask({ script: 'greeting', tokensPerSecond: 8 });
    expect(status).toBe('complete');
    // Where something buffers, the first word of a short answer comes with the last.
    expect(streamedMs).toBeGreaterThan(400);
  });

  it('is no obstacle to going on after a cut: the answer is whole, and asked for once', async () => {
    const whole = await ask({ tokensPerSecond: 400 });
    const cut = await ask({
      tokensPerSecond: 400,
      faults: [
        { type: 'cut', at: 1_600, end: 'abort' },
        { type: 'cut', at: 2_400, end: 'fin', attempt: 2 },
      ],
    });
    expect([cut.status, cut.text]).toEqual(['complete', whole.text]);
    expect(cut.stats).toMatchObject({ generations: 1 });
    expect(cut.stats.attempts).toBeGreaterThan(1);
  });

  it('tells the backend that the reader has left', async () => {
    const turn = crypto.randomUUID();
    const chat = createChat({
      url: `${nginx.url}/chat/named-events/chat/stream?${simulationQuery({ script: 'burst', length: 5_000, tokensPerSecond: 50 })}&turn=${turn}`,
      protocol: namedEvents(),
    });
    const sent = chat.send('Go on');
    await expect
      .poll(() => textOf(chat.getSnapshot().conversation.messages.at(-1)).length, { timeout: 20_000 })
      .toBeGreaterThan(20);
    chat.stop();
    await sent;
    const stats = async () => (await (await fetch(`${backend.url}/stats?turn=${turn}`)).json()) as TurnStats;
    await expect.poll(stats, { timeout: 20_000 }).toMatchObject({ open: 0, aborts: 1 });
  });
});
