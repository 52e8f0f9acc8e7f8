import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { TransportError } from '../../src/base/errors.ts';
import type { Frame } from '../../src/wire/frame.ts';
import type { FrameBatch, Transport, TransportConnection, TransportRequest } from '../../src/transport/transport.ts';
import { webSocketTransport } from '../../src/transport/websocket.ts';
import type { WebSocketTransportOptions } from '../../src/transport/websocket-options.ts';
import { batchesOf, dataOf, readMessages, readOut } from '../support/batches.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { closed, startHttpServer, unusedUrl } from '../support/http-server.ts';
import { type SocketServer, startSocketServer } from '../support/socket-server.ts';
import { describeTransportContract, describeUnreachable, type Peer, type Server } from './contract.ts';

const implementations = [
  ["the platform's WebSocket", undefined],
  ['ws', NodeWebSocket],
] as const;

describe.each(implementations)('with %s', (_, WebSocket) => {
  const start = async (serve: (peer: Peer) => void): Promise<Server> => {
    const server = await startSocketServer((socket, body) => {
      serve({
        body,
        send: (data) => socket.send(data),
        end: () => socket.close(1000),
        cut: () => socket.terminate(),
        gone: new Promise((resolve) => socket.on('close', () => resolve())),
      });
    });
    return { url: server.url, transport: webSocketTransport({ WebSocket }), close: server.close };
  };

  describeTransportContract('webSocketTransport', {
    start,
    cut: { end: { kind: 'close', code: 1006, clean: false } },
    leaving: 'keeps',
  });

  describeUnreachable('webSocketTransport', () => webSocketTransport({ WebSocket }), unusedUrl);
});

const raise = (cause: Error): never => {
  throw cause;
};

