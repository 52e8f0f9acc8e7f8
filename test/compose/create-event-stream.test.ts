import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { TransportError, type StreamError } from '../../src/base/errors.ts';
import {
  createEventStream,
  type EventOf,
  type EventSchemas,
  type EventStreamOptions,
} from '../../src/compose/create-event-stream.ts';
import { createOriginLimit } from '../../src/connection/origin-limit.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { createFakeEnvironment } from '../support/fake-environment.ts';
import { createPuppetTransport, frame } from '../support/puppet-transport.ts';

const url = 'https://example.test/feed';
const network = () => new TransportError('connect-failed', 'x', { retryable: true });
const number = (value: unknown): number => {
  if (typeof value !== 'number') throw new TypeError('Not a number.');
  return value;
};

function setUp<Schemas extends EventSchemas, Kept = EventOf<Schemas>>(
  options: Partial<EventStreamOptions<Schemas, Kept>> = {},
) {
  const clock = createFakeClock();
  const environment = createFakeEnvironment();
  const transport = createPuppetTransport();
  const diagnostics: StreamError[] = [];
  const stream = createEventStream<Schemas, Kept>({
    url,
    transport,
    platform: { clock, environment, random: () => 0.5, originLimit: createOriginLimit(() => undefined) },
    onDiagnostic: (error) => diagnostics.push(error),
    ...options,
  });
  const read = () => stream.getSnapshot();
  return { clock, environment, transport, diagnostics, stream, read };
}

const named = (event: string, data: string, id?: string) => ({ ...frame(data, id), event });

