import { describe, expect, it } from 'vitest';
import { RemoteError, TransportError } from '../../src/base/errors.ts';
import { isBusy } from '../../src/connection/policy.ts';
import { frame } from '../support/puppet-transport.ts';
import { dataOf, read, readResuming, resumption, settle, setUp, url } from './set-up.ts';

const network = () => new TransportError('connect-failed', 'x', { retryable: true });
const status = (code: number, headers: Record<string, string> = {}) =>
  new TransportError(code === 401 ? 'unauthorized' : 'http-status', 'x', {
    status: code,
    details: { status: code, headers, body: '{"error":"no"}' },
  });

describe('rule 1: an end without a terminal chunk is an interruption', () => {
  it('asks the reader what an end means, and closes when it says that this was the end', async () => {
    for (const kind of ['complete', 'unconfirmed'] as const) {
      const { connection, transport } = setUp();
      const { done } = read(connection, () => connection.complete(kind));
      await settle();
      transport.last.accept();
      transport.last.end();
      await done;
      expect(connection.state).toEqual({ status: 'closed', reason: { kind } });
    }
  });

  it('makes the truncation error once, when the reader cannot resume', async () => {
    const { connection, transport, states } = setUp();
    const { done } = read(connection);
    await settle();
    transport.last.accept();
    transport.last.push(frame('half'));
    transport.last.end();
    await done;
    expect(states.map((state) => state.status)).toEqual(['connecting', 'open', 'interrupted']);
    expect(connection.state).toMatchObject({ cause: { code: 'closed-early', retryable: true } });
  });

  it('treats a clean socket close as an end of file', async () => {
    const { connection, transport } = setUp();
    const { items, done } = read(connection);
    await settle();
    transport.last.accept({ framing: 'socket', status: 101 });
    transport.last.end({ kind: 'close', code: 1000, reason: '', clean: true });
    await done;
    expect(items.at(-1)).toMatchObject({ kind: 'end', why: { code: 1000 } });
    expect(connection.state).toMatchObject({ status: 'interrupted', cause: { code: 'closed-early' } });
  });

  it('finds nothing to resume behind a 204', async () => {
    const { connection, transport } = setUp();
    const { done } = read(connection);
    await settle();
    transport.last.accept({ status: 204 });
    await done;
    expect(transport.attempts).toHaveLength(1);
    expect(connection.state).toMatchObject({ status: 'interrupted', cause: { code: 'empty-stream' } });
  });

  it('takes a 204 while resuming for an answer that stays incomplete', async () => {
    const { connection, transport, clock } = setUp();
    const { done } = readResuming(connection);
    await settle();
    transport.last.accept();
    transport.last.fail(network());
    await clock.pass(2_000);
    transport.last.refuse(status(204));
    await done;
    expect(connection.state).toMatchObject({ status: 'interrupted' });
  });
});