describe('webSocketTransport', () => {
  const servers: SocketServer[] = [];
  const transports: Transport[] = [];
  afterEach(async () => {
    for (const transport of transports.splice(0)) transport.dispose?.();
    for (const server of servers.splice(0)) await server.close();
  });

  async function serve(...handlers: Parameters<typeof startSocketServer>): Promise<SocketServer> {
    const server = await startSocketServer(...handlers);
    servers.push(server);
    return server;
  }

  function make(options?: WebSocketTransportOptions): Transport {
    const transport = webSocketTransport(options);
    transports.push(transport);
    return transport;
  }

  const request = (server: SocketServer, more: Partial<TransportRequest> = {}): TransportRequest => ({
    url: server.url,
    framings: ['socket'],
    signal: new AbortController().signal,
    ...more,
  });

  /** Answers `q` with `q 1`, `q 2`, `done`, and is silent to anything that begins with a dash. */
  const answering = (): Promise<SocketServer> =>
    serve((socket, message) => {
      if (message.startsWith('-')) return;
      for (const data of [`${message} 1`, `${message} 2`, 'done']) socket.send(data);
    });

  /** Reads a turn of `answering` and leaves it. */
  async function readTurn(connection: TransportConnection): Promise<(string | null)[]> {
    const batches = connection.batches[Symbol.asyncIterator]();
    const data = await readMessages(batches, 3);
    await batches.return?.();
    return data;
  }

  function pushesOf(transport: Transport, signal = new AbortController().signal): AsyncIterator<FrameBatch> {
    if (!transport.pushes) throw new Error('A socket transport has pushes.');
    return transport.pushes(signal)[Symbol.asyncIterator]();
  }

  it('tells the handshake as the response', async () => {
    const server = await answering();
    const connection = await make({ protocols: ['chat.v2', 'token.abc'] }).open(request(server));
    expect(connection.response).toEqual({
      status: 101,
      url: server.url.replace('http', 'ws'),
      headers: { 'sec-websocket-protocol': 'chat.v2' },
      framing: 'socket',
    });
  });

  it('serves many turns on one socket, one after the other', async () => {
    const server = await answering();
    const transport = make();
    for (const body of ['a', 'b', 'c']) {
      expect(await readTurn(await transport.open(request(server, { body })))).toEqual([
        `${body} 1`,
        `${body} 2`,
        'done',
      ]);
    }
    expect(server.sockets.length).toBe(1);
    expect(server.sockets[0]?.received).toEqual(['a', 'b', 'c']);
  });

  it('lets a turn wait for the one before, and sends nothing of it until then', async () => {
    const server = await answering();
    const transport = make();
    const first = await transport.open(request(server, { body: 'a' }));
    const second = transport.open(request(server, { body: 'b' }));
    const third = transport.open(request(server, { body: 'c' }));
    const batches = first.batches[Symbol.asyncIterator]();
    await readMessages(batches, 3);
    expect(server.sockets[0]?.received).toEqual(['a']);
    await batches.return?.();
    expect(await readTurn(await second)).toEqual(['b 1', 'b 2', 'done']);
    expect(await readTurn(await third)).toEqual(['c 1', 'c 2', 'done']);
    expect(server.sockets.length).toBe(1);
  });

  it('lets a waiting turn be aborted without a trace', async () => {
    const server = await answering();
    const transport = make();
    const first = await transport.open(request(server, { body: 'a' }));
    const controller = new AbortController();
    const second = transport.open(request(server, { body: 'b', signal: controller.signal }));
    const third = transport.open(request(server, { body: 'c' }));
    controller.abort();
    await expect(second).rejects.toMatchObject({ name: 'TransportError', retryable: false });
    await readTurn(first);
    expect(await readTurn(await third)).toEqual(['c 1', 'c 2', 'done']);
    expect(server.sockets.map(({ received }) => received)).toEqual([['a', 'c']]);
  });

  it('closes the socket of an aborted turn, and makes another for the next', async () => {
    const server = await answering();
    const transport = make();
    const controller = new AbortController();
    const first = await transport.open(request(server, { body: '-silent', signal: controller.signal }));
    controller.abort();
    expect(await batchesOf(first)).toEqual([]);
    await server.sockets[0]?.ended;
    expect(await readTurn(await transport.open(request(server, { body: 'b' })))).toEqual(['b 1', 'b 2', 'done']);
    expect(server.sockets.length).toBe(2);
  });

  it('keeps the socket when the signal is aborted after the turn was left', async () => {
    const server = await answering();
    const transport = make();
    const controller = new AbortController();
    await readTurn(await transport.open(request(server, { body: 'a', signal: controller.signal })));
    controller.abort();
    await readTurn(await transport.open(request(server, { body: 'b' })));
    expect(server.sockets.length).toBe(1);
  });

  it('sends further messages on the turn until it is over', async () => {
    const server = await answering();
    const connection = await make().open(request(server, { body: '-a' }));
    connection.send?.('{"type":"cancel"}');
    connection.send?.('b');
    await readTurn(connection);
    connection.send?.('too late');
    expect(server.sockets[0]?.received).toEqual(['-a', '{"type":"cancel"}', 'b']);
  });

  it('opens without a message, and gives the turn what the server sends first', async () => {
    const server = await serve(
      () => undefined,
      (socket) => {
        socket.send('hello');
        socket.send('world');
      },
    );
    const connection = await make().open(request(server));
    expect(await readMessages(connection.batches[Symbol.asyncIterator](), 2)).toEqual(['hello', 'world']);
  });

  it('hands over binary messages', async () => {
    const server = await serve((socket) => socket.send(Uint8Array.of(1, 2, 3)));
    const connection = await make().open(request(server, { body: 'a' }));
    const { value } = await connection.batches[Symbol.asyncIterator]().next();
    expect(value).toEqual({ frames: [{ kind: 'binary', data: Uint8Array.of(1, 2, 3) }], bytes: 3 });
  });

  describe('when the socket is closed in the middle of a turn', () => {
    it.each([1000, 1001, 1002, 1003, 1007, 1008, 1011, 1012, 1013, 3000, 4400, 4401, 4408, 4429, 4499])(
      'tells code %i and its reason at the end',
      async (code) => {
        const server = await serve((socket) => {
          socket.send('a');
          socket.close(code, 'why');
        });
        const { data, batches } = await readOut(await make().open(request(server, { body: 'q' })));
        expect(data).toEqual(['a']);
        expect(batches.at(-1)?.end).toEqual({ kind: 'close', code, reason: 'why', clean: true });
      },
    );

    it('makes another socket for the turns that wait', async () => {
      const server = await serve((socket, message) => {
        socket.send(message);
        if (message === 'a') socket.close(1012);
      });
      const transport = make();
      const first = await transport.open(request(server, { body: 'a' }));
      const second = transport.open(request(server, { body: 'b' }));
      expect((await readOut(first)).data).toEqual(['a']);
      expect(await readMessages((await second).batches[Symbol.asyncIterator](), 1)).toEqual(['b']);
      expect(server.sockets.length).toBe(2);
    });
  });

  it('makes another socket after one was closed between turns', async () => {
    const server = await answering();
    const transport = make();
    await readTurn(await transport.open(request(server, { body: 'a' })));
    server.sockets[0]?.socket.close(1001);
    await server.sockets[0]?.ended;
    expect(await readTurn(await transport.open(request(server, { body: 'b' })))).toEqual(['b 1', 'b 2', 'done']);
    expect(server.sockets.length).toBe(2);
  });

  it('opens and then ends when the server closes at once, so that the code is told', async () => {
    const server = await serve(
      () => undefined,
      (socket) => socket.close(4401, 'token expired'),
    );
    const { batches } = await readOut(await make().open(request(server, { body: 'a' })));
    expect(batches).toEqual([
      { frames: [], bytes: 0, end: { kind: 'close', code: 4401, reason: 'token expired', clean: true } },
    ]);
  });

  it('rejects with connect-failed when the handshake is refused', async () => {
    const server = await answering();
    const opened = make().open(request(server, { url: `${server.url}refused` }));
    await expect(opened).rejects.toMatchObject({ code: 'connect-failed', retryable: true });
  });

  it('gives up a handshake that nobody waits for any more', async () => {
    const controller = new AbortController();
    let gone!: Promise<void>;
    const server = await startHttpServer((response) => {
      gone = closed(response);
      controller.abort();
    });
    const transport = make();
    const opened = transport.open({ url: server.url, framings: ['socket'], signal: controller.signal });
    await expect(opened).rejects.toMatchObject({ name: 'TransportError', retryable: false });
    await gone;
    await server.close();
    const again = transport.open({ url: server.url, framings: ['socket'], signal: new AbortController().signal });
    await expect(again).rejects.toMatchObject({ code: 'connect-failed', retryable: true });
  });

  describe('authentication', () => {
    it('asks for the url, the subprotocols and the first message each time a socket is made', async () => {
      const server = await serve((socket, message) => {
        if (message.startsWith('auth')) socket.send('welcome');
        else socket.send(`answer to ${message}`);
      });
      let token = 0;
      const transport = make({
        url: async ({ url }) => `${url}socket?token=${++token}`,
        protocols: () => [`token.${token}`],
        firstMessage: async () => `auth ${token}`,
        isReady: (frame) => frame.kind === 'message' && frame.data === 'welcome',
      });
      for (const body of ['a', 'b']) {
        const batches = (await transport.open(request(server, { body }))).batches[Symbol.asyncIterator]();
        expect(await readMessages(batches, 1)).toEqual([`answer to ${body}`]);
        await batches.return?.();
      }
      server.sockets[0]?.socket.close(1001);
      await server.sockets[0]?.ended;
      await transport.open(request(server, { body: 'c' }));
      expect(
        server.sockets.map(({ socket, request: { url }, received: [first] }) => [url, socket.protocol, first]),
      ).toEqual([
        ['/socket?token=1', 'token.1', 'auth 1'],
        ['/socket?token=2', 'token.2', 'auth 2'],
      ]);
    });

    it('ends the turn when the first message is not accepted', async () => {
      const server = await serve((socket) => socket.close(4401, 'no'));
      const transport = make({ firstMessage: 'auth', isReady: () => true });
      const { batches } = await readOut(await transport.open(request(server, { body: 'a' })));
      expect(batches.at(-1)?.end).toMatchObject({ code: 4401 });
      expect(server.sockets[0]?.received).toEqual(['auth']);
    });

    it.each<[option: string, (cause: Error) => WebSocketTransportOptions]>([
      ['url', (cause) => ({ url: () => Promise.reject(cause) })],
      ['protocols', (cause) => ({ protocols: () => Promise.reject(cause) })],
      ['firstMessage', (cause) => ({ firstMessage: () => Promise.reject(cause) })],
      ['multiplex', (cause) => ({ multiplex: { tag: () => raise(cause), idOf: () => undefined } })],
    ])('makes no turn of a `%s` that throws, and is not retryable then', async (option, options) => {
      const cause = new Error('The token service knows no Bearer secret.');
      const server = await answering();
      const opened = make(options(cause)).open(request(server, { body: 'question' }));
      await expect(opened).rejects.toMatchObject({ code: 'option-failed', field: option, retryable: false, cause });
      await expect(opened).rejects.not.toThrow(/secret/);
      expect(server.sockets.flatMap(({ received }) => received)).toEqual([]);
    });

    it('passes on an error of the kit that the url could not be made by, which may be one to try again', async () => {
      const cause = new TransportError('connect-failed', 'The token service is down.', { retryable: true });
      const opened = make({ url: () => Promise.reject(cause) }).open(request(await answering()));
      await expect(opened).rejects.toBe(cause);
    });
  });

  describe('with turns multiplexed', () => {
    /** Echoes under the id it was asked with; `b` is answered before `a`. */
    const echoing = (): Promise<SocketServer> => {
      const held: (() => void)[] = [];
      return serve((socket, message) => {
        const { run, text } = JSON.parse(message) as { readonly run: string; readonly text: string };
        const answer = (): void => socket.send(JSON.stringify({ run, text: `answer to ${text}` }));
        if (text === 'a') held.push(answer);
        else for (const each of [answer, ...held.splice(0)]) each();
      });
    };
    const ask = (text: string): string => JSON.stringify({ text });

    it('runs turns side by side on one socket', async () => {
      const server = await echoing();
      const transport = make({ multiplex: 'run' });
      const [first, second] = await Promise.all([
        transport.open(request(server, { body: ask('a') })),
        transport.open(request(server, { body: ask('b') })),
      ]);
      const read = (connection: TransportConnection) => readMessages(connection.batches[Symbol.asyncIterator](), 1);
      expect(await read(second)).toEqual(['{"run":"2","text":"answer to b"}']);
      expect(await read(first)).toEqual(['{"run":"1","text":"answer to a"}']);
      expect(server.sockets.length).toBe(1);
    });

    it('forgets an aborted turn, drops its late messages and keeps the socket', async () => {
      const server = await echoing();
      const transport = make({ multiplex: 'run' });
      const controller = new AbortController();
      const first = await transport.open(request(server, { body: ask('a'), signal: controller.signal }));
      const pushes = pushesOf(transport);
      first.send?.(ask('cancel'));
      controller.abort();
      const second = await transport.open(request(server, { body: ask('b') }));
      expect(await readMessages(second.batches[Symbol.asyncIterator](), 1)).toEqual([
        '{"run":"2","text":"answer to b"}',
      ]);
      expect(server.sockets.length).toBe(1);
      expect(server.sockets[0]?.received).toContain('{"text":"cancel","run":"1"}');
      server.sockets[0]?.socket.send('{"text":"news"}');
      expect(await readMessages(pushes, 1)).toEqual(['{"text":"news"}']);
    });

    it('takes any way to carry the id', async () => {
      const server = await serve((socket, message) => socket.send(message));
      const transport = make({
        multiplex: {
          tag: (message, id) => `${id}|${message}`,
          idOf: (frame) => (frame.kind === 'message' ? frame.data?.split('|')[0] : undefined),
        },
      });
      const connection = await transport.open(request(server, { body: 'a' }));
      expect(await readMessages(connection.batches[Symbol.asyncIterator](), 1)).toEqual(['1|a']);
    });

    it('tells every turn when the socket ends', async () => {
      const server = await echoing();
      const transport = make({ multiplex: 'run' });
      const turns = await Promise.all(['a', 'a'].map((text) => transport.open(request(server, { body: ask(text) }))));
      server.sockets[0]?.socket.close(1011);
      for (const turn of turns) expect((await readOut(turn)).batches.at(-1)?.end).toMatchObject({ code: 1011 });
    });
  });

  describe('pushes', () => {
    it('are what the server sends between turns', async () => {
      const server = await answering();
      const transport = make();
      const pushes = pushesOf(transport);
      await readTurn(await transport.open(request(server, { body: 'a' })));
      server.sockets[0]?.socket.send('news');
      expect(await readMessages(pushes, 1)).toEqual(['news']);
      expect(await readTurn(await transport.open(request(server, { body: 'b' })))).toEqual(['b 1', 'b 2', 'done']);
    });

    it('reach every reader, and end with its signal or with the transport', async () => {
      const server = await answering();
      const transport = make();
      const controller = new AbortController();
      const one = pushesOf(transport, controller.signal);
      const other = pushesOf(transport);
      await readTurn(await transport.open(request(server, { body: 'a' })));
      server.sockets[0]?.socket.send('news');
      expect(await readMessages(one, 1)).toEqual(['news']);
      expect(await readMessages(other, 1)).toEqual(['news']);
      const reads = [one.next(), other.next()];
      controller.abort();
      expect(await reads[0]).toEqual({ done: true, value: undefined });
      transport.dispose?.();
      expect(await reads[1]).toEqual({ done: true, value: undefined });
    });
  });

  describe('ping', () => {
    const ping = { message: 'ping', everyMs: 10_000, timeoutMs: 3000 };
    const pongServer = (): Promise<SocketServer> =>
      serve((socket, message) => {
        if (message === 'ping') socket.send('pong');
      });

    it('is sent when the server is silent, and its answer is a sign of life without a frame', async () => {
      const server = await pongServer();
      const clock = createFakeClock();
      const isPong: NonNullable<WebSocketTransportOptions['ping']>['isPong'] = (frame) =>
        frame.kind === 'message' && frame.data === 'pong';
      const connection = await make({ clock, ping: { ...ping, isPong } }).open(request(server, { body: 'a' }));
      const batches = connection.batches[Symbol.asyncIterator]();
      for (let round = 0; round < 3; round++) {
        clock.advance(10_000);
        expect((await batches.next()).value).toEqual({ frames: [], bytes: 4 });
      }
      expect(server.sockets[0]?.received).toEqual(['a', 'ping', 'ping', 'ping']);
    });

    it('that is not answered ends the turn as lost, and the next turn makes a socket', async () => {
      const server = await serve(() => undefined);
      const clock = createFakeClock();
      const transport = make({ clock, ping });
      const connection = await transport.open(request(server, { body: 'a' }));
      const read = readOut(connection);
      clock.advance(10_000);
      clock.advance(3000);
      expect((await read).thrown).toMatchObject({ code: 'idle-timeout', retryable: true });
      await server.sockets[0]?.ended;
      await transport.open(request(server, { body: 'b' }));
      expect(server.sockets.length).toBe(2);
    });

    it('leaves no timer when the socket is closed', async () => {
      const server = await pongServer();
      const clock = createFakeClock();
      const transport = make({ clock, ping });
      await transport.open(request(server, { body: 'a' }));
      expect(clock.timers).toBe(1);
      transport.dispose?.();
      expect(clock.timers).toBe(0);
    });

    it('of the server is answered, and handed on', async () => {
      const server = await serve((socket, message) => {
        if (message === 'a') socket.send('{"type":"ping"}');
        else socket.send(`received ${message}`);
      });
      const transport = make({
        reply: (frame) =>
          frame.kind === 'message' && frame.data === '{"type":"ping"}' ? '{"type":"pong"}' : undefined,
      });
      const connection = await transport.open(request(server, { body: 'a' }));
      expect(await readMessages(connection.batches[Symbol.asyncIterator](), 2)).toEqual([
        '{"type":"ping"}',
        'received {"type":"pong"}',
      ]);
    });
  });

  describe('when a function of the caller throws at a message', () => {
    const atPrecious = (frame: Frame): true => {
      if (frame.kind === 'message' && frame.data === 'precious') throw new Error('mine');
      return true;
    };
    const raised = vi.fn();
    beforeEach(() => void process.on('uncaughtException', raised));
    afterEach(() => void process.off('uncaughtException', raised));

    it.each<[string, WebSocketTransportOptions]>([
      ['reply', { reply: (frame) => (atPrecious(frame), undefined) }],
      ['isReady', { firstMessage: 'hello', isReady: atPrecious }],
      ['ping.isPong', { ping: { message: 'ping', everyMs: 1_000, isPong: atPrecious } }],
      ['multiplex.idOf', { multiplex: { tag: (message) => message, idOf: (frame) => String(atPrecious(frame)) } }],
    ])('hands the message on all the same, and leaves the error to the platform: %s', async (name, options) => {
      const server = await serve((socket) => ['precious', 'next'].forEach((data) => socket.send(data)));
      const transport = make({ clock: createFakeClock(), ...options });
      const pushes = pushesOf(transport);
      const { batches } = await transport.open(request(server, { body: 'a' }));
      // Whose it is cannot be told then, so that it is nobody's in particular.
      const reader = name === 'multiplex.idOf' ? pushes : batches[Symbol.asyncIterator]();
      expect(await readMessages(reader, 1)).toContain('precious');
      expect(raised).toHaveBeenCalledWith(expect.objectContaining({ message: 'mine' }), 'uncaughtException');
    });
  });

  describe('when nobody reads', () => {
    it.each([
      ['frames', { maxQueuedFrames: 10 }],
      ['bytes', { maxQueuedBytes: 10 }],
    ])('fails past its bound of %s, after what was within, and closes the socket', async (_, limits) => {
      const server = await serve((socket) => {
        for (let index = 0; index < 100; index++) socket.send('x');
      });
      const connection = await make(limits).open(request(server, { body: 'a' }));
      await server.sockets[0]?.ended;
      const { data, thrown } = await readOut(connection);
      expect(data).toEqual(Array.from({ length: 10 }, () => 'x'));
      expect(thrown).toMatchObject({ code: 'buffer-exceeded' });
    });
  });

  describe('when it is disposed of', () => {
    it('closes the socket, ends turns and refuses to open', async () => {
      const server = await answering();
      const transport = make();
      const running = await transport.open(request(server, { body: '-a' }));
      const waiting = transport.open(request(server, { body: 'b' }));
      transport.dispose?.();
      expect(dataOf((await batchesOf(running)).flatMap(({ frames }) => frames))).toEqual([]);
      await expect(waiting).rejects.toMatchObject({ code: 'disposed' });
      await expect(transport.open(request(server))).rejects.toMatchObject({ code: 'disposed' });
      await server.sockets[0]?.ended;
    });
  });

  describe('when it is used wrongly', () => {
    it.each([
      ['a header that a socket cannot send', { headers: { authorization: 'k' } }],
      ['a resume by header', { headers: { 'last-event-id': '7' } }],
      ['a protocol that is not spoken over sockets', { framings: ['sse' as const] }],
      ['a url that is not valid', { url: '/chat' }],
      ['a url of another kind', { url: 'ftp://127.0.0.1/' }],
    ])('says so: %s', async (_, wrong) => {
      const opened = make().open({
        url: 'http://127.0.0.1/',
        framings: ['socket'],
        signal: new AbortController().signal,
        ...wrong,
      });
      await expect(opened).rejects.toMatchObject({ name: 'UsageError', code: 'invalid-option' });
    });

    it('does not mind headers that only describe the body', async () => {
      const server = await answering();
      const headers = { 'content-type': 'application/json', accept: '*/*', 'idempotency-key': '1' };
      expect(await readTurn(await make().open(request(server, { body: 'a', headers })))).toContain('done');
    });
  });
});
