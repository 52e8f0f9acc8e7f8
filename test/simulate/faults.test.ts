import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawFaults } from '../../src/simulate/draw-faults.ts';
import { formatFaults, parseFaults } from '../../src/simulate/fault-text.ts';
import { type Ending, type Fault, type FaultType, strikes } from '../../src/simulate/faults.ts';
import { type RunningSimulator, startSimulator } from '../../src/simulate/node-host.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { ask, type AskOptions, askRequest, readRecords } from './client.ts';

let host: RunningSimulator;
beforeAll(async () => {
  host = await startSimulator();
});
afterAll(() => host.close());

let turns = 0;
/** A turn of its own for every question, so that no test meets another's attempts. */
const fresh = (options: AskOptions = {}): AskOptions => ({ turn: `t${(turns += 1)}`, ...options });

/** The body of a reply as it is on the wire, and how the connection ended: nothing but a socket would tell. */
function raw(
  options: AskOptions,
): Promise<{ readonly body: string; readonly end: 'FIN' | 'RST' | 'open'; readonly whole: boolean }> {
  const request = askRequest(host.url, options);
  const { pathname, search, port, hostname } = new URL(request.url);
  return new Promise((resolve) => {
    let text = '';
    let end: 'FIN' | 'RST' | 'open' = 'open';
    const socket = connect(Number(port), hostname, () => {
      const body = '{"message":"hi"}';
      socket.write(`POST ${pathname}${search} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    });
    socket.on('data', (data) => {
      text += data.toString('latin1');
      if (text.endsWith('\r\n0\r\n\r\n')) socket.destroy();
    });
    socket.on('end', () => (end = 'FIN'));
    socket.on('error', () => (end = 'RST'));
    socket.on('close', () => resolve({ ...unchunk(text), end }));
  });
}

/** Takes the chunked framing off; `whole` where its terminator is there. */
function unchunk(text: string): { readonly body: string; readonly whole: boolean } {
  let rest = text.slice(text.indexOf('\r\n\r\n') + 4);
  let body = '';
  for (;;) {
    const line = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.slice(0, line), 16);
    if (line < 0 || !(size > 0)) return { body, whole: size === 0 };
    body += rest.slice(line + 2, line + 2 + size);
    rest = rest.slice(line + 4 + size);
  }
}

describe('parseFaults', () => {
  it('reads what formatFaults writes, for every kind', () => {
    const faults: Record<FaultType, Fault> = {
      refuse: { type: 'refuse', end: 'hang' },
      latency: { type: 'latency', ms: 30 },
      status: {
        type: 'status',
        status: 429,
        retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT',
        location: '/x?a=b;c',
        until: Infinity,
      },
      'content-type': { type: 'content-type', value: 'text/plain; charset=utf-8', attempt: 2 },
      cut: { type: 'cut', at: 120, end: 'reset', ms: 0, code: 1012, attempt: 2, until: 3 },
      stall: { type: 'stall', at: 4, ms: 9 },
      drip: { type: 'drip', at: 1, length: 2, bytes: 3, ms: 4 },
      duplicate: { type: 'duplicate', record: 4, later: 2 },
      swap: { type: 'swap', record: 3, by: 2 },
      drop: { type: 'drop', record: 5, count: 2 },
      oversize: { type: 'oversize', record: 1, bytes: 100 },
      malformed: { type: 'malformed', record: 2 },
    };
    const list = Object.values(faults);
    expect(parseFaults(formatFaults(list))).toEqual(list);
  });

  it('fills in what is not said', () => {
    expect(parseFaults('cut; status ;')).toEqual([
      { type: 'cut', at: 0, end: 'fin' },
      { type: 'status', status: 503 },
    ]);
  });

  it('refuses kinds, fields and values that do not exist', () => {
    for (const text of ['explode', 'cut:where=1', 'cut:at=soon', 'cut:end=gently', 'stall:ms=-1']) {
      expect(() => parseFaults(text)).toThrow(/Rivulet: /);
    }
  });
});

describe('drawFaults', () => {
  it('draws the same schedule from the same seed, and every fault is met by a client that keeps resuming', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const options = { bytes: 2_000, records: 40, numbered: true };
      const faults = drawFaults(createRandom(seed), options);
      expect(drawFaults(createRandom(seed), options)).toEqual(faults);
      expect(faults.length).toBeGreaterThan(0);
      expect(faults.length).toBeLessThanOrEqual(4);
      const ending = faults.filter((fault) => ['cut', 'status', 'refuse'].includes(fault.type));
      for (const fault of faults) {
        const before = ending.filter((other) => (other.attempt ?? 1) < (fault.attempt ?? 1));
        expect(before).toHaveLength((fault.attempt ?? 1) - 1);
        expect(strikes(fault, fault.attempt ?? 1)).toBe(true);
      }
    }
  });

  it('leaves out what a server without numbers cannot make good', () => {
    const drawn = Array.from({ length: 100 }, (_, seed) => drawFaults(createRandom(seed), { bytes: 99, records: 9 }));
    const kinds = new Set(drawn.flat().map((fault) => fault.type));
    expect(['swap', 'drop', 'duplicate'].some((kind) => kinds.has(kind as FaultType))).toBe(false);
  });
});

describe('a fault', () => {
  it('cuts at every byte asked for, by each ending', async () => {
    const { body } = await raw(fresh({ ids: false }));
    const wanted: readonly [Ending, 'FIN' | 'RST' | 'open', boolean][] = [
      ['eof', 'open', true],
      ['fin', 'FIN', false],
      ['abort', 'FIN', false],
      ['reset', 'RST', false],
    ];
    for (const [ending, end, whole] of wanted) {
      for (const at of [1, 20, 83, 200, body.length - 1]) {
        const faults: readonly Fault[] = [{ type: 'cut', at, end: ending }];
        expect(await raw(fresh({ faults, ids: false }))).toEqual({ body: body.slice(0, at), end, whole });
      }
    }
  });

  it('refuses the connection before any reply', async () => {
    for (const end of ['fin', 'abort', 'reset'] as const) {
      expect(await raw(fresh({ faults: [{ type: 'refuse', end }] }))).toMatchObject({
        body: '',
        end: end === 'reset' ? 'RST' : 'FIN',
      });
    }
  });

  it('keeps a connection that says nothing more until the client leaves, and sees it leave', async () => {
    for (const fault of ['cut:at=60,end=hang', 'refuse:end=hang', 'stall:at=60,ms=600000', 'latency:ms=600000']) {
      const options = fresh({ faults: parseFaults(fault) });
      const stop = new AbortController();
      const reply = ask(host.url, { ...options, signal: stop.signal }).catch((error: unknown) => ({ error }));
      await expect.poll(() => host.simulator.turnStats(options.turn ?? '').open).toBe(1);
      stop.abort();
      expect((await reply).error).toMatchObject({ name: 'AbortError' });
      await expect.poll(() => host.simulator.turnStats(options.turn ?? '')).toMatchObject({ open: 0, aborts: 1 });
    }
  });

  it('stalls and drips without losing a byte', async () => {
    const plain = await raw(fresh({ ids: false }));
    const options = fresh({ faults: parseFaults('stall:at=30,ms=20;drip:at=100,length=20,bytes=3,ms=1'), ids: false });
    expect(await raw(options)).toEqual(plain);
  });

  it('answers with a status, its Retry-After and the format’s own words', async () => {
    const options = fresh({ faults: parseFaults('status:status=503,retryAfter=2,until=2') });
    const refusals = [await ask(host.url, options), await ask(host.url, options)];
    for (const reply of refusals) {
      expect(reply).toMatchObject({ status: 503, text: '{"detail":"The server is busy"}' });
      expect(reply.headers.get('retry-after')).toBe('2');
    }
    expect((await ask(host.url, options)).status).toBe(200);
  });

  it('knows a token from none', async () => {
    const asked = async (authorization: string) =>
      (await ask(host.url, fresh({ token: 'secret', headers: { authorization } }))).status;
    expect(await asked('Bearer stale')).toBe(401);
    expect(await asked('Bearer secret')).toBe(200);
  });

  it('mislabels the stream, or puts a web page in its place', async () => {
    const mislabelled = await ask(host.url, fresh({ faults: [{ type: 'content-type', value: 'application/json' }] }));
    expect(mislabelled.headers.get('content-type')).toBe('application/json');
    expect(readRecords(mislabelled.text).answer).toContain('Hello');
    const page = await ask(host.url, fresh({ faults: [{ type: 'content-type', value: 'text/html' }] }));
    expect(page.text).toContain('<!doctype html>');
  });

  it('repeats, swaps and drops records', async () => {
    const tokens = async (faults: string) =>
      readRecords(
        (await ask(host.url, fresh({ script: 'echo', message: 'abcdef', tokenChars: 1, faults: parseFaults(faults) })))
          .text,
      ).answer;
    expect(await tokens('')).toBe('abcdef');
    expect(await tokens('duplicate:record=2')).toBe('abccdef');
    expect(await tokens('duplicate:record=2,later=2')).toBe('abcdecf');
    expect(await tokens('swap:record=2')).toBe('abdcef');
    expect(await tokens('swap:record=1,by=3')).toBe('acdebf');
    expect(await tokens('drop:record=2,count=2')).toBe('abef');
    expect(await tokens('drop:record=2;swap:record=3;duplicate:record=0')).toBe('aabedf');
  });

  it('adds records that are too large or not readable, and loses none', async () => {
    const options = fresh({ script: 'echo', message: 'ab', tokenChars: 1 });
    const { text } = await ask(host.url, {
      ...options,
      faults: parseFaults('oversize:record=1,bytes=500000;malformed:record=0'),
    });
    const { answer, events } = readRecords(text);
    expect(answer).toBe('ab');
    expect(events.map((event) => event.event)).toEqual(['token', 'token', 'oversize', 'token', 'done']);
    expect(events[2]?.data.length).toBeGreaterThan(500_000);
    expect(() => JSON.parse(events[0]?.data ?? '') as unknown).toThrow(SyntaxError);
  });

  it('packs the body in gzip that a client unpacks as it comes', async () => {
    const plain = await ask(host.url, fresh({ script: 'markdown', ids: false }));
    const packed = await ask(host.url, fresh({ script: 'markdown', ids: false, gzip: true }));
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.text).toBe(plain.text);
    const large = await ask(host.url, fresh({ gzip: true, faults: parseFaults('oversize:record=0,bytes=200000') }));
    expect(large.text.length).toBeGreaterThan(200_000);
  });
});
