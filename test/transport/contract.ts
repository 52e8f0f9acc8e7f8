// The laws of the transport port. Each transport's test file runs them over its own kind of real server.
import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChatOptions } from '../../src/compose/chat-options.ts';
import { createChat } from '../../src/compose/create-chat.ts';
import { typed } from '../../src/protocol/typed.ts';
import type { Transport, TransportConnection, TransportRequest } from '../../src/transport/transport.ts';
import { batchesOf, readMessages, readOut } from '../support/batches.ts';

/** One request, seen from the server. */
export interface Peer {
  readonly body: string;
  /** Sends one record with this data. */
  send(data: string): void;
  /** Ends the connection in peace. */
  end(): void;
  /** Cuts the connection. */
  cut(): void;
  /** Resolves when the client is gone. */
  readonly gone: Promise<void>;
}

export interface Server {
  readonly url: string;
  readonly transport: Transport;
  close(): Promise<void>;
}

export interface ContractOptions {
  /** Starts a server that hands each request to `serve`, once it has told the client that the connection stands. */
  start(serve: (peer: Peer) => void): Promise<Server>;
  /** How a cut in the middle is told: by an error, or by an end that is not clean. */
  readonly cut: { readonly error: object } | { readonly end: object };
  /** What the server sees when the reader leaves: a socket lives on. */
  readonly leaving: 'closes' | 'keeps';
  /** Listeners that the platform itself leaves on the signal of a request. Default 0. */
  readonly platformListeners?: number;
}

