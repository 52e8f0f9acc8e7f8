import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../src/simulate/handler.ts';
import { createSimulatedFetch } from '../../src/simulate/page-fetch.ts';
import { createSimulatedWebSocket } from '../../src/simulate/page-socket.ts';
import { ask, askRequest, readRecords, readReply } from './client.ts';

const base = new URL('/__simulate', location.href).href;

describe('the simulator in a page', () => {
  it('answers a fetch inside the page with the bytes that the dev server sends', async () => {
    const simulated = createSimulatedFetch(createSimulator({ base: '/__simulate' }));
    for (const options of [
      { script: 'random', seed: 11 },
      { script: 'markdown', gzip: true },
    ]) {
      const inside = await readReply(await simulated(askRequest(base, options)));
      const outside = await ask(base, options);
      expect(inside.text).toBe(outside.text);
      expect(readRecords(inside.text).events.at(-1)?.event).toBe('done');
    }
  });

  it('streams over real HTTP while the answer is being written, and the abort is seen', async () => {
    const stop = new AbortController();
    const turn = `page-${crypto.randomUUID()}`;
    const response = await fetch(askRequest(base, { script: 'burst', tokensPerSecond: 30, turn, signal: stop.signal }));
    const first = await response.body?.getReader().read();
    expect(readRecords(new TextDecoder().decode(first?.value)).events.length).toBeLessThan(100);
    stop.abort();
    const stats = async () => (await (await fetch(`${base}/stats?turn=${turn}`)).json()) as object;
    await expect.poll(stats).toMatchObject({ open: 0, aborts: 1, completed: 0 });
  });

  it('talks over a socket inside the page and over a real one', async () => {
    const talk = async (Socket: typeof WebSocket): Promise<string> => {
      const address = `${base.replace('http', 'ws')}/named-events/ws/page?preset=instant&script=echo`;
      const socket = new Socket(address);
      let text = '';
      const done = new Promise<void>((resolve, reject) => {
        socket.addEventListener('error', () => reject(new Error('The socket failed')));
        socket.addEventListener('message', ({ data }) => {
          const message = JSON.parse(String(data)) as { type: string; data: { token?: string } };
          text += message.data.token ?? '';
          if (message.type === 'done') resolve();
        });
      });
      socket.addEventListener('open', () => socket.send('{"type":"chat","message":"over and out"}'));
      await done;
      socket.close();
      return text;
    };
    const Simulated = createSimulatedWebSocket(createSimulator({ base: '/__simulate' }));
    expect(await talk(Simulated)).toBe('over and out');
    expect(await talk(WebSocket)).toBe('over and out');
  });
});