describe('rule 4: resuming', () => {
  it('repeats the request by itself only before the reply began', async () => {
    const { connection, transport, clock } = setUp();
    const { items, done } = read(connection);
    await settle();
    transport.last.refuse(network());
    await clock.pass(550);
    expect(transport.attempts).toHaveLength(2);
    transport.last.accept();
    transport.last.push(frame('half'));
    transport.last.fail(network());
    await done;
    expect(transport.attempts).toHaveLength(2);
    expect(items.map((item) => item.kind)).toEqual(['open', 'batch', 'lost']);
    expect(connection.state).toMatchObject({ status: 'interrupted', cause: { code: 'closed-early' } });
  });

  it('goes on with the request that the reader answers a loss with', async () => {
    const { connection, transport, clock, states } = setUp();
    const { items, done } = read(connection, (item) =>
      item.kind === 'lost' ? connection.resumeWith(resumption('7')) : connection.complete(),
    );
    await settle();
    transport.last.accept();
    transport.last.push(frame('a', '7'));
    transport.last.fail(network());
    await settle();
    expect(connection.state).toMatchObject({ status: 'waiting', attempt: 2, cause: { code: 'connect-failed' } });
    await clock.pass(550);
    expect(transport.last.request).toMatchObject({ url, headers: { 'last-event-id': '7' } });
    transport.last.accept();
    transport.last.push(frame('b', '8'));
    transport.last.end();
    await done;
    expect(items.filter((item) => item.kind === 'open').map((item) => item.mode)).toEqual(['first', 'continue']);
    expect(dataOf(items)).toEqual(['a', 'b']);
    expect(states.map((state) => state.status)).toEqual([
      'connecting',
      'open',
      'waiting',
      'connecting',
      'open',
      'closed',
    ]);
  });

  it('repeats the resuming request, not the first one, when resuming fails before a reply', async () => {
    const { connection, transport, clock } = setUp();
    void readResuming(connection, '3').done;
    await settle();
    transport.last.accept();
    transport.last.fail(network());
    await clock.pass(1_000);
    transport.last.refuse(network());
    await clock.pass(2_000);
    expect(transport.attempts).toHaveLength(3);
    expect(transport.last.request.headers).toEqual({ 'last-event-id': '3' });
    connection.stop();
  });

  it('gives a living attempt up when the reader asks to resume, and drops what it still brings', async () => {
    const { connection, transport, clock } = setUp({ deaf: true });
    const { items } = read(connection);
    await settle();
    const [first] = transport.attempts;
    first?.accept();
    first?.push(frame('a'));
    await settle();
    connection.resumeWith(resumption('1'));
    expect(first?.closed).toBe(true);
    first?.push(frame('late'));
    await clock.pass(1_000);
    transport.last.accept();
    transport.last.push(frame('b'));
    await settle();
    expect(dataOf(items)).toEqual(['a', 'b']);
    expect(items.map((item) => item.kind)).toEqual(['open', 'batch', 'open', 'batch']);
    connection.stop();
  });

  it('may ask again where a socket refused before it sent anything', async () => {
    const { connection, transport, clock } = setUp();
    const { items } = read(connection);
    await settle();
    transport.last.accept({ framing: 'socket', status: 101 });
    transport.last.end({ kind: 'close', code: 4429, reason: '', clean: true });
    await clock.pass(1_000);
    expect(transport.attempts).toHaveLength(2);
    expect(items.map((item) => item.kind)).toEqual(['open']);
    connection.stop();
  });

  it('does not ask again where a socket merely broke', async () => {
    const { connection, transport, clock } = setUp();
    const { done } = read(connection);
    await settle();
    transport.last.accept({ framing: 'socket', status: 101 });
    transport.last.end({ kind: 'close', code: 1006, reason: '', clean: false });
    await done;
    await clock.pass(100_000);
    expect(transport.attempts).toHaveLength(1);
    expect(connection.state.status).toBe('interrupted');
  });

  it('tells how a socket closed in the middle of an answer', async () => {
    const { connection, transport } = setUp();
    const { done } = read(connection);
    await settle();
    transport.last.accept({ framing: 'socket', status: 101 });
    transport.last.push(frame('a'));
    transport.last.end({ kind: 'close', code: 1011, reason: 'out of memory', clean: true });
    await done;
    expect(connection.state).toMatchObject({
      status: 'interrupted',
      cause: { code: 'closed-early', remoteCode: '1011', details: { code: 1011, reason: 'out of memory' } },
    });
  });
});

