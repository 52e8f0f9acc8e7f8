import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fetchEventSourceTransport } from '../../src/transport/fetch-event-source.ts';
import type { TransportConnection, TransportRequest } from '../../src/transport/transport.ts';
import { batchesOf, readMessages, readOut } from '../support/batches.ts';
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

/** As much of a page as the library looks at. */
const page = Object.assign(new EventTarget(), { hidden: false });

beforeAll(() => {
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', page);
});
afterAll(() => {
  vi.unstubAllGlobals();
});

describeTransportContract('fetchEventSourceTransport', {
  start: (serve) => startEventStreamServer(fetchEventSourceTransport(), serve),
  cut: { error: { code: 'closed-early', retryable: true } },
  leaving: 'closes',
  platformListeners: 1,
});

describeUnreachable('fetchEventSourceTransport', fetchEventSourceTransport, unusedUrl);

describe('fetchEventSourceTransport', () => {
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
    return fetchEventSourceTransport().open({
      url,
      method: 'POST',
      body: 'q',
      signal: new AbortController().signal,
      ...request,
    });
  }

  const streaming =
    (body: string): Answer =>
    (response) => {
      beginStream(response);
      response.end(body);
    };

  it('sends the headers it is given, the cursor among them', async () => {
    const server = await start(streaming('id: 8\ndata: a\n\n'));
    await batchesOf(await open(server.url, { headers: { 'last-event-id': '7', 'content-type': 'application/json' } }));
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        body: 'q',
        headers: { 'last-event-id': '7', 'content-type': 'application/json', accept: 'text/event-stream' },
      },
    ]);
  });

  it('keeps what the library would lose', async () => {
    const server = await start(
      streaming('\uFEFF: hi\ndata\ndata\n\nretry: 1000x\nid: 1\u0000\ndata: \uFEFFa\n\nevent: ping\n\n'),
    );
    const batches = await batchesOf(await open(server.url));
    expect(batches.flatMap(({ frames }) => frames)).toEqual([
      { kind: 'comment', text: 'hi' },
      { kind: 'message', event: 'message', data: '\n' },
      { kind: 'message', event: 'message', data: '\uFEFFa' },
      { kind: 'message', event: 'ping', data: null },
    ]);
  });

  it('makes one request, whatever becomes of it', async () => {
    const ends: readonly Answer[] = [
      streaming('data: a\n\n'),
      (response) => {
        beginStream(response);
        response.write('data: a\n\n', () => response.socket?.destroy());
      },
      (response) => void response.writeHead(503).end(),
      (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(),
      (response) => void response.socket?.destroy(),
    ];
    for (const end of ends) {
      const server = await start(end);
      await open(server.url).then(readOut, () => undefined);
      expect(server.requests.length).toBe(1);
    }
  });

  it('makes no second request when the tab is hidden and shown', async () => {
    let write!: (data: string) => void;
    const server = await start((response) => {
      beginStream(response);
      write = (data) => void response.write(`data: ${data}\n\n`);
    });
    const connection = await open(server.url);
    const batches = connection.batches[Symbol.asyncIterator]();
    for (const hidden of [true, false]) {
      page.hidden = hidden;
      page.dispatchEvent(new Event('visibilitychange'));
      write('a');
      expect(await readMessages(batches, 1)).toEqual(['a']);
    }
    expect(server.requests.length).toBe(1);
    await batches.return?.();
  });

  it('closes the body of a reply that it refuses', async () => {
    let gone!: Promise<void>;
    const server = await start((response) => {
      gone = closed(response);
      response.writeHead(500);
      const more = (): void => {
        while (!response.closed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    await expect(open(server.url)).rejects.toMatchObject({ code: 'http-status', status: 500, retryable: true });
    await gone;
  });

  it.each([
    [401, {}, { code: 'unauthorized' }],
    [429, { 'retry-after': '3' }, { code: 'http-status', retryable: true, retryAfterMs: 3000 }],
    [404, {}, { code: 'http-status', retryable: false, details: { body: 'why' } }],
    [200, { 'content-type': 'text/html' }, { code: 'wrong-content-type' }],
    [302, { location: '/elsewhere' }, { code: 'redirected' }],
  ])('refuses a reply of status %i with %o', async (status, headers, error) => {
    const server = await start((response) => void response.writeHead(status, headers).end('why'));
    await expect(open(server.url)).rejects.toMatchObject(error);
  });

  it('ends at once on 204', async () => {
    const server = await start((response) => void response.writeHead(204).end());
    const connection = await open(server.url);
    expect(connection.response.status).toBe(204);
    expect(await batchesOf(connection)).toEqual([{ frames: [], bytes: 0, end: { kind: 'eof' } }]);
  });

  it('reads other framings too', async () => {
    const server = await start((response) => {
      beginStream(response, 'application/x-ndjson');
      response.end('{"a":1}\n{"a":2}');
    });
    expect((await readOut(await open(server.url, { framings: ['ndjson'] }))).data).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('reads a line of 4 MB that comes in small pieces', async () => {
    const text = 'x'.repeat(4 * 1024 * 1024);
    const server = await start(async (response) => {
      beginStream(response);
      const whole = `data: ${text}\n\n`;
      for (let at = 0; at < whole.length; at += 1448) {
        if (!response.write(whole.slice(at, at + 1448)))
          await new Promise((resolve) => response.once('drain', resolve));
      }
      response.end();
    });
    const { data } = await readOut(await open(server.url));
    expect(data.length === 1 && data[0] === text).toBe(true);
  });

  it('says where it cannot run', async () => {
    vi.stubGlobal('document', undefined);
    const opened = open('http://127.0.0.1/');
    vi.stubGlobal('document', page);
    await expect(opened).rejects.toMatchObject({ name: 'UsageError', code: 'invalid-option' });
  });
});
