import { afterEach, describe, expect, it } from 'vitest';
import { createChat } from '../../../src/compose/create-chat.ts';
import { namedEvents } from '../../../src/protocol/named-events.ts';
import { textOf } from '../../interop/ask.ts';
import { recipe, type RunningRecipe, runRecipe } from './recipe.ts';

const whole = Array.from({ length: 20 }, (_, index) => `word${index} `).join('');

const servers = {
  Express: () =>
    runRecipe(recipe("from 'express'"), (code, port) => code.replace('app.listen(3000)', `app.listen(${port})`)),
  Hono: () =>
    runRecipe(recipe("from 'hono'"), (code, port) =>
      code.replace(
        'export default app;',
        `import { serve } from '@hono/node-server';\nserve({ fetch: app.fetch, port: ${port}, hostname: '127.0.0.1' });`,
      ),
    ),
};

describe.each(Object.entries(servers))('docs/servers.md: %s', (_name, serve) => {
  let server: RunningRecipe;
  afterEach(() => server.stop());

  function chatWith(url: string) {
    const chat = createChat({ url: `${url}/chat/stream`, protocol: namedEvents() });
    return { chat, text: () => textOf(chat.getSnapshot().conversation.messages.at(-1)) };
  }

  it('streams a whole answer, word by word', async () => {
    server = await serve();
    const { chat, text } = chatWith(server.url);
    const seen = new Set<string>();
    chat.subscribe(() => seen.add(text()));
    const { status } = await chat.send('word');
    expect([status, text()]).toEqual(['complete', whole]);
    expect(seen.size).toBeGreaterThan(5);
  });

  it('stops its model when the reader stops', async () => {
    server = await serve();
    const { chat, text } = chatWith(server.url);
    const sent = chat.send('word');
    await expect.poll(text, { timeout: 20_000 }).toContain('word1 ');
    chat.stop();
    expect((await sent).status).toBe('stopped');
    await expect.poll(() => server.output(), { timeout: 20_000 }).toContain('stopped');
  });
});