describe('rule 5: what cannot be resumed is interrupted, never asked again', () => {
  it('does nothing when asked to try again with nothing to resume', async () => {
    const { connection, transport, clock } = setUp();
    const { done } = read(connection);
    await settle();
    transport.last.accept();
    transport.last.push(frame('half'));
    transport.last.fail(network());
    await done;
    connection.retryNow();
    await clock.pass(100_000);
    expect(connection.state.status).toBe('interrupted');
    expect(transport.attempts).toHaveLength(1);
  });

  it('goes on by hand once the reader says how', async () => {
    const { connection, transport } = setUp();
    const first = read(connection);
    await settle();
    transport.last.accept();
    transport.last.fail(network());
    await first.done;
    connection.resumeWith(resumption('4'));
    connection.retryNow();
    expect(connection.state).toEqual({ status: 'connecting', attempt: 1 });
    const second = read(connection, () => connection.complete());
    await settle();
    expect(transport.last.request.headers).toEqual({ 'last-event-id': '4' });
    transport.last.accept();
    transport.last.end();
    await second.done;
    expect(second.items.map((item) => item.kind)).toEqual(['open', 'end']);
    expect(connection.state).toEqual({ status: 'closed', reason: { kind: 'complete' } });
  });
});

describe('rule 6: backoff', () => {
  it('waits longer after each failure, with full jitter', async () => {
    const { connection, transport, clock } = setUp();
    void read(connection).done;
    await settle();
    const delays: number[] = [];
    for (let failure = 0; failure < 5; failure += 1) {
      transport.last.refuse(network());
      await settle();
      const { state } = connection;
      if (state.status !== 'waiting') throw new Error(`The state is ${state.status}.`);
      expect(state.attempt).toBe(failure + 2);
      delays.push(state.retryAt - clock.now());
      await clock.pass(delays.at(-1) ?? 0);
    }
    expect(delays).toEqual([550, 1_050, 2_050, 4_050, 8_050]);
    connection.stop();
  });

  it("takes the server's `retry:` as its base, within bounds", async () => {
    const { connection, transport, clock } = setUp();
    void readResuming(connection).done;
    await settle();
    transport.last.accept();
    transport.last.push({ kind: 'retry', ms: 4_000 });
    transport.last.fail(network());
    await settle();
    expect(connection.state).toMatchObject({ retryAt: clock.now() + 2_050 });
    connection.stop();
  });

  it('never tries before Retry-After', async () => {
    const { connection, transport, clock } = setUp();
    void read(connection).done;
    await settle();
    transport.last.refuse(status(429, { 'retry-after': '20' }));
    await clock.pass(19_999);
    expect(transport.attempts).toHaveLength(1);
    await clock.pass(1);
    expect(transport.attempts).toHaveLength(2);
    connection.stop();
  });

  it('gives up after five attempts and a minute without an applied chunk', async () => {
    const { connection, transport, clock } = setUp();
    const { done } = read(connection);
    const begun = clock.now();
    await settle();
    while (connection.state.status !== 'interrupted') {
      transport.last.refuse(network());
      await settle();
      if (connection.state.status === 'waiting') await clock.pass(connection.state.retryAt - clock.now());
    }
    await done;
    expect(transport.attempts.length).toBeGreaterThanOrEqual(5);
    expect(clock.now() - begun).toBeGreaterThanOrEqual(60_000);
    expect(connection.state).toMatchObject({ cause: { code: 'retries-exhausted', cause: { code: 'connect-failed' } } });
  });

  it('starts over by hand after it was given up', async () => {
    const { connection, transport, clock } = setUp({ retry: { giveUp: { attempts: 1, afterMs: 0 } } });
    const first = read(connection);
    await settle();
    transport.last.refuse(network());
    await first.done;
    connection.retryNow();
    void read(connection).done;
    await clock.pass(0);
    expect(transport.attempts).toHaveLength(2);
    expect(connection.state).toEqual({ status: 'connecting', attempt: 1 });
    connection.stop();
  });

  it('never gives up where it is told so', async () => {
    const { connection, transport, clock } = setUp({ retry: { giveUp: false } });
    void read(connection).done;
    await settle();
    for (let failure = 0; failure < 40; failure += 1) {
      transport.last.refuse(network());
      await clock.pass(30_000);
    }
    expect(transport.attempts).toHaveLength(41);
    connection.stop();
  });

  it('starts counting over at the first new chunk, not when the connection opens', async () => {
    const { connection, transport, clock } = setUp();
    void readResuming(connection).done;
    await settle();
    transport.last.refuse(network());
    await clock.pass(1_000);
    transport.last.accept();
    transport.last.fail(network());
    await settle();
    expect(connection.state).toMatchObject({ status: 'waiting', attempt: 3 });
    await clock.pass(2_000);
    transport.last.accept();
    transport.last.push(frame('new', '2'));
    await settle();
    connection.commit('2');
    transport.last.fail(network());
    await settle();
    expect(connection.state).toMatchObject({ status: 'waiting', attempt: 2 });
    connection.stop();
  });

  it('tries at once by hand, even before Retry-After', async () => {
    const { connection, transport } = setUp();
    void read(connection).done;
    await settle();
    transport.last.refuse(status(503, { 'retry-after': '3600' }));
    await settle();
    connection.retryNow();
    await settle();
    expect(transport.attempts).toHaveLength(2);
    connection.stop();
  });

  it('loses against stop, whatever it waits for', async () => {
    const { connection, transport, clock } = setUp();
    const { done } = read(connection);
    await settle();
    transport.last.refuse(network());
    await settle();
    connection.stop();
    connection.retryNow();
    connection.resumeWith(resumption());
    connection.complete();
    connection.fail(network());
    await done;
    await clock.pass(100_000);
    expect(transport.attempts).toHaveLength(1);
    expect(connection.state).toEqual({ status: 'closed', reason: { kind: 'stopped' } });
  });
});

