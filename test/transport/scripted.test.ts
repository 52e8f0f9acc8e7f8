import { describe, expect, it } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import type { Script, ScriptStep } from '../../src/transport/script.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';
import type { TransportConnection, TransportRequest } from '../../src/transport/transport.ts';
import { batchesOf, readMessages, readOut } from '../support/batches.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { utf8 } from '../support/split.ts';
import { describeTransportContract, type Peer } from './contract.ts';

describeTransportContract('scriptedTransport', {
  async start(serve) {
    const transport = scriptedTransport(({ body = '' }) => {
      const { steps, peer } = createPeer(body);
      serve(peer);
      return { steps };
    });
    return { url: 'http://scripted.test', transport, close: () => Promise.resolve() };
  },
  cut: { error: { code: 'closed-early', retryable: true } },
  leaving: 'closes',
});

/** A script written while it plays. */
function createPeer(body: string): { readonly steps: AsyncIterable<ScriptStep>; readonly peer: Peer } {
  const waiting: ScriptStep[] = [];
  let wake: (() => void) | undefined;
  let ended = false;
  let leave!: () => void;
  const gone = new Promise<void>((resolve) => (leave = resolve));
  const add = (step: ScriptStep): void => {
    waiting.push(step);
    wake?.();
  };
  const iterator: AsyncIterator<ScriptStep> = {
    async next() {
      while (waiting.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
      const value = waiting.shift();
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    async return() {
      leave();
      return { done: true, value: undefined };
    },
  };
  return {
    steps: { [Symbol.asyncIterator]: () => iterator },
    peer: {
      body,
      gone,
      send: (data) => add({ text: `data: ${data}\n\n` }),
      cut: () => add('lost'),
      end() {
        ended = true;
        wake?.();
      },
    },
  };
}

describe('scriptedTransport', () => {
  const open = (script: Script, request: Partial<TransportRequest> = {}): Promise<TransportConnection> =>
    scriptedTransport(script, { clock: createFakeClock() }).open({
      url: 'http://scripted.test',
      signal: new AbortController().signal,
      ...request,
    });

  it('plays frames, messages, text and bytes, one read a step', async () => {
    const bytes = utf8('data: 字\n\n');
    const connection = await open({
      steps: [
        {
          frames: [
            { kind: 'comment', text: 'hi' },
            { kind: 'retry', ms: 5 },
          ],
        },
        { data: 'a' },
        { data: ['b', 'c'], event: 'token', id: '7' },
        { text: 'data: d\n' },
        { text: '\n' },
        { bytes: bytes.subarray(0, 7) },
        { bytes: bytes.subarray(7) },
      ],
    });
    expect(await batchesOf(connection)).toEqual([
      {
        frames: [
          { kind: 'comment', text: 'hi' },
          { kind: 'retry', ms: 5 },
        ],
        bytes: 3,
      },
      { frames: [{ kind: 'message', event: 'message', data: 'a' }], bytes: 1 },
      {
        frames: [
          { kind: 'message', event: 'token', data: 'b', id: '7' },
          { kind: 'message', event: 'token', data: 'c', id: '7' },
        ],
        bytes: 2,
      },
      { frames: [], bytes: 8 },
      { frames: [{ kind: 'message', event: 'message', data: 'd' }], bytes: 1 },
      { frames: [], bytes: 7 },
      { frames: [{ kind: 'message', event: 'message', data: '字' }], bytes: 4 },
      { frames: [], bytes: 0, end: { kind: 'eof' } },
    ]);
  });

  it("waits by its clock, for the reply's head and between steps", async () => {
    const clock = createFakeClock();
    const transport = scriptedTransport(
      { headMs: 100, steps: [{ data: 'a' }, { afterMs: 50 }, { data: 'b' }] },
      { clock },
    );
    let connection: TransportConnection | undefined;
    void transport.open({ url: '/', signal: new AbortController().signal }).then((opened) => (connection = opened));
    await clock.pass(99);
    expect(connection).toBeUndefined();
    await clock.pass(1);
    const batches = connection?.batches[Symbol.asyncIterator]();
    expect((await batches?.next())?.value).toMatchObject({ frames: [{ data: 'a' }] });
    let second: unknown;
    void batches?.next().then(({ value }) => (second = value));
    await clock.pass(49);
    expect(second).toBeUndefined();
    await clock.pass(1);
    expect(second).toMatchObject({ frames: [{ data: 'b' }] });
  });

  it('stalls until it is aborted, and leaves no timer', async () => {
    const clock = createFakeClock();
    const controller = new AbortController();
    const transport = scriptedTransport({ steps: [{ afterMs: 60_000 }, 'stall'] }, { clock });
    const connection = await transport.open({ url: '/', signal: controller.signal });
    const read = connection.batches[Symbol.asyncIterator]().next();
    await settle();
    controller.abort();
    expect(await read).toEqual({ done: true, value: undefined });
    expect(clock.timers).toBe(0);
  });

  it('never answers, until it is aborted', async () => {
    const controller = new AbortController();
    const opened = open({ headMs: Infinity }, { signal: controller.signal });
    controller.abort();
    await expect(opened).rejects.toMatchObject({ name: 'TransportError' });
  });

  it('ends as it is told', async () => {
    const end = { kind: 'close', code: 1011, reason: 'restart', clean: true } as const;
    const connection = await open({ steps: [{ data: 'a' }, { end }, { data: 'never' }] });
    expect((await batchesOf(connection)).at(-1)).toEqual({ frames: [], bytes: 0, end });
  });

  it('fails as it is told', async () => {
    const error = new TransportError('closed-early', 'Gone.');
    const { data, thrown } = await readOut(await open({ steps: [{ data: 'a' }, { fail: error }] }));
    expect(data).toEqual(['a']);
    expect(thrown).toBe(error);
    expect((await readOut(await open({ steps: ['lost'] }))).thrown).toMatchObject({ code: 'closed-early' });
  });

  it('refuses with an error, or as a reply would be refused', async () => {
    const error = new TransportError('connect-failed', 'No.');
    await expect(open({ refuse: error })).rejects.toBe(error);
    await expect(
      open({ refuse: { status: 503, headers: { 'retry-after': '3' }, body: 'busy' } }),
    ).rejects.toMatchObject({
      code: 'http-status',
      status: 503,
      retryable: true,
      retryAfterMs: 3000,
      details: { body: 'busy' },
    });
    await expect(open({ refuse: { status: 401 } })).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('answers each request by its turn, and the last one from then on', async () => {
    const transport = scriptedTransport([
      { refuse: { status: 500 } },
      { steps: [{ data: 'a' }] },
      { steps: [{ data: 'b' }] },
    ]);
    const request = { url: '/', signal: new AbortController().signal };
    await expect(transport.open(request)).rejects.toMatchObject({ status: 500 });
    expect((await readOut(await transport.open(request))).data).toEqual(['a']);
    expect((await readOut(await transport.open(request))).data).toEqual(['b']);
    expect((await readOut(await transport.open(request))).data).toEqual(['b']);
  });

  it('answers by what is asked', async () => {
    const script: Script = ({ body = '' }, index) => ({ steps: [{ data: `${index} ${body}` }] });
    const transport = scriptedTransport(script);
    const signal = new AbortController().signal;
    expect((await readOut(await transport.open({ url: '/', body: 'x', signal }))).data).toEqual(['0 x']);
    expect((await readOut(await transport.open({ url: '/', body: 'y', signal }))).data).toEqual(['1 y']);
  });

  it('plays a response of another kind', async () => {
    const response = { status: 101, framing: 'socket', headers: { a: 'b' } } as const;
    const connection = await open({ response, steps: [{ data: 'a' }] });
    expect(connection.response).toMatchObject(response);
    expect((await readOut(connection)).data).toEqual(['a']);
  });

  it('records requests, what was sent on them, and whether they are closed', async () => {
    const transport = scriptedTransport({ steps: [{ data: 'a' }, 'stall'] });
    const request = { url: '/chat', method: 'POST', body: 'q', signal: new AbortController().signal };
    const connection = await transport.open(request);
    connection.send?.('cancel');
    expect(transport.requests).toMatchObject([{ request, sent: ['cancel'], closed: false }]);
    const batches = connection.batches[Symbol.asyncIterator]();
    expect(await readMessages(batches, 1)).toEqual(['a']);
    await batches.return?.();
    connection.send?.('too late');
    expect(transport.requests).toMatchObject([{ sent: ['cancel'], closed: true }]);
  });
});
