import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createSimulator } from '../../src/simulate/handler.ts';
import { type RunningSimulator, startSimulator } from '../../src/simulate/node-host.ts';
import { createSimulatedWebSocket } from '../../src/simulate/page-socket.ts';

let host: RunningSimulator;
beforeAll(async () => {
  host = await startSimulator();
});
afterAll(() => host.close());

interface Received {
  readonly type: string;
  readonly id?: string;
  readonly request_id?: string;
  readonly data: { readonly token?: string };
}

/** One client: what it received, what became of it, and a promise for the moment a condition holds. */
function open(query: string, Socket: typeof WebSocket = WebSocket, origin = host.url.replace('http', 'ws')) {
  const socket = new Socket(`${origin}/named-events/ws/client-1?preset=instant&${query}`);
  const received: Received[] = [];
  const close: { code?: number } = {};
  socket.binaryType = 'arraybuffer';
  socket.onmessage = ({ data }) => {
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer);
    received.push(JSON.parse(text) as Received);
  };
  socket.onerror = () => {};
  socket.onclose = ({ code }) => void (close.code = code);
  return {
    socket,
    received,
    close,
    send: (message: object) => socket.send(JSON.stringify(message)),
    async opened() {
      await expect.poll(() => socket.readyState).toBe(1);
    },
    async done(count = 1) {
      await expect.poll(() => received.filter((message) => message.type === 'done').length).toBe(count);
    },
    async closed() {
      await expect.poll(() => close.code).toBeDefined();
    },
    answer: (request?: string) =>
      received.map((message) => (message.request_id === request ? (message.data.token ?? '') : '')).join(''),
  };
}

describe('the named-events socket', () => {
  it('answers turn after turn on one socket', async () => {
    const client = open('script=echo');
    await client.opened();
    client.send({ type: 'chat', message: 'first' });
    client.send({ type: 'chat', message: ' second' });
    await client.done(2);
    expect(client.answer()).toBe('first second');
    expect(client.socket.readyState).toBe(1);
    client.socket.close();
    await client.closed();
  });

  it('runs turns side by side that name their requests', async () => {
    const client = open('script=echo&tokenChars=1&tokensPerSecond=200');
    await client.opened();
    client.send({ type: 'chat', message: 'aaaaaaaa', request_id: 'a' });
    client.send({ type: 'chat', message: 'bbbbbbbb', request_id: 'b' });
    await client.done(2);
    expect([client.answer('a'), client.answer('b')]).toEqual(['aaaaaaaa', 'bbbbbbbb']);
    expect(client.received.findIndex(({ request_id }) => request_id === 'b')).toBeLessThan(8);
    client.socket.close();
  });

  it('goes on with an answer on a new socket, after the last message that came', async () => {
    const query = 'script=echo&tokenChars=1&turn=ws-resume&faults=cut:at=200,end=reset';
    const first = open(query);
    await first.opened();
    first.send({ type: 'chat', message: 'to be continued' });
    await first.closed();
    expect(first.close.code).toBe(1006);
    const second = open(query);
    await second.opened();
    second.send({ type: 'resume', after: first.received.at(-1)?.id });
    await second.done();
    expect(first.answer() + second.answer()).toBe('to be continued');
    expect(first.answer()).not.toBe('');
    expect(host.simulator.turnStats('ws-resume')).toMatchObject({ generations: 1, attempts: 2, completed: 1 });
    second.socket.close();
  });

  it.each([
    ['eof', 1000],
    ['eof,code=1012', 1012],
    ['fin', 1006],
    ['abort', 1006],
    ['reset', 1006],
  ])('ends by %s with code %i', async (end, code) => {
    const client = open(`turn=ws-${end}&faults=${encodeURIComponent(`cut:at=150,end=${end}`)}`);
    await client.opened();
    client.send({ type: 'chat', message: 'hi' });
    await client.closed();
    expect(client.close.code).toBe(code);
    expect(client.received.length).toBeGreaterThan(0);
  });

  it('refuses the handshake with a status, once', async () => {
    const query = 'turn=ws-busy&faults=status:status=503,retryAfter=1';
    const refused = open(query);
    await refused.closed();
    expect(refused.close.code).toBe(1006);
    const client = open(query);
    await client.opened();
    client.send({ type: 'chat', message: 'hi' });
    await client.done();
    expect(host.simulator.turnStats('ws-busy')).toMatchObject({ attempts: 2, generations: 1 });
    client.socket.close();
  });

  it('stops at a cancel and answers a ping', async () => {
    const client = open('script=burst&tokensPerSecond=100&turn=ws-cancel');
    await client.opened();
    client.send({ type: 'chat', message: 'hi' });
    await expect.poll(() => client.received.length).toBeGreaterThan(2);
    client.send({ type: 'cancel' });
    client.send({ type: 'ping' });
    await expect.poll(() => client.received.at(-1)?.type).toBe('pong');
    expect(host.simulator.turnStats('ws-cancel')).toMatchObject({ open: 0, aborts: 1, completed: 0 });
    client.socket.close();
  });

  it('sees the client leave in mid-turn', async () => {
    const client = open('script=burst&tokensPerSecond=100&turn=ws-left');
    await client.opened();
    client.send({ type: 'chat', message: 'hi' });
    await expect.poll(() => client.received.length).toBeGreaterThan(2);
    client.socket.terminate();
    await expect.poll(() => host.simulator.turnStats('ws-left')).toMatchObject({ open: 0, aborts: 1 });
  });

  it('sends binary frames where asked to', async () => {
    const client = open('script=echo&binary=true');
    await client.opened();
    client.send({ type: 'chat', message: '你好' });
    await client.done();
    expect(client.answer()).toBe('你好');
    client.socket.close();
  });

  it('is not found on other paths', async () => {
    const socket = new WebSocket(`${host.url.replace('http', 'ws')}/elsewhere`);
    const failed = await new Promise((resolve) => socket.once('error', resolve));
    expect(failed).toBeInstanceOf(Error);
  });
});

describe('createSimulatedWebSocket', () => {
  const Simulated = createSimulatedWebSocket(createSimulator()) as unknown as typeof WebSocket;

  it('streams, resumes and closes as a socket on a network does', async () => {
    const query = 'script=echo&tokenChars=1&turn=page&faults=cut:at=200,end=abort';
    const first = open(query, Simulated, 'wss://page.example');
    await first.opened();
    first.send({ type: 'chat', message: 'without a network' });
    await first.closed();
    expect(first.close.code).toBe(1006);
    const second = open(`${query}&binary=1`, Simulated, 'wss://page.example');
    await second.opened();
    second.send({ type: 'resume', after: first.received.at(-1)?.id });
    await second.done();
    expect(first.answer() + second.answer()).toBe('without a network');
    second.socket.close(1000);
    await second.closed();
    expect(second.close.code).toBe(1000);
  });

  it('fails where nothing listens', async () => {
    const client = open('script=nope', Simulated, 'wss://page.example/elsewhere');
    await client.closed();
    expect(client.close.code).toBe(1006);
  });
});