describe('createEventStream', () => {
  it('asks for nothing before it is opened', async () => {
    const { transport, read } = setUp();
    await settle();
    expect(transport.attempts).toHaveLength(0);
    expect(read()).toEqual({ connection: { status: 'idle' }, latest: undefined, events: [], error: undefined });
  });

  it('publishes the newest events once a frame, however many came', async () => {
    const { clock, transport, stream, read } = setUp();
    let told = 0;
    stream.open();
    await settle();
    transport.last.accept();
    await settle();
    stream.subscribe(() => void (told += 1));
    for (let event = 0; event < 1_000; event += 1) transport.last.push(named('tick', String(event), String(event)));
    await settle();
    expect(told).toBe(0);
    clock.frame();
    expect(told).toBe(1);
    expect(read().events).toHaveLength(100);
    expect(read().latest).toEqual({ type: 'tick', data: 999, id: '999' });
  });

  it('gives text where the data is no JSON', async () => {
    const { clock, transport, stream, read } = setUp();
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(frame('plain text'));
    await settle();
    clock.frame();
    expect(read().latest).toEqual({ type: 'message', data: 'plain text' });
  });

  it('checks events by their schemas, and reports what it skips', async () => {
    const { clock, transport, stream, read, diagnostics } = setUp({ events: { price: number } });
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(named('price', '1'), named('price', '"x"'), named('other', '2'), named('price', '3'));
    await settle();
    clock.frame();
    expect(read().events.map(({ data }) => data)).toEqual([1, 3]);
    expect(diagnostics.map(({ code, field }) => [code, field])).toEqual([
      ['invalid-chunk', undefined],
      ['unknown-chunk', 'other'],
    ]);
  });

  it('finds the event of an unnamed record by its type', async () => {
    const { clock, transport, stream, read } = setUp({ events: { price: (value) => value } });
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(frame('{"type":"price","amount":4}'));
    await settle();
    clock.frame();
    expect(read().latest).toEqual({ type: 'price', data: { type: 'price', amount: 4 } });
  });

  it('keeps the order of events whose schemas take their time', async () => {
    const release: (() => void)[] = [];
    const seen: unknown[] = [];
    const { transport, stream } = setUp({
      events: {
        slow: (value) => new Promise((resolve) => release.push(() => resolve(value))),
        quick: (value) => value,
      },
      onEvent: (event) => seen.push(event.data),
    });
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(named('slow', '1'), named('quick', '2'));
    await settle();
    expect(seen).toEqual([]);
    release[0]?.();
    await settle();
    expect(seen).toEqual([1, 2]);
  });

  it('calls onEvent with every event and publishes none of them', async () => {
    const seen: unknown[] = [];
    const { clock, transport, stream } = setUp({ onEvent: (event) => seen.push(event.data) });
    stream.open();
    await settle();
    transport.last.accept();
    await settle();
    let told = 0;
    stream.subscribe(() => void (told += 1));
    transport.last.push(frame('1'), frame('2'));
    await settle();
    clock.frame();
    expect(seen).toEqual([1, 2]);
    expect(told).toBe(0);
  });

  it('keeps what `select` makes of an event, and nothing where it makes nothing', async () => {
    const { clock, transport, stream, read } = setUp({
      keep: 2,
      select: (event) => (event.type === 'a' ? Number(event.data) * 10 : undefined),
    });
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(named('a', '1'), named('b', '2'), named('a', '3'), named('a', '4'), named('b', '5'));
    await settle();
    clock.frame();
    expect(read().events).toEqual([30, 40]);
    expect(read().latest).toBe(40);
  });

  it('goes on when `select` throws: nothing is kept of that event, and the error is reported as uncaught', async () => {
    const raised = vi.fn();
    process.once('uncaughtException', raised);
    onTestFinished(() => void process.off('uncaughtException', raised));
    const { clock, transport, stream, read } = setUp({
      select: ({ data }) => {
        if (data === 2) throw new RangeError('mine');
        return data;
      },
    });
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(frame('1'), frame('2'), frame('3'));
    await settle();
    transport.last.push(frame('4'));
    await settle();
    clock.frame();
    expect(read().events).toEqual([1, 3, 4]);
    expect(raised).toHaveBeenCalledWith(expect.objectContaining({ message: 'mine' }), 'uncaughtException');
  });

  it('comes back after an end, a loss and a refusal, after the last id, for ever', async () => {
    const { clock, transport, stream, read } = setUp();
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(frame('1', 'a'));
    transport.last.end();
    await clock.pass(2_000);
    expect(transport.last.request.headers).toEqual({ 'last-event-id': 'a' });
    transport.last.accept();
    transport.last.push(frame('2', 'b'));
    transport.last.fail(network());
    await clock.pass(2_000);
    for (let failure = 0; failure < 30; failure += 1) {
      expect(transport.last.request.headers).toEqual({ 'last-event-id': 'b' });
      transport.last.refuse(network());
      await clock.pass(30_000);
    }
    transport.last.accept();
    await settle();
    clock.frame();
    expect(read().connection.status).toBe('open');
    expect(read().events.map(({ data }) => data)).toEqual([1, 2]);
  });

  it('sends no id where it is told not to', async () => {
    const { clock, transport, stream } = setUp({ resume: false });
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(frame('1', 'a'));
    transport.last.end();
    await clock.pass(2_000);
    expect(transport.attempts).toHaveLength(2);
    expect(transport.last.request.headers).toEqual({});
  });

  it('repeats a POST after a reply only with an id to go on from, or where it may', async () => {
    for (const [options, id, attempts] of [
      [{}, undefined, 1],
      [{}, 'a', 2],
      [{ idempotent: true }, undefined, 2],
    ] as const) {
      const { clock, transport, stream } = setUp({ method: 'POST', body: { q: 1 }, ...options });
      stream.open();
      await settle();
      expect(transport.last.request).toMatchObject({
        body: '{"q":1}',
        headers: { 'content-type': 'application/json' },
      });
      transport.last.accept();
      transport.last.push(frame('1', id));
      transport.last.end();
      await clock.pass(2_000);
      expect(transport.attempts).toHaveLength(attempts);
      stream.close();
    }
  });

  it('tells why it was given up, and forgets it when it is tried again', async () => {
    const { transport, stream, read } = setUp();
    stream.open();
    await settle();
    transport.last.refuse(new TransportError('http-status', 'x', { status: 404 }));
    await settle();
    expect(read()).toMatchObject({ connection: { status: 'closed' }, error: { status: 404 } });
    stream.reconnect();
    await settle();
    expect(read()).toMatchObject({ connection: { status: 'connecting' }, error: undefined });
    expect(transport.attempts).toHaveLength(2);
    stream.close();
  });

  it('ends at once where `headers` throw, however long it would wait for a server, and goes on by hand', async () => {
    const cause = new Error('No token for Bearer secret.');
    let mended = false;
    const headers = async () => (mended ? {} : Promise.reject(cause));
    const { clock, transport, stream, read, diagnostics } = setUp({ headers });
    stream.open();
    await settle();
    await clock.pass(120_000);
    const { connection, error } = read();
    expect(connection.status).toBe('closed');
    expect(error).toMatchObject({ code: 'option-failed', field: 'headers', retryable: false, cause });
    expect(error?.message).not.toContain('secret');
    expect([transport.attempts, diagnostics]).toEqual([[], []]);
    mended = true;
    stream.reconnect();
    await settle();
    expect(transport.attempts).toHaveLength(1);
    stream.close();
  });

  it('goes on from an interruption by hand', async () => {
    const { transport, stream, read } = setUp({ retry: { giveUp: { attempts: 1, afterMs: 0 } } });
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(frame('1', 'a'));
    transport.last.end();
    await settle();
    expect(read().connection.status).toBe('interrupted');
    stream.reconnect();
    await settle();
    expect(transport.last.request.headers).toEqual({ 'last-event-id': 'a' });
    expect(read()).toMatchObject({ connection: { status: 'connecting' }, error: undefined });
    stream.close();
  });

  it('ends a connection that stands when it is reconnected', async () => {
    const { transport, stream } = setUp();
    stream.open();
    await settle();
    transport.last.accept();
    await settle();
    stream.reconnect();
    await settle();
    expect(transport.attempts.map(({ closed }) => closed)).toEqual([true, false]);
    stream.close();
  });

  it('delivers nothing after it was closed', async () => {
    const seen: unknown[] = [];
    const { transport, stream } = setUp({ onEvent: (event) => (seen.push(event.data), stream.close()) });
    stream.open();
    await settle();
    transport.last.accept();
    transport.last.push(frame('1'), frame('2'));
    await settle();
    expect(seen).toEqual([1]);
    expect(transport.last.closed).toBe(true);
  });

  describe('hold', () => {
    it('makes one request for a hold, a release and a hold in one go', async () => {
      const { transport, stream } = setUp();
      stream.hold()();
      const release = stream.hold();
      await settle();
      expect(transport.attempts).toHaveLength(1);
      release();
      await settle();
      expect(transport.last.closed).toBe(true);
    });

    it('makes no request for a hold that was released at once', async () => {
      const { transport, stream, clock } = setUp();
      stream.hold()();
      await clock.pass(1_000);
      expect(transport.live).toBe(0);
    });
  });

  it('measures its quality', async () => {
    const { clock, transport, stream } = setUp();
    stream.open();
    await clock.pass(300);
    transport.last.accept();
    transport.last.push(frame('1'));
    await settle();
    await clock.pass(1_000);
    clock.frame();
    expect(stream.status.getSnapshot()).toMatchObject({
      state: { status: 'open' },
      quality: { firstChunkMs: 300, chunks: 1, bytes: 10, successRate: 1, level: 'good' },
    });
    stream.close();
  });
});
