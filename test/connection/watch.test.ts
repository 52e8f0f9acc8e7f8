import { describe, expect, it } from 'vitest';
import { TransportError, WireError } from '../../src/base/errors.ts';
import { createOriginLimit } from '../../src/connection/origin-limit.ts';
import { comment, createPuppetTransport, frame } from '../support/puppet-transport.ts';
import { dataOf, read, readResuming, resumption, settle, setUp, url } from './set-up.ts';

const network = () => new TransportError('connect-failed', 'x', { retryable: true });

describe('rule 8: watchdogs', () => {
  it('waits 60 s for the head of a reply, then tries again', async () => {
    const { connection, transport, clock } = setUp();
    void read(connection).done;
    await clock.pass(59_999);
    expect(connection.state.status).toBe('connecting');
    await clock.pass(1);
    expect(connection.state).toMatchObject({ status: 'waiting', cause: { code: 'headers-timeout' } });
    expect(transport.live).toBe(0);
    connection.stop();
  });

  it('counts the making of the request as part of the wait', async () => {
    const { connection, transport, clock } = setUp({ request: () => new Promise(() => undefined) });
    void read(connection).done;
    await clock.pass(60_000);
    expect(connection.state).toMatchObject({ status: 'waiting', cause: { code: 'headers-timeout' } });
    expect(transport.attempts).toHaveLength(0);
    connection.stop();
  });

  it('shows a stream as stalled after 45 s of silence, and as open again at the next byte', async () => {
    const { connection, transport, clock } = setUp();
    void read(connection).done;
    await settle();
    transport.last.accept();
    await settle();
    const openedAt = clock.now();
    await clock.pass(45_000);
    expect(connection.state).toEqual({ status: 'stalled', attempt: 1, lastByteAt: openedAt });
    transport.last.pushBytes(1);
    await settle();
    expect(connection.state).toEqual({ status: 'open', attempt: 1 });
    connection.stop();
  });

  it('takes any byte for life, comments included', async () => {
    const { connection, transport, clock, states } = setUp();
    void read(connection).done;
    await settle();
    transport.last.accept();
    for (let beat = 0; beat < 20; beat += 1) {
      await clock.pass(44_000);
      transport.last.push(comment);
    }
    expect(states.map((state) => state.status)).toEqual(['connecting', 'open']);
    connection.stop();
  });

  it('ends a silent stream at once where it can resume', async () => {
    const { connection, transport, clock, states } = setUp({ canResume: () => true });
    void readResuming(connection).done;
    await settle();
    transport.last.accept();
    await clock.pass(45_000);
    expect(states.map((state) => state.status)).toEqual(['connecting', 'open', 'stalled', 'waiting']);
    expect(connection.state).toMatchObject({ cause: { code: 'idle-timeout' } });
    expect(transport.live).toBe(0);
    connection.stop();
  });

  it('waits ten minutes for a stream that cannot resume and never gave a heartbeat', async () => {
    const { connection, transport, clock } = setUp();
    void read(connection).done;
    await settle();
    transport.last.accept();
    await clock.pass(599_999);
    expect(connection.state.status).toBe('stalled');
    await clock.pass(1);
    expect(connection.state).toMatchObject({ status: 'interrupted', cause: { code: 'idle-timeout' } });
  });

  it('misses three heartbeats of a stream that cannot resume, then ends it', async () => {
    const { connection, transport, clock } = setUp();
    void read(connection).done;
    await settle();
    transport.last.accept();
    for (let beat = 0; beat < 3; beat += 1) {
      transport.last.push(comment);
      await clock.pass(20_000);
    }
    transport.last.push(comment);
    await clock.pass(59_999);
    expect(connection.state.status).toBe('stalled');
    await clock.pass(1);
    expect(connection.state).toMatchObject({ status: 'interrupted', cause: { code: 'idle-timeout' } });
  });

  it('learns the heartbeats that only the protocol can recognise', async () => {
    const { connection, transport, clock } = setUp();
    const { items } = read(connection);
    await settle();
    transport.last.accept();
    for (let beat = 0; beat < 3; beat += 1) {
      transport.last.push(frame('heartbeat'));
      await settle();
      connection.beat();
      await clock.pass(20_000);
    }
    expect(items).toHaveLength(4);
    await clock.pass(39_999);
    expect(connection.state.status).toBe('stalled');
    await clock.pass(1);
    expect(connection.state.status).toBe('interrupted');
  });

  it('does not count the time in which nobody read', async () => {
    const { connection, transport, clock } = setUp();
    const iterator = connection.items[Symbol.asyncIterator]();
    const opening = iterator.next();
    await settle();
    transport.last.accept();
    await opening;
    await clock.pass(700_000);
    expect(connection.state.status).toBe('open');
    const reading = iterator.next();
    await clock.pass(44_999);
    expect(connection.state.status).toBe('open');
    transport.last.push(frame('a'));
    expect((await reading).value).toMatchObject({ kind: 'batch' });
    connection.stop();
  });

  it('ends the whole after its deadline, waiting included', async () => {
    const { connection, transport, clock } = setUp({ limits: { deadlineMs: 120_000 } });
    const { done } = readResuming(connection);
    await settle();
    transport.last.accept();
    for (let time = 0; time < 11; time += 1) {
      await clock.pass(10_000);
      transport.last.push(frame('more'));
    }
    expect(connection.state.status).toBe('open');
    await clock.pass(10_000);
    await done;
    expect(connection.state).toMatchObject({ status: 'interrupted', cause: { code: 'deadline' } });
    expect(transport.live).toBe(0);
  });

  it('lets the wall clock decide when the machine wakes', async () => {
    const { connection, transport, clock, environment } = setUp({ canResume: () => true });
    void readResuming(connection).done;
    await settle();
    transport.last.accept();
    await settle();
    clock.sleep(3_600_000);
    environment.tell('wake');
    await settle();
    expect(connection.state).toMatchObject({ status: 'waiting', cause: { code: 'idle-timeout' } });
    connection.stop();
  });

  it('gives a reply that came in the sleep a moment to be read, before it is asked for again', async () => {
    for (const replied of [true, false]) {
      const { clock, connection, transport, environment } = setUp();
      const { items } = read(connection);
      await settle();
      clock.sleep(3_600_000);
      environment.tell('wake');
      await settle();
      expect(transport.attempts).toHaveLength(1);
      if (replied) transport.last.accept();
      await clock.pass(6_000);
      expect(items.map((item) => item.kind)).toEqual(replied ? ['open'] : []);
      expect(transport.attempts).toHaveLength(replied ? 1 : 2);
      connection.stop();
    }
  });

  it('gives a stream that cannot resume a moment to show that it outlived the sleep', async () => {
    for (const alive of [true, false]) {
      const { connection, transport, clock, environment } = setUp();
      void read(connection).done;
      await settle();
      transport.last.accept();
      await settle();
      clock.sleep(3_600_000);
      environment.tell('wake');
      await settle();
      expect(connection.state.status).toBe('stalled');
      if (alive) transport.last.push(frame('still here'));
      await clock.pass(5_000);
      expect(connection.state.status).toBe(alive ? 'open' : 'interrupted');
      connection.stop();
    }
  });

  it('tries on waking when the time to try passed in the sleep', async () => {
    const { connection, transport, clock, environment } = setUp();
    void read(connection).done;
    await settle();
    transport.last.refuse(network());
    await settle();
    clock.sleep(60_000);
    environment.tell('wake');
    await settle();
    expect(transport.attempts).toHaveLength(2);
    connection.stop();
  });
});