export function describeTransportContract(name: string, options: ContractOptions): void {
  const { platformListeners = 0 } = options;
  describe(`${name}, as a transport`, () => {
    const servers: Server[] = [];
    afterEach(async () => {
      for (const server of servers.splice(0)) {
        server.transport.dispose?.();
        await server.close();
      }
    });

    async function start(serve: (peer: Peer) => void): Promise<Server> {
      const server = await options.start(serve);
      servers.push(server);
      return server;
    }

    /** Opens one connection and gives both ends of it. */
    async function connect(request: Partial<TransportRequest> = {}): Promise<{
      readonly connection: TransportConnection;
      readonly peer: Peer;
      readonly controller: AbortController;
    }> {
      let meet!: (peer: Peer) => void;
      const met = new Promise<Peer>((resolve) => (meet = resolve));
      const server = await start((peer) => meet(peer));
      const controller = new AbortController();
      const connection = await server.transport.open({
        url: server.url,
        method: 'POST',
        body: 'question',
        framings: ['sse', 'socket'],
        signal: controller.signal,
        ...request,
      });
      return { connection, peer: await met, controller };
    }

    it('sends the body', async () => {
      const { peer } = await connect({ body: '{"question":"字"}' });
      expect(peer.body).toBe('{"question":"字"}');
    });

    it('resolves once the connection stands, before the first frame', async () => {
      const { connection } = await connect();
      expect(connection.response.status).toBeGreaterThan(100);
      expect(connection.response.url).toMatch(/:\/\//);
      expect(['sse', 'socket']).toContain(connection.response.framing);
    });

    it('hands over every record, in order and once', async () => {
      const { connection, peer } = await connect();
      const sent = Array.from({ length: 300 }, (_, index) => `${index} 字😀`);
      for (const data of sent) peer.send(data);
      peer.end();
      const { data, thrown } = await readOut(connection);
      expect(thrown).toBeUndefined();
      expect(data).toEqual(sent);
    });

    it('hands over what arrived while more is still to come', async () => {
      const { connection, peer } = await connect();
      const batches = connection.batches[Symbol.asyncIterator]();
      for (const data of ['a', 'b', 'c']) {
        peer.send(data);
        expect(await readMessages(batches, 1)).toEqual([data]);
      }
    });

    it('tells the end on the last batch alone, and counts bytes', async () => {
      const { connection, peer } = await connect();
      peer.send('a');
      peer.send('b');
      peer.end();
      const batches = await batchesOf(connection);
      expect(batches.at(-1)?.end).toBeDefined();
      expect(batches.slice(0, -1).every((batch) => batch.end === undefined)).toBe(true);
      expect(batches.reduce((sum, batch) => sum + batch.bytes, 0)).toBeGreaterThan(1);
    });

    it('can be read once', async () => {
      const { connection, peer } = await connect();
      peer.end();
      await batchesOf(connection);
      expect(() => connection.batches[Symbol.asyncIterator]()).toThrow(
        expect.objectContaining({ code: 'invalid-option' }),
      );
    });

    it('stays at its end', async () => {
      const { connection, peer } = await connect();
      peer.end();
      const batches = connection.batches[Symbol.asyncIterator]();
      while (!(await batches.next()).done);
      expect(await batches.next()).toEqual({ done: true, value: undefined });
    });

    it('tells a cut in the middle, after what arrived before it', async () => {
      const { connection, peer } = await connect();
      const batches = connection.batches[Symbol.asyncIterator]();
      peer.send('a');
      expect(await readMessages(batches, 1)).toEqual(['a']);
      peer.cut();
      const told = await batches.next().then(
        ({ value }) => ({ end: value?.end }),
        (error: unknown) => ({ error }),
      );
      expect(told).toMatchObject(options.cut);
      expect(await batches.next()).toEqual({ done: true, value: undefined });
    });

    it('throws buffer-exceeded for a record past the bound, after the frames before it', async () => {
      const { connection, peer } = await connect({ maxFrameBytes: 1000 });
      peer.send('a');
      peer.send('x'.repeat(2000));
      peer.send('b');
      const { data, thrown } = await readOut(connection);
      expect(data).toEqual(['a']);
      expect(thrown).toMatchObject({ code: 'buffer-exceeded' });
    });

    describe('when the reader leaves', () => {
      it(`${options.leaving} the connection, and no listener stays`, async () => {
        const { connection, peer, controller } = await connect();
        peer.send('a');
        for await (const batch of connection.batches) if (batch.frames.length > 0) break;
        expect(getEventListeners(controller.signal, 'abort').length).toBe(platformListeners);
        if (options.leaving === 'closes') await peer.gone;
      });

      it('ends a read that is out', async () => {
        const { connection } = await connect();
        const batches = connection.batches[Symbol.asyncIterator]();
        const read = batches.next();
        await batches.return?.();
        expect(await read).toEqual({ done: true, value: undefined });
        expect(await batches.next()).toEqual({ done: true, value: undefined });
      });
    });

    describe('when its signal is aborted', () => {
      it('ends a read that is out, without an error, and the server sees it', async () => {
        const { connection, peer, controller } = await connect();
        const batches = connection.batches[Symbol.asyncIterator]();
        const read = batches.next();
        controller.abort();
        expect(await read).toEqual({ done: true, value: undefined });
        await peer.gone;
      });

      it('hands over nothing more', async () => {
        const { connection, peer, controller } = await connect();
        peer.send('a');
        controller.abort();
        expect(await batchesOf(connection)).toEqual([]);
        await peer.gone;
      });

      it('refuses to open, and sends nothing', async () => {
        let requests = 0;
        const server = await start(() => (requests += 1));
        const opened = server.transport.open({
          url: server.url,
          framings: ['sse', 'socket'],
          signal: AbortSignal.abort(),
        });
        await expect(opened).rejects.toMatchObject({ name: 'TransportError', retryable: false });
        expect(requests).toBe(0);
      });
    });

    describe('in a chat whose own function throws while the request is made', () => {
      const cause = new Error('No token for Bearer secret.');
      const rejecting = () => Promise.reject(cause);
      it.each<[option: string, Partial<ChatOptions>]>([
        ['headers', { headers: rejecting }],
        ['prepareRequest', { prepareRequest: rejecting }],
      ])('sends nothing, asks once, and names `%s`', async (option, options) => {
        let requests = 0;
        const diagnostics: unknown[] = [];
        const { url, transport } = await start(() => (requests += 1));
        const onDiagnostic = (error: unknown) => diagnostics.push(error);
        const chat = createChat({ url, transport, protocol: typed(), onDiagnostic, ...options });
        const { status, error, message } = await chat.send('question');
        expect({ status, requests, diagnostics }).toEqual({ status: 'failed', requests: 0, diagnostics: [] });
        expect(error).toMatchObject({ code: 'option-failed', field: option, retryable: false, cause });
        expect(message?.error).toMatchObject({ code: 'option-failed', retryable: false });
        expect(JSON.stringify([message, error?.message])).not.toContain('secret');
      });
    });

    it('keeps no listener on the signal after the end', async () => {
      const { connection, peer, controller } = await connect();
      peer.end();
      await batchesOf(connection);
      expect(getEventListeners(controller.signal, 'abort').length).toBe(platformListeners);
    });

    it('opens connections that do not know of each other', async () => {
      const server = await start((peer) => {
        peer.send(`answer to ${peer.body}`);
        peer.end();
      });
      const answers = ['a', 'b', 'c'].map(async (body) => {
        const connection = await server.transport.open({
          url: server.url,
          method: 'POST',
          body,
          framings: ['sse', 'socket'],
          signal: new AbortController().signal,
        });
        return (await readOut(connection)).data;
      });
      expect(await Promise.all(answers)).toEqual([['answer to a'], ['answer to b'], ['answer to c']]);
    });
  });
}

/** What a transport over a network owes besides. `unusedUrl` is where nobody listens. */
export function describeUnreachable(name: string, transport: () => Transport, unusedUrl: () => Promise<string>): void {
  describe(`${name}, where nobody listens`, () => {
    it('rejects with connect-failed', async () => {
      const opened = transport().open({
        url: await unusedUrl(),
        framings: ['sse', 'socket'],
        signal: new AbortController().signal,
      });
      await expect(opened).rejects.toMatchObject({ code: 'connect-failed', retryable: true });
    });
  });
}