describe('rule 7: statuses', () => {
  it.each([400, 403, 404, 409, 410, 413, 422])('fails at once on %i', async (code) => {
    const { connection, transport } = setUp();
    const { done } = read(connection);
    await settle();
    transport.last.refuse(status(code));
    await done;
    expect(transport.attempts).toHaveLength(1);
    expect(connection.state).toMatchObject({ status: 'closed', reason: { kind: 'failed', error: { status: code } } });
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('tries again on %i', async (code) => {
    const { connection, transport, clock } = setUp();
    void read(connection).done;
    await settle();
    transport.last.refuse(status(code));
    await clock.pass(550);
    expect(transport.attempts).toHaveLength(2);
    connection.stop();
  });

  it('tells that the server is busy, and when it is asked next', async () => {
    const { connection, transport, clock } = setUp();
    void read(connection).done;
    await settle();
    transport.last.refuse(status(503, { 'retry-after': '10' }));
    await settle();
    const { state } = connection;
    expect(state).toMatchObject({ status: 'waiting', retryAt: clock.now() + 10_000 });
    expect(state.status === 'waiting' && isBusy(state.cause)).toBe(true);
    connection.stop();
  });

  it('makes the request anew for every attempt', async () => {
    const contexts: unknown[] = [];
    const { connection, transport, clock } = setUp({
      request: (context) => {
        contexts.push(context);
        return { url, headers: { authorization: `token ${contexts.length}` } };
      },
    });
    void read(connection).done;
    await settle();
    transport.last.refuse(network());
    await clock.pass(1_000);
    expect(contexts).toEqual([
      { attempt: 1, refresh: false },
      { attempt: 2, refresh: false },
    ]);
    expect(transport.last.request.headers).toEqual({ authorization: 'token 2' });
    connection.stop();
  });

  it('asks for fresh credentials once after 401, without a delay, and then fails', async () => {
    const refreshes: boolean[] = [];
    const { connection, transport } = setUp({
      request: ({ refresh }) => {
        refreshes.push(refresh);
        return { url };
      },
    });
    const { done } = read(connection);
    await settle();
    transport.last.refuse(status(401));
    await settle();
    expect(refreshes).toEqual([false, true]);
    transport.last.refuse(status(401));
    await done;
    expect(transport.attempts).toHaveLength(2);
    expect(connection.state).toMatchObject({ status: 'closed', reason: { error: { code: 'unauthorized' } } });
  });

  it('fails at once on 401 where no other credentials can come', async () => {
    const { connection, transport } = setUp({ canRefresh: false });
    const { done } = read(connection);
    await settle();
    transport.last.refuse(status(401));
    await done;
    expect(transport.attempts).toHaveLength(1);
  });

  it('may refresh again once something new has arrived in between', async () => {
    const { connection, transport, clock } = setUp();
    void readResuming(connection).done;
    await settle();
    for (let round = 0; round < 3; round += 1) {
      transport.last.refuse(status(401));
      await settle();
      transport.last.accept();
      transport.last.push(frame('new'));
      await settle();
      connection.commit();
      transport.last.fail(network());
      await clock.pass(1_000);
    }
    expect(transport.attempts).toHaveLength(7);
    connection.stop();
  });

  it('keeps what arrived as interrupted when the server refuses to resume', async () => {
    for (const code of [401, 404, 410]) {
      const { connection, transport, clock } = setUp({ canRefresh: false });
      const { done } = readResuming(connection);
      await settle();
      transport.last.accept();
      transport.last.push(frame('half'));
      transport.last.fail(network());
      await clock.pass(1_000);
      transport.last.refuse(status(code));
      await done;
      expect(connection.state).toMatchObject({ status: 'interrupted', cause: { status: code } });
    }
  });

  it('tells what an error reply means in the words of the protocol', async () => {
    const { connection, transport } = setUp({
      explain: ({ status: code, body }) => new RemoteError('failed', 'x', { status: code, excerpt: body }),
    });
    const { done } = read(connection);
    await settle();
    transport.last.refuse(status(422));
    await done;
    expect(connection.state).toMatchObject({ reason: { error: { code: 'failed', excerpt: '{"error":"no"}' } } });
  });

  it('does not retry what the protocol calls hopeless', async () => {
    const { connection, transport } = setUp({
      explain: () => new RemoteError('rate-limited', 'x', { retryable: false, status: 429 }),
    });
    const { done } = read(connection);
    await settle();
    transport.last.refuse(status(429, { 'retry-after': '5' }));
    await done;
    expect(connection.state).toMatchObject({ status: 'closed', reason: { kind: 'failed' } });
  });

  it('keeps Retry-After where the protocol does not', async () => {
    const { connection, transport, clock } = setUp({
      explain: () => new RemoteError('rate-limited', 'x', { retryable: true, status: 429 }),
    });
    void read(connection).done;
    await settle();
    transport.last.refuse(status(429, { 'retry-after': '5' }));
    await settle();
    expect(connection.state).toMatchObject({ status: 'waiting', retryAt: clock.now() + 5_000 });
    connection.stop();
  });

  it('ends at once where making the request throws, which is no fault of the network', async () => {
    let calls = 0;
    const cause = new Error('No token for Bearer secret.');
    const request = () => {
      calls += 1;
      return Promise.reject(cause);
    };
    const { connection, transport, clock } = setUp({ request });
    void read(connection).done;
    await settle();
    const error = { code: 'option-failed', field: 'request', retryable: false, cause };
    expect(connection.state).toMatchObject({ status: 'closed', reason: { kind: 'failed', error } });
    await clock.pass(120_000);
    expect([calls, transport.attempts]).toEqual([1, []]);
  });

  it('retries where making the request throws an error of the kit that a retry may mend', async () => {
    let calls = 0;
    const { connection, transport, clock } = setUp({
      request: async () => {
        calls += 1;
        if (calls === 1) throw new TransportError('connect-failed', 'The token endpoint is down.');
        return { url };
      },
    });
    void read(connection).done;
    await settle();
    expect(connection.state).toMatchObject({ status: 'waiting', cause: { code: 'connect-failed' } });
    await clock.pass(1_000);
    expect(transport.attempts).toHaveLength(1);
    connection.stop();
  });
});