describe('rule 9: environment', () => {
  it('keeps a living stream when the browser says offline, and does not call it stalled', async () => {
    const { connection, transport, clock, environment } = setUp({ canResume: () => true });
    const { items } = readResuming(connection);
    await settle();
    transport.last.accept();
    await settle();
    environment.tell('offline');
    await clock.pass(300_000);
    expect(connection.state.status).toBe('open');
    transport.last.push(frame('a'));
    await settle();
    expect(dataOf(items)).toEqual(['a']);
    environment.tell('online');
    await clock.pass(44_999);
    expect(connection.state.status).toBe('open');
    await clock.pass(1);
    expect(connection.state.status).toBe('waiting');
    connection.stop();
  });

  it('is offline, not waiting, while there is no network and no attempt', async () => {
    const { connection, transport, clock, environment } = setUp();
    void read(connection).done;
    await settle();
    environment.tell('offline');
    transport.last.refuse(network());
    await settle();
    expect(connection.state).toMatchObject({ status: 'offline', cause: { code: 'connect-failed' } });
    await clock.pass(1_000_000);
    expect(transport.attempts).toHaveLength(1);
    connection.stop();
  });

  it('makes no first attempt while offline', async () => {
    const { connection, transport, clock, environment } = setUp();
    environment.online = false;
    void read(connection).done;
    await settle();
    expect(connection.state).toEqual({ status: 'offline' });
    environment.tell('online');
    await clock.pass(499);
    expect(transport.attempts).toHaveLength(0);
    await clock.pass(1);
    expect(transport.attempts).toHaveLength(1);
    connection.stop();
  });

  it('tries with a little jitter when the network comes back, and counts from one again', async () => {
    const { connection, transport, clock, environment } = setUp();
    void read(connection).done;
    await settle();
    for (let failure = 0; failure < 4; failure += 1) {
      transport.last.refuse(network());
      await settle();
      if (failure < 3) await clock.pass(10_000);
    }
    expect(connection.state).toMatchObject({ status: 'waiting', attempt: 5 });
    environment.tell('offline');
    environment.tell('online');
    await settle();
    expect(connection.state).toMatchObject({ status: 'waiting', attempt: 1, retryAt: clock.now() + 500 });
    await clock.pass(500);
    expect(connection.state).toEqual({ status: 'connecting', attempt: 1 });
    connection.stop();
  });

  it('tries soon when the page is looked at again, but not later than planned', async () => {
    const { connection, transport, clock, environment } = setUp({ random: () => 0.9 });
    void read(connection).done;
    await settle();
    transport.last.refuse(network());
    await settle();
    const planned = clock.now() + 910;
    environment.tell('visible');
    await settle();
    expect(connection.state).toMatchObject({ retryAt: planned - 10 });
    await clock.pass(900);
    expect(transport.attempts).toHaveLength(2);
    connection.stop();
  });

  it('does not let a glance at the page break Retry-After', async () => {
    const { connection, transport, clock, environment } = setUp();
    void read(connection).done;
    await settle();
    transport.last.refuse(new TransportError('http-status', 'x', { status: 503, retryAfterMs: 60_000 }));
    await settle();
    for (const change of ['visible', 'online'] as const) {
      environment.tell(change);
      await settle();
      expect(connection.state).toMatchObject({ status: 'waiting', retryAt: clock.now() + 60_000 });
    }
    connection.stop();
  });

  it('tries by hand even when the browser says offline', async () => {
    const { connection, transport, environment } = setUp();
    environment.online = false;
    void read(connection).done;
    await settle();
    connection.retryNow();
    await settle();
    expect(transport.attempts).toHaveLength(1);
    connection.stop();
  });

  it('closes for the back-forward cache and resumes from the cursor when the page comes back', async () => {
    const { connection, transport, clock, environment } = setUp();
    void readResuming(connection, '9').done;
    await settle();
    transport.last.accept();
    transport.last.push(frame('a', '9'));
    await settle();
    environment.tell('freeze');
    expect(transport.live).toBe(0);
    await clock.pass(600_000);
    expect(transport.attempts).toHaveLength(1);
    environment.tell('thaw');
    await clock.pass(1_000);
    expect(transport.attempts).toHaveLength(2);
    expect(transport.last.request.headers).toEqual({ 'last-event-id': '9' });
    connection.stop();
  });
});

