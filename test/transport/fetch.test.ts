import { afterEach, describe, expect, it } from 'vitest';
import { fetchTransport } from '../../src/transport/fetch.ts';
import type { TransportConnection, TransportRequest } from '../../src/transport/transport.ts';
import { batchesOf, readOut } from '../support/batches.ts';
import { startEventStreamServer } from '../support/http-peer.ts';
import {
  type Answer,
  beginStream,
  closed,
  type HttpServer,
  startHttpServer,
  unusedUrl,
} from '../support/http-server.ts';
import { describeTransportContract, describeUnreachable } from './contract.ts';

describeTransportContract('fetchTransport', {
  start: (serve) => startEventStreamServer(fetchTransport(), serve),
  cut: { error: { code: 'closed-early', retryable: true } },
  leaving: 'closes',
  platformListeners: 1,
});

describeUnreachable('fetchTransport', fetchTransport, unusedUrl);

describe('fetchTransport', () => {
  const servers: HttpServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  async function start(answer: Answer): Promise<HttpServer> {
    const server = await startHttpServer(answer);
    servers.push(server);
    return server;
  }

  function open(url: string, request: Partial<TransportRequest> = {}): Promise<TransportConnection> {
    return fetchTransport().open({ url, signal: new AbortController().signal, ...request });
  }

  it('sends method, headers and body, and asks for the framings it reads', async () => {
    const server = await start((response) => {
      beginStream(response);
      response.end();
    });
    await open(`${server.url}/path?q=1`, {
      method: 'POST',
      headers: { 'x-key': 'v', 'content-type': 'application/json' },
      body: '{}',
      framings: ['sse', 'ndjson', 'socket'],
    });
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: '/path?q=1',
        body: '{}',
        headers: {
          'x-key': 'v',
          'content-type': 'application/json',
          accept: 'text/event-stream, application/x-ndjson',
        },
      },
    ]);
  });

  it("leaves the caller's accept header alone", async () => {
    const server = await start((response) => {
      beginStream(response);
      response.end();
    });
    await open(server.url, { headers: { accept: 'text/event-stream;v=2' } });
    expect(server.requests[0]?.headers.accept).toBe('text/event-stream;v=2');
  });

  it("tells the reply's head", async () => {
    const server = await start((response) => {
      response.writeHead(201, { 'Content-Type': 'Text/Event-Stream; charset=utf-8', 'X-Run': '7' });
      response.end('data: a\n\n');
    });
    const { response } = await open(server.url);
    expect(response).toMatchObject({ status: 201, url: `${server.url}/`, framing: 'sse', headers: { 'x-run': '7' } });
  });

  it.each([
    ['text/event-stream', 'sse', 'data: a\n\n'],
    ['application/x-ndjson', 'ndjson', 'a\n'],
    ['application/jsonl; charset=utf-8', 'ndjson', 'a'],
    ['text/plain; charset=utf-8', 'lines', 'a\n'],
  ] as const)('reads %s as %s', async (contentType, framing, body) => {
    const server = await start((response) => {
      beginStream(response, contentType);
      response.end(body);
    });
    const connection = await open(server.url, { framings: ['sse', 'ndjson', 'lines'] });
    expect(connection.response.framing).toBe(framing);
    expect((await readOut(connection)).data).toEqual(['a']);
  });

  it('counts the bytes of each read, also of those that complete no frame', async () => {
    let write!: (text: string) => void;
    const server = await start((response) => {
      beginStream(response);
      write = (text) => void response.write(text);
    });
    const connection = await open(server.url);
    const batches = connection.batches[Symbol.asyncIterator]();
    write('data: 字');
    expect((await batches.next()).value).toEqual({ frames: [], bytes: 9 });
    write('\n');
    expect((await batches.next()).value).toEqual({ frames: [], bytes: 1 });
    write('\n');
    expect((await batches.next()).value).toMatchObject({ bytes: 1, frames: [{ data: '字' }] });
    await batches.return?.();
  });

  it('removes one byte order mark and joins characters across reads', async () => {
    const bytes = new TextEncoder().encode('\uFEFFdata: \uFEFF字😀\n\n');
    let write!: (byte: number) => void;
    const server = await start((response) => {
      beginStream(response);
      write = (byte) => void response.write(Uint8Array.of(byte));
    });
    const connection = await open(server.url);
    const batches = connection.batches[Symbol.asyncIterator]();
    const frames = [];
    for (const byte of bytes) {
      write(byte);
      frames.push(...(await batches.next()).value.frames);
    }
    expect(frames).toEqual([{ kind: 'message', event: 'message', data: '\uFEFF字😀', id: undefined }]);
    await batches.return?.();
  });

  it('delivers a last NDJSON line without an ending, and no unfinished SSE record', async () => {
    const server = await start((response, { path }) => {
      beginStream(response, path === '/sse' ? 'text/event-stream' : 'application/x-ndjson');
      response.end(path === '/sse' ? 'data: a\n\ndata: b\n' : 'a\nb');
    });
    const framings = ['sse', 'ndjson'] as const;
    expect((await readOut(await open(`${server.url}/sse`, { framings }))).data).toEqual(['a']);
    expect((await readOut(await open(`${server.url}/ndjson`, { framings }))).data).toEqual(['a', 'b']);
  });

  it('does not read ahead, so a slow reader slows the server', async () => {
    const piece = `data: ${'x'.repeat(60_000)}\n\n`;
    let written = 0;
    let stuck!: () => void;
    const wasStuck = new Promise<void>((resolve) => (stuck = resolve));
    const server = await start(async (response) => {
      beginStream(response);
      for (; written < 2000 && !response.closed; written++) {
        if (response.write(piece)) continue;
        const drained = new Promise<void>((resolve) => response.once('drain', resolve).once('close', resolve));
        // Nothing but the reader can free the socket: when it stays full over many turns of the loop, it is full.
        await Promise.race([
          drained,
          manyTurns(2000)
            .then(stuck)
            .then(() => drained),
        ]);
      }
    });
    const connection = await open(server.url);
    await wasStuck;
    expect(written).toBeLessThan(1000);
    await connection.batches[Symbol.asyncIterator]().return?.();
  });

  it('ends at once on 204', async () => {
    const server = await start((response) => void response.writeHead(204).end());
    const connection = await open(server.url);
    expect(connection.response.status).toBe(204);
    expect(await batchesOf(connection)).toEqual([{ frames: [], bytes: 0, end: { kind: 'eof' } }]);
  });

  describe('when the reply is no stream', () => {
    const rejected = async (answer: Answer, request: Partial<TransportRequest> = {}): Promise<unknown> => {
      const server = await start(answer);
      return open(server.url, { method: 'POST', body: 'q', ...request }).catch((error: unknown) => error);
    };

    it.each([400, 403, 404, 409, 410, 413, 422, 418])('%i cannot be retried', async (status) => {
      const error = await rejected((response) => void response.writeHead(status, { 'x-a': 'b' }).end('why'));
      expect(error).toMatchObject({
        code: 'http-status',
        status,
        retryable: false,
        details: { status, headers: { 'x-a': 'b' }, body: 'why' },
      });
    });

    it.each([408, 425, 429, 500, 502, 503, 504])('%i can be retried', async (status) => {
      const error = await rejected((response) => void response.writeHead(status).end());
      expect(error).toMatchObject({ code: 'http-status', status, retryable: true });
    });

    it('401 is unauthorized', async () => {
      const error = await rejected((response) => void response.writeHead(401).end('{"error":"expired"}'));
      expect(error).toMatchObject({ code: 'unauthorized', status: 401, details: { body: '{"error":"expired"}' } });
    });

    it.each([
      ['text/html', { 'content-type': 'text/html' }],
      ['application/json', { 'content-type': 'application/json' }],
      ['none', {}],
      ['a framing that was not asked for', { 'content-type': 'application/x-ndjson' }],
    ])('content type %s is wrong', async (_, headers) => {
      const error = await rejected((response) => void response.writeHead(200, headers).end('<h1>Sign in</h1>'));
      expect(error).toMatchObject({
        code: 'wrong-content-type',
        status: 200,
        excerpt: '<h1>Sign in</h1>',
        details: { status: 200, body: '<h1>Sign in</h1>' },
      });
      expect((error as Error).message).not.toContain('Sign in');
    });

    it('reads 64 KB of the body at most, and closes the connection', async () => {
      let gone!: Promise<void>;
      const error = await rejected((response) => {
        gone = closed(response);
        response.writeHead(500);
        const more = (): void => {
          while (!response.closed && response.write('x'.repeat(10_000)));
        };
        response.on('drain', more);
        more();
      });
      expect((error as { details: { body: string } }).details.body).toBe('x'.repeat(64 * 1024));
      await gone;
    });

    it('keeps the status when its body breaks off', async () => {
      const error = await rejected((response) => {
        response.writeHead(503, { 'content-length': '100' });
        response.write('busy', () => response.socket?.destroy());
      });
      expect(error).toMatchObject({ code: 'http-status', status: 503, retryable: true });
    });

    describe('and says when to come back', () => {
      const askedBy = async (headers: Record<string, string>): Promise<number | undefined> => {
        const server = await start((response) => {
          response.sendDate = false;
          response.writeHead(429, headers).end();
        });
        const transport = fetchTransport({ clock: { now: () => Date.UTC(2026, 0, 1, 12, 0, 0) } });
        const error: unknown = await transport
          .open({ url: server.url, signal: new AbortController().signal })
          .catch((thrown: unknown) => thrown);
        return (error as { retryAfterMs?: number }).retryAfterMs;
      };

      it.each([
        ['seconds', { 'retry-after': '7' }, 7000],
        ['none', {}, undefined],
        ['nonsense', { 'retry-after': 'soon' }, undefined],
        ['a negative number', { 'retry-after': '-5' }, undefined],
        ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
        ['a date, by our clock', { 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }, 30_000],
        ['a date gone by', { 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, 0],
        [
          "a date, by the server's clock",
          { 'retry-after': 'Thu, 01 Jan 2026 13:00:05 GMT', date: 'Thu, 01 Jan 2026 13:00:00 GMT' },
          5000,
        ],
      ])('in %s', async (_, headers, expected) => {
        expect(await askedBy(headers as Record<string, string>)).toBe(expected);
      });
    });
  });

  describe('when it is redirected', () => {
    const redirecting = (status: number, target: (path: string) => string | undefined): Promise<HttpServer> =>
      start((response, { path, method }) => {
        const location = target(path);
        if (location !== undefined) return void response.writeHead(status, { location }).end();
        beginStream(response);
        response.end(`data: ${method}\n\n`);
      });

    it.each([301, 302, 303])('refuses %i for a POST: it would become a GET', async (status) => {
      const server = await redirecting(status, (path) => (path === '/a' ? '/b' : undefined));
      const opened = open(`${server.url}/a`, { method: 'POST', body: 'q' });
      await expect(opened).rejects.toMatchObject({ code: 'redirected', retryable: false });
      expect(server.requests.length).toBe(1);
    });

    it.each([307, 308])('follows %i with method and body', async (status) => {
      const server = await redirecting(status, (path) => (path === '/a' ? 'b?x=1' : undefined));
      const connection = await open(`${server.url}/a`, { method: 'POST', body: 'q', headers: { authorization: 'k' } });
      expect((await readOut(connection)).data).toEqual(['POST']);
      expect(connection.response.url).toBe(`${server.url}/b?x=1`);
      expect(server.requests[1]).toMatchObject({ body: 'q', headers: { authorization: 'k' } });
    });

    it('does not carry credentials to another origin', async () => {
      const other = await redirecting(307, () => undefined);
      const server = await redirecting(307, () => `${other.url}/b`);
      await open(server.url, { method: 'POST', body: 'q', headers: { authorization: 'k', 'x-a': 'b' } });
      expect(other.requests[0]?.headers).toMatchObject({ 'x-a': 'b' });
      expect(other.requests[0]?.headers.authorization).toBeUndefined();
    });

    it('gives up on a loop', async () => {
      const server = await redirecting(307, (path) => path);
      await expect(open(server.url, { method: 'POST', body: 'q' })).rejects.toMatchObject({ code: 'redirected' });
    });

    it('lets a GET go where it is sent', async () => {
      const server = await redirecting(302, (path) => (path === '/a' ? '/b' : undefined));
      expect((await readOut(await open(`${server.url}/a`))).data).toEqual(['GET']);
    });

    it('names the redirect where the platform followed it and found no stream', async () => {
      const server = await start((response, { path }) => {
        if (path === '/a') response.writeHead(302, { location: '/b' }).end();
        else response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
      });
      const transport = fetchTransport({ fetch: (url, init) => fetch(url, { ...init, redirect: 'follow' }) });
      const opened = transport.open({
        url: `${server.url}/a`,
        method: 'POST',
        body: 'q',
        signal: new AbortController().signal,
      });
      await expect(opened).rejects.toMatchObject({ code: 'redirected' });
    });
  });

  it('throws closed-early when the server goes away without ending the reply', async () => {
    const server = await start((response) => {
      beginStream(response);
      response.write('data: a\n\n', () => response.socket?.destroy());
    });
    const { data, thrown } = await readOut(await open(server.url));
    expect(data).toEqual(['a']);
    expect(thrown).toMatchObject({ code: 'closed-early', retryable: true });
  });

  it('is aborted while it waits for the reply', async () => {
    const controller = new AbortController();
    let gone!: Promise<void>;
    const server = await start((response) => {
      gone = closed(response);
      controller.abort();
    });
    await expect(open(server.url, { signal: controller.signal })).rejects.toMatchObject({
      name: 'TransportError',
      retryable: false,
    });
    await gone;
  });

  describe('when it is used wrongly', () => {
    it.each([
      ['a relative url outside of a page', { url: '/chat' }],
      ['a header that HTTP does not allow', { url: 'http://127.0.0.1/', headers: { 'x-a': 'a\nb' } }],
      ['a GET with a body', { url: 'http://127.0.0.1/', body: 'q' }],
      ['a protocol of sockets alone', { url: 'http://127.0.0.1/', framings: ['socket' as const] }],
    ])('says so: %s', async (_, request) => {
      await expect(open(request.url, request)).rejects.toMatchObject({ name: 'UsageError', code: 'invalid-option' });
    });
  });

  describe('with a fetch of its own', () => {
    it('calls it for each request', async () => {
      const seen: string[] = [];
      const transport = fetchTransport({
        fetch: async (url) => {
          seen.push(url);
          return new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } });
        },
      });
      const connection = await transport.open({ url: '/relative', signal: new AbortController().signal });
      expect((await readOut(connection)).data).toEqual(['a']);
      expect(connection.response.url).toBe('/relative');
      expect(seen).toEqual(['/relative']);
    });

    it('cancels a body that does not know of the signal', async () => {
      const controller = new AbortController();
      let cancelled!: () => void;
      const wasCancelled = new Promise<void>((resolve) => (cancelled = resolve));
      const transport = fetchTransport({
        fetch: async () =>
          new Response(new ReadableStream({ cancel: cancelled }), { headers: { 'content-type': 'text/event-stream' } }),
      });
      const connection = await transport.open({ url: '/', signal: controller.signal });
      const read = connection.batches[Symbol.asyncIterator]().next();
      controller.abort();
      expect(await read).toEqual({ done: true, value: undefined });
      await wasCancelled;
    });

    it('reads a whole reply where bodies are no streams', async () => {
      const transport = fetchTransport({
        fetch: async () => {
          const response = new Response('data: a\n\ndata: 字\n\n', {
            headers: { 'content-type': 'text/event-stream' },
          });
          Object.defineProperty(response, 'body', { value: undefined });
          return response;
        },
      });
      const connection = await transport.open({ url: '/', signal: new AbortController().signal });
      expect((await readOut(connection)).data).toEqual(['a', '字']);
    });
  });
});

/** Lets the event loop turn: time for the network, none by the clock. */
async function manyTurns(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
