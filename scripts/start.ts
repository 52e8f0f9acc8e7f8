// Starts Storybook and says where to look once it answers. Run by `npm start`; `PORT` chooses another port.
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { root } from './entries.ts';

interface StoryIndex {
  readonly entries: Readonly<Record<string, { readonly id: string; readonly title: string; readonly type: string }>>;
}

const port = process.env.PORT ?? '6006';
const address = `http://localhost:${port}`;

const storybook = spawn(
  process.execPath,
  [
    join(root, 'node_modules/storybook/dist/bin/dispatcher.js'),
    'dev',
    '--port',
    port,
    '--exact-port',
    '--no-open',
    '--ci',
    '--disable-telemetry',
  ],
  { cwd: root, stdio: 'inherit' },
);
storybook.once('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => storybook.kill(signal));

const index = await storyIndex();
const stories = Object.values(index.entries).filter((entry) => entry.type === 'story');
const chat = stories.find((entry) => /(^|\/)chat$/i.test(entry.title)) ?? stories[0];
console.log(`\nRivulet is ready. All stories: ${address}/`);
if (chat) console.log(`A chat that streams: ${address}/?path=/story/${chat.id}\n`);

async function storyIndex(): Promise<StoryIndex> {
  for (;;) {
    const response = await fetch(`${address}/index.json`).catch(() => undefined);
    if (response?.ok) return (await response.json()) as StoryIndex;
    await wait(250);
  }
}