describe('rule 10: one live connection', () => {
  it('aborts an attempt before it makes the next', async () => {
    const { connection, transport, clock } = setUp({ canResume: () => true, retry: { giveUp: false } });
    void readResuming(connection).done;
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await settle();
      transport.last.accept();
      await clock.pass(45_000);
      expect(transport.live).toBe(0);
      await clock.pass(30_000);
      expect(transport.live).toBe(1);
    }
    connection.stop();
  });

  it('drops what a transport that ignores its signal still brings', async () => {
    const { connection, transport, clock } = setUp({ deaf: true });
    const { items } = read(connection, () => connection.complete());
    await clock.pass(60_000);
    const [first] = transport.attempts;
    await clock.pass(1_000);
    expect(transport.attempts).toHaveLength(2);
    first?.accept();
    first?.push(frame('late'));
    await settle();
    transport.last.accept();
    transport.last.push(frame('right'));
    transport.last.end();
    await settle();
    expect(dataOf(items)).toEqual(['right']);
    expect(first?.reads).toBe(0);
  });

  it('is stopped at once, even by a transport that ignores its signal', async () => {
    const { connection, transport } = setUp({ deaf: true });
    const { items, done } = read(connection);
    await settle();
    transport.last.accept();
    await settle();
    connection.stop();
    expect(connection.state).toEqual({ status: 'closed', reason: { kind: 'stopped' } });
    await done;
    transport.last.push(frame('late'));
    await settle();
    expect(dataOf(items)).toEqual([]);
  });

  it('does not open what was stopped while its request was being made', async () => {
    let made!: () => void;
    const { connection, transport } = setUp({
      request: () => new Promise((resolve) => (made = () => resolve({ url }))),
    });
    const { done } = read(connection);
    await settle();
    connection.stop();
    made();
    await done;
    await settle();
    expect(transport.attempts).toHaveLength(0);
  });

  it('leaves in peace a stream whose end was announced before its last byte', async () => {
    const { connection, transport } = setUp();
    const done = (async () => {
      for await (const item of connection.items) if (item.kind === 'batch') connection.complete();
    })();
    await settle();
    transport.last.accept();
    transport.last.push(frame('done'));
    await done;
    await settle();
    expect(transport.last.request.signal.aborted).toBe(false);
    expect(transport.last.closed).toBe(true);
  });

  describe('when a seventh stream goes to one HTTP/1.1 origin', () => {
    const seven = (limit: number | undefined) => {
      const originLimit = createOriginLimit(() => ({ origin: 'https://example.test', limit }));
      return Array.from({ length: 7 }, () => setUp({ originLimit }));
    };

    it('says so instead of stalling, and goes on when another has ended', async () => {
      const streams = seven(6);
      for (const { connection } of streams) void read(connection).done;
      await settle();
      for (const { transport } of streams.slice(0, 6)) expect(transport.attempts).toHaveLength(1);
      const last = streams[6];
      expect(last?.transport.attempts).toHaveLength(0);
      expect(last?.connection.state).toMatchObject({ status: 'waiting', cause: { code: 'connection-limit' } });
      streams[0]?.connection.stop();
      await last?.clock.pass(1_000);
      expect(last?.transport.attempts).toHaveLength(1);
      for (const { connection } of streams) connection.stop();
    });

    it('names the likely reason when it cannot know the protocol and no reply came', async () => {
      const streams = seven(undefined);
      for (const { connection } of streams) void read(connection).done;
      await settle();
      const last = streams[6];
      await last?.clock.pass(60_000);
      expect(last?.connection.state).toMatchObject({ status: 'waiting', cause: { code: 'connection-limit' } });
      for (const { connection } of streams) connection.stop();
    });

    it('does not count sockets', async () => {
      const originLimit = createOriginLimit(() => ({ origin: 'https://example.test', limit: 6 }));
      const sockets = Array.from({ length: 7 }, () => {
        const transport = Object.assign(createPuppetTransport(), { isSocket: true });
        return setUp({ originLimit, transport });
      });
      for (const { connection } of sockets) void read(connection).done;
      await settle();
      expect(sockets.map(({ connection }) => connection.state.status)).toEqual(sockets.map(() => 'connecting'));
      for (const { connection } of sockets) connection.stop();
    });

    it('has nothing to say where the protocol shares one connection', async () => {
      const streams = seven(Infinity);
      for (const { connection } of streams) void read(connection).done;
      await settle();
      expect(streams[6]?.transport.attempts).toHaveLength(1);
      for (const { connection } of streams) connection.stop();
    });
  });
});

