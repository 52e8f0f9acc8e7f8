import { createServer as createHttpServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type InlineConfig, type ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { simulatePlugin } from '../../src/simulate/vite-plugin.ts';
import { ask, askRequest, readRecords } from './client.ts';

const common = (): InlineConfig => ({
  configFile: false,
  logLevel: 'silent',
  optimizeDeps: { noDiscovery: true },
  plugins: [simulatePlugin()],
});

function baseOf(server: { address(): AddressInfo | string | null } | null): string {
  const address = server?.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen');
  return `http://127.0.0.1:${address.port}/__simulate`;
}

/** Reads the first token while the answer is still being written, then leaves. */
async function firstToken(base: string): Promise<string> {
  const stop = new AbortController();
  const request = askRequest(base, {
    script: 'burst',
    preset: 'five-characters',
    tokensPerSecond: 20,
    turn: 'slow',
    signal: stop.signal,
  });
  const response = await fetch(request, { signal: stop.signal });
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += new TextDecoder().decode(bytes);
    if (readRecords(text).answer !== '') break;
  }
  stop.abort();
  return readRecords(text).answer;
}

async function turnStats(base: string, turn: string): Promise<unknown> {
  return await (await fetch(`${base}/stats?turn=${turn}`)).json();
}

function talk(base: string): Promise<readonly string[]> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/named-events/ws/me?script=echo&preset=instant`);
  const types: string[] = [];
  return new Promise((resolve, reject) => {
    socket.on('open', () => socket.send('{"type":"chat","message":"hi"}'));
    socket.on('error', reject);
    socket.on('message', (data) => {
      types.push((JSON.parse(String(data)) as { type: string }).type);
      if (types.at(-1) === 'done') socket.close();
    });
    socket.on('close', () => resolve(types));
  });
}

describe('simulatePlugin', () => {
  describe('in a Vite dev server', () => {
    let vite: ViteDevServer;
    let base: string;
    beforeAll(async () => {
      vite = await createServer({ ...common(), server: { port: 0, host: '127.0.0.1' } });
      await vite.listen();
      base = baseOf(vite.httpServer);
    });
    afterAll(() => vite.close());

    it('streams while the answer is being written, and sees the client leave', async () => {
      expect(await firstToken(base)).toMatch(/^ wor/);
      await expect.poll(() => turnStats(base, 'slow')).toMatchObject({ open: 0, aborts: 1, completed: 0 });
    });

    it('answers a whole turn and ends it early where a fault says so', async () => {
      expect(readRecords((await ask(base, { message: 'vite' })).text).answer).toContain('vite');
      const cut = await ask(base, { turn: 'cut', faults: [{ type: 'cut', at: 50, end: 'reset', ms: 50 }] });
      expect(cut.text).toHaveLength(50);
      expect(cut.error).toBeInstanceOf(TypeError);
    });

    it('serves its sockets beside Vite’s own', async () => {
      expect(await talk(base)).toContain('done');
    });

    it('leaves other paths to Vite', async () => {
      expect(await (await fetch(new URL('/@vite/client', base))).text()).toContain('HMR');
    });
  });

  describe('in a server that lends Vite its middlewares and compresses, as Storybook’s does', () => {
    let vite: ViteDevServer;
    let server: Server;
    afterEach(async () => {
      await vite.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    it('streams past the compression, and serves its sockets', async () => {
      server = createHttpServer((request, reply) => {
        gather(reply);
        vite.middlewares(request, reply, () => reply.end());
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      vite = await createServer({ ...common(), appType: 'custom', server: { middlewareMode: true, hmr: { server } } });
      const base = baseOf(server);
      expect(await firstToken(base)).toMatch(/^ wor/);
      await expect.poll(() => turnStats(base, 'slow')).toMatchObject({ open: 0, aborts: 1 });
      expect(await talk(base)).toContain('done');
      await vite.restart();
      expect(await talk(base)).toContain('done');
    });
  });
});

/** Holds back the head, the body and the listeners, as a compressing middleware does until it has seen enough. */
function gather(reply: ServerResponse): void {
  reply.writeHead = () => reply;
  reply.write = () => true;
  reply.on = () => reply;
}