describe('rule 11: bounds', () => {
  it('reads the source only when its own reader asks for more', async () => {
    const { connection, transport, clock } = setUp();
    const iterator = connection.items[Symbol.asyncIterator]();
    const opening = iterator.next();
    await settle();
    transport.last.accept();
    for (let batch = 0; batch < 100; batch += 1) transport.last.push(frame(String(batch)));
    await opening;
    await clock.pass(1_000);
    expect(transport.last.reads).toBe(0);
    await iterator.next();
    await iterator.next();
    await clock.pass(1_000);
    expect(transport.last.reads).toBe(2);
    connection.stop();
  });

  it('fails a frame that is too large, without trying again', async () => {
    const { connection, transport } = setUp();
    const { done } = readResuming(connection);
    await settle();
    transport.last.accept();
    transport.last.fail(new WireError('buffer-exceeded', 'x'));
    await done;
    expect(connection.state).toMatchObject({ status: 'closed', reason: { error: { code: 'buffer-exceeded' } } });
    expect(transport.attempts).toHaveLength(1);
  });
});

describe('resumeWith', () => {
  it('tells why a living attempt was given up', async () => {
    const { connection, transport } = setUp();
    void read(connection).done;
    await settle();
    transport.last.accept();
    await settle();
    connection.resumeWith({ ...resumption(), cause: new TransportError('closed-early', 'A gap.') });
    await settle();
    expect(connection.state).toMatchObject({ status: 'waiting', cause: { code: 'closed-early' } });
    connection.stop();
  });

  it('interrupts a living attempt that cannot be resumed', async () => {
    const { connection, transport } = setUp();
    const { done } = read(connection);
    await settle();
    transport.last.accept();
    await settle();
    connection.resumeWith(undefined);
    await done;
    expect(connection.state.status).toBe('interrupted');
    expect(transport.live).toBe(0);
  });
});
