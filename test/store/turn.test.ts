import { describe, expect, it, vi } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import { reduceMessage } from '../../src/message/reduce.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import { chunkAdapter, finish, record, text } from '../support/chunk-adapter.ts';
import { comment, frame } from '../support/puppet-transport.ts';
import { message, part } from '../support/messages.ts';
import { readTurn, setUp, settle, textOf, url } from './turn-set-up.ts';

const network = () => new TransportError('connect-failed', 'x', { retryable: true });
const resumable = chunkAdapter({ cursors: true, resumeHeaders: ['last-event-id', 'idempotency-key'] });

describe('runTurn', () => {
  it('gives the chunks of every batch and says that the answer is complete', async () => {
    const { turn, transport } = setUp();
    const reading = readTurn(turn);
    await settle();
    expect(transport.last.request).toMatchObject({ url, method: 'POST', body: '{"turn":"turn-1"}' });
    transport.last.accept();
    transport.last.push(record(text('a')), record(text('b')));
    transport.last.push(record([text('c'), finish]));
    await reading.done;
    expect(reading.chunks).toEqual([text('a'), text('b'), text('c'), finish]);
    expect(reading.texts).toEqual(['ab', 'abc']);
    expect(reading).toMatchObject({ ending: 'complete', error: undefined });
    expect(turn.connection.state).toEqual({ status: 'closed', reason: { kind: 'complete' } });
  });

  it('asks the transport for what the protocol reads, within the limit of a frame', async () => {
    const { turn, transport } = setUp({ limits: { maxFrameBytes: 1_000 } });
    void readTurn(turn).done;
    await settle();
    expect(transport.last.request).toMatchObject({ framings: ['sse', 'socket'], maxFrameBytes: 1_000 });
    turn.stop();
  });

  it('leaves no timer behind', async () => {
    const { turn, transport, clock, environment } = setUp({ adapter: chunkAdapter({ deadlineMs: 1_000_000 }) });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a', 1)), record(finish));
    await clock.pass(1_000);
    await reading.done;
    expect([clock.timers, environment.subscribers]).toEqual([0, 0]);
  });

  it('unpacks frames in order, even where that takes time', async () => {
    const release: (() => void)[] = [];
    const { turn, transport } = setUp({
      adapter: chunkAdapter({
        prepare: (packed) =>
          packed.kind === 'binary'
            ? new Promise((resolve) => release.push(() => resolve(record(text('first ')))))
            : packed,
      }),
    });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push({ kind: 'binary', data: new Uint8Array() }, record(text('second')), record(finish));
    await settle();
    expect(reading.texts).toEqual([]);
    release[0]?.();
    await reading.done;
    expect(textOf(reading.message)).toBe('first second');
  });

  it('skips a frame that does not fit, and says so once', async () => {
    const { turn, transport, diagnostics } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a')), frame('{'), frame('{'), record(text('b')), record(finish));
    await reading.done;
    expect(textOf(reading.message)).toBe('ab');
    expect(diagnostics).toMatchObject([{ code: 'invalid-chunk', field: 'data' }]);
  });

  it('goes on when onDiagnostic throws', async () => {
    const raised = vi.fn();
    process.once('uncaughtException', raised);
    const { turn, transport } = setUp({
      onDiagnostic() {
        throw new Error('mine');
      },
    });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a')), frame('{'), record(text('b')), record(finish));
    await reading.done;
    expect(reading).toMatchObject({ ending: 'complete', error: undefined });
    expect(textOf(reading.message)).toBe('ab');
    expect(raised).toHaveBeenCalledWith(expect.objectContaining({ message: 'mine' }), 'uncaughtException');
  });

  it('reports an unknown record once a kind, and gives neither it nor heartbeats on', async () => {
    const { turn, transport, diagnostics } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    const odd = (event: string): Chunk => ({ type: 'unknown', event });
    transport.last.push(record(odd('x')), record(odd('y')), record(odd('x')), record({ type: 'heartbeat' }), comment);
    transport.last.push(record(finish));
    await reading.done;
    expect(reading.chunks).toEqual([finish]);
    expect(diagnostics.map((error) => [error.code, error.field])).toEqual([
      ['unknown-chunk', 'x'],
      ['unknown-chunk', 'y'],
    ]);
  });

  it('ends as failed when the server reports an error, and keeps what came before', async () => {
    const { turn, transport } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(
      record(text('half')),
      record({ type: 'error', message: 'boom', code: 'E1' }),
      record(text('no')),
    );
    await reading.done;
    expect(reading).toMatchObject({ ending: 'failed', error: { code: 'failed', remoteCode: 'E1' } });
    expect(textOf(reading.message)).toBe('half');
    expect(transport.attempts).toHaveLength(1);
  });

  it('goes on after an error that is not fatal', async () => {
    const { turn, transport } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record({ type: 'error', fatal: false }), record(text('on')), record(finish));
    await reading.done;
    expect(reading.ending).toBe('complete');
  });

  it('reads an error reply as the protocol does', async () => {
    const { turn, transport } = setUp({
      adapter: chunkAdapter({
        reject: ({ body }) => ({ type: 'error', code: JSON.parse(body).code as string, message: 'no' }),
      }),
    });
    const reading = readTurn(turn);
    await settle();
    transport.last.refuse(
      new TransportError('http-status', 'x', {
        status: 422,
        details: { status: 422, headers: {}, body: '{"code":"E"}' },
      }),
    );
    await reading.done;
    expect(reading).toMatchObject({ ending: 'failed', error: { code: 'http-status', status: 422, remoteCode: 'E' } });
  });

  it('ends as stopped where the server gave the answer up, because a part of an answer is never complete', async () => {
    const { turn, transport } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('half')), record({ type: 'finish', reason: 'aborted' }));
    await reading.done;
    expect(reading).toMatchObject({ ending: 'stopped', error: undefined });
    expect(reading.message).toMatchObject({ status: 'stopped', finishReason: 'aborted', parts: [{ text: 'half' }] });
    expect(turn.connection.state).toEqual({ status: 'closed', reason: { kind: 'stopped' } });
    expect(transport.attempts).toHaveLength(1);
  });

  it('keeps what stands where a replay is given up by the server before it covers that', async () => {
    const { turn, transport, clock } = setUp({
      adapter: chunkAdapter({ resumes: 'replay', resume: () => ({ method: 'GET' }) }),
    });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a long half')));
    await settle();
    transport.last.fail(network());
    await clock.pass(2_000);
    transport.last.accept();
    transport.last.push(record(text('a')), record({ type: 'finish', reason: 'aborted' }));
    await reading.done;
    expect(reading.ending).toBe('stopped');
    expect(reading.message).toMatchObject({ status: 'stopped', parts: [{ text: 'a long half' }] });
  });

  describe('when an adapter throws where it is asked', () => {
    const thrower = () => {
      throw new Error('mine');
    };
    const reported = [{ code: 'invalid-chunk', cause: { message: 'mine' } }];

    it('reads an error reply by its status alone', async () => {
      const { turn, transport, diagnostics } = setUp({ adapter: chunkAdapter({ reject: thrower }) });
      const reading = readTurn(turn);
      await settle();
      transport.last.refuse(
        new TransportError('http-status', 'x', { status: 422, details: { status: 422, headers: {}, body: '{' } }),
      );
      await reading.done;
      expect(reading).toMatchObject({ ending: 'failed', error: { code: 'http-status', status: 422 } });
      expect(diagnostics).toMatchObject(reported);
    });

    it('takes an answer that it cannot tell how to resume for one that cannot be resumed', async () => {
      const { turn, transport, diagnostics } = setUp({
        adapter: chunkAdapter({ cursors: true, resume: thrower, resumeHeaders: ['last-event-id'] }),
      });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('half'), '1'));
      await settle();
      transport.last.fail(network());
      await reading.done;
      expect(reading.ending).toBe('interrupted');
      expect(textOf(reading.message)).toBe('half');
      expect(transport.attempts).toHaveLength(1);
      expect(diagnostics).toMatchObject(reported);
    });

    it('stops all the same', async () => {
      const { turn, transport, diagnostics } = setUp({ adapter: chunkAdapter({ cancel: thrower }) });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      await settle();
      turn.stop();
      await reading.done;
      expect(reading.ending).toBe('stopped');
      expect(transport.last.closed).toBe(true);
      expect(diagnostics).toMatchObject(reported);
    });
  });

  it('ends as stopped, keeps what arrived, and tells the server by a request of its own', async () => {
    const { turn, transport } = setUp({
      adapter: chunkAdapter({ cancel: () => ({ method: 'DELETE' }) }),
    });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('half')));
    await settle();
    turn.stop();
    await reading.done;
    await settle();
    expect(reading).toMatchObject({ ending: 'stopped', error: undefined });
    expect(textOf(reading.message)).toBe('half');
    expect(transport.attempts.map((attempt) => attempt.request.method)).toEqual(['POST', 'DELETE']);
    expect(transport.attempts[0]?.closed).toBe(true);
  });

  it('cancels on the open socket where there is one', async () => {
    const { turn, transport } = setUp({
      adapter: chunkAdapter({ cancel: () => ({ method: 'POST', body: { type: 'cancel' } }) }),
    });
    void readTurn(turn).done;
    await settle();
    transport.last.accept({ framing: 'socket', status: 101 });
    await settle();
    turn.stop();
    await settle();
    expect(transport.attempts).toHaveLength(1);
    expect(transport.last.sent).toEqual(['{"type":"cancel"}']);
  });

  it('has ended well for a reader that leaves with the last chunk in hand', async () => {
    const { turn, transport } = setUp();
    const leave = (async () => {
      for await (const update of turn.updates) if (update.kind === 'chunks') break;
    })();
    await settle();
    transport.last.accept();
    transport.last.push(record([text('all'), finish]));
    await leave;
    expect(turn.connection.state).toEqual({ status: 'closed', reason: { kind: 'complete' } });
  });
});

describe('rule 1: the terminal chunk is the only done', () => {
  it('interrupts an answer that ends without one', async () => {
    const { turn, transport } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('half')));
    transport.last.end();
    await reading.done;
    expect(reading).toMatchObject({ ending: 'interrupted', error: { code: 'closed-early' } });
    expect(reading.message.status).toBe('interrupted');
  });

  it('takes the word of a format that ends by end of file', async () => {
    for (const ending of ['complete', 'unconfirmed'] as const) {
      const { turn, transport } = setUp({ adapter: chunkAdapter({ ending, late: [text(' and the rest')] }) });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('all')));
      transport.last.end();
      await reading.done;
      expect(reading.ending).toBe(ending);
      expect(textOf(reading.message)).toBe('all and the rest');
    }
  });

  it('lets nothing count behind the terminal chunk, and only one of them', async () => {
    const { turn, transport } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record([finish, text('no'), finish]), record({ type: 'error' }));
    await reading.done;
    expect(reading.chunks).toEqual([finish]);
    expect(reading.ending).toBe('complete');
  });

  it('shows what the adapter still held back when a lost answer cannot be resumed', async () => {
    const { turn, transport } = setUp({ adapter: chunkAdapter({ late: [text('tail'), finish] }) });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('head ')));
    transport.last.fail(network());
    await reading.done;
    expect(reading.ending).toBe('interrupted');
    expect(textOf(reading.message)).toBe('head tail');
  });
});

describe('rule 2: the cursor is that of the last applied chunk', () => {
  it('moves only when its reader comes back for more', async () => {
    const { turn, transport } = setUp({ adapter: resumable });
    const updates = turn.updates[Symbol.asyncIterator]();
    const first = updates.next();
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a'), '1'));
    await first;
    expect(turn.cursor).toBeUndefined();
    const second = updates.next();
    await settle();
    expect(turn.cursor).toBe('1');
    transport.last.push(record(finish, '2'));
    await second;
    turn.stop();
  });

  it('goes on with the decoder as it was', async () => {
    const states: unknown[] = [];
    const { turn, transport, clock } = setUp({
      adapter: chunkAdapter({
        resume: (state) => {
          states.push({ ...state });
          return { method: 'POST', body: { after: state.records } };
        },
      }),
    });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a')), record(text('b')));
    transport.last.fail(network());
    await clock.pass(1_000);
    expect(transport.last.request.body).toBe('{"after":2}');
    transport.last.accept();
    transport.last.push(record(text('c')));
    transport.last.fail(network());
    await clock.pass(1_000);
    expect(transport.last.request.body).toBe('{"after":3}');
    transport.last.accept();
    transport.last.push(record(finish));
    await reading.done;
    expect(textOf(reading.message)).toBe('abc');
  });
});

describe('rule 3: order', () => {
  it('waits 200 ms for a missing number, then resumes from the cursor before it', async () => {
    const { turn, transport, clock } = setUp({ adapter: resumable });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a', 0), 'A'));
    transport.last.push(record(text('c', 2), 'C'));
    await clock.pass(199);
    expect(transport.last.closed).toBe(false);
    await clock.pass(1);
    expect(transport.last.closed).toBe(true);
    expect(turn.connection.state).toMatchObject({ status: 'waiting', cause: { code: 'gap' } });
    await clock.pass(1_000);
    expect(transport.last.request.headers).toMatchObject({ 'last-event-id': 'A' });
    transport.last.accept();
    transport.last.push(record(text('b', 1), 'B'), record(text('c', 2), 'C'), record({ ...finish, seq: 3 }, 'D'));
    await reading.done;
    expect(reading.ending).toBe('complete');
    expect(textOf(reading.message)).toBe('abc');
  });

  it('needs no resume where the missing number comes in time', async () => {
    const { turn, transport, clock } = setUp({ adapter: resumable });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('b', 1), 'B'));
    await clock.pass(150);
    transport.last.push(record(text('a', 0), 'A'));
    await clock.pass(1_000);
    transport.last.push(record({ ...finish, seq: 2 }, 'C'));
    await reading.done;
    expect(transport.attempts).toHaveLength(1);
    expect(textOf(reading.message)).toBe('ab');
  });

  it('shows the rest over the gap where it cannot resume, reports it once, and never calls it complete', async () => {
    const { turn, transport, clock, diagnostics } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a', 0)), record(text('c', 2)));
    await clock.pass(200);
    expect(textOf(reading.message)).toBe('ac');
    transport.last.push(record(text('e', 4)));
    await clock.pass(200);
    transport.last.push(record({ ...finish, seq: 5 }));
    await reading.done;
    expect(textOf(reading.message)).toBe('ace');
    expect(reading).toMatchObject({ ending: 'interrupted', error: { code: 'gap' } });
    expect(reading.message.status).toBe('interrupted');
    expect(diagnostics).toMatchObject([{ code: 'gap' }]);
  });

  it('does not wait when more is held than may be', async () => {
    const { turn, transport } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(...Array.from({ length: 257 }, (_, index) => record(text('x', index + 2))));
    await settle();
    expect(textOf(reading.message)).toHaveLength(257);
    turn.stop();
  });

  it('shows the rest when resuming did not bring what is missing', async () => {
    const { turn, transport, clock } = setUp({ adapter: resumable });
    const reading = readTurn(turn);
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await settle();
      transport.last.accept();
      if (attempt === 0) transport.last.push(record(text('a', 0), 'A'));
      transport.last.push(record(text('c', 2), 'C'));
      await clock.pass(200);
      await clock.pass(30_000);
    }
    expect(transport.attempts).toHaveLength(4);
    expect(textOf(reading.message)).toBe('ac');
    transport.last.push(record({ ...finish, seq: 3 }, 'D'));
    await reading.done;
    expect(reading.ending).toBe('interrupted');
  });

  it('does not let a chunk that overtook a gap move the cursor past it', async () => {
    const { turn, transport, clock } = setUp({ adapter: resumable });
    void readTurn(turn).done;
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a', 0), 'A'), record(text('c', 2), 'C'));
    transport.last.push(record({ type: 'status', state: 'busy' }, 'D'));
    await clock.pass(100);
    expect(turn.cursor).toBe('A');
    turn.stop();
  });

  it('drops a repeat by its cursor, never by a raw id', async () => {
    for (const [adapter, expected] of [
      [resumable, 'ab'],
      [chunkAdapter(), 'aab'],
    ] as const) {
      const { turn, transport } = setUp({ adapter });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('a'), '1'), record(text('a'), '1'), record([text('b'), finish], '2'));
      await reading.done;
      expect(textOf(reading.message)).toBe(expected);
    }
  });
});

describe('rule 4: resume', () => {
  it('asks after the last applied cursor, under the key of the turn', async () => {
    const { turn, transport, clock } = setUp({ adapter: resumable });
    const reading = readTurn(turn);
    await settle();
    expect(transport.last.request.headers).toEqual({ 'idempotency-key': 'turn-1' });
    transport.last.accept();
    transport.last.push(record(text('a'), '1'));
    transport.last.end();
    await clock.pass(1_000);
    expect(transport.last.request).toMatchObject({
      method: 'POST',
      body: '{"turn":"turn-1"}',
      headers: { 'idempotency-key': 'turn-1', 'last-event-id': '1' },
    });
    transport.last.accept();
    transport.last.push(record([text('b'), finish], '2'));
    await reading.done;
    expect(reading.texts).toEqual(['a', 'ab']);
    expect(reading.ending).toBe('complete');
  });

  it('asks on a socket by a message', async () => {
    const { turn, transport, clock } = setUp({ adapter: resumable });
    void readTurn(turn).done;
    await settle();
    transport.last.accept({ framing: 'socket', status: 101 });
    transport.last.push(record(text('a'), '1'));
    transport.last.end({ kind: 'close', code: 1006, reason: '', clean: false });
    await clock.pass(1_000);
    expect(transport.last.request.body).toBe('{"type":"resume","after":"1"}');
    expect(transport.last.request.headers).not.toHaveProperty('last-event-id');
    turn.stop();
  });

  it('tries again where a page of something else answers instead of the rest', async () => {
    const { turn, transport, clock } = setUp({ adapter: resumable });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a'), '1'));
    await settle();
    transport.last.fail(network());
    await clock.pass(1_000);
    const details = { status: 200, headers: {}, body: '<p>Restarting' };
    transport.last.refuse(new TransportError('wrong-content-type', 'x', { status: 200, details }));
    await clock.pass(2_000);
    transport.last.accept();
    transport.last.push(record([text('b'), finish], '2'));
    await reading.done;
    expect(transport.attempts).toHaveLength(3);
    expect(reading).toMatchObject({ ending: 'complete', texts: ['a', 'ab'] });
  });

  it('sends no header that nobody declared', async () => {
    const { turn, transport, clock } = setUp({ adapter: chunkAdapter({ cursors: true, idempotent: true }) });
    void readTurn(turn).done;
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a'), '1'));
    transport.last.fail(network());
    await clock.pass(1_000);
    for (const attempt of transport.attempts) expect(attempt.request.headers).toEqual({});
    turn.stop();
  });

  it('is interrupted after a 2xx where nothing was declared', async () => {
    const { turn, transport, clock } = setUp({ adapter: chunkAdapter({ cursors: true }) });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.fail(network());
    await clock.pass(100_000);
    await reading.done;
    expect(transport.attempts).toHaveLength(1);
    expect(reading.ending).toBe('interrupted');
  });

  it('does not glue another answer to the first', async () => {
    const { turn, transport, clock } = setUp({ adapter: resumable });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record({ type: 'start', id: 'one' }, '1'), record(text('first'), '2'));
    transport.last.fail(network());
    await clock.pass(1_000);
    transport.last.accept();
    transport.last.push(record({ type: 'start', id: 'two' }, '9'), record([text('second'), finish], '10'));
    await reading.done;
    expect(textOf(reading.message)).toBe('first');
    expect(reading).toMatchObject({ ending: 'interrupted', error: { code: 'closed-early' } });
  });

  it('goes on by hand after it was given up', async () => {
    const { turn, transport } = setUp({ adapter: resumable, retry: { giveUp: { attempts: 1, afterMs: 0 } } });
    const first = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a'), '1'));
    transport.last.fail(network());
    await first.done;
    expect(first).toMatchObject({ ending: 'interrupted', error: { code: 'retries-exhausted' } });
    turn.connection.retryNow();
    const second = readTurn(turn, { ...first.message, status: 'streaming' });
    await settle();
    expect(transport.last.request.headers).toMatchObject({ 'last-event-id': '1' });
    transport.last.accept();
    transport.last.push(record([text('b'), finish], '2'));
    await second.done;
    expect(second.ending).toBe('complete');
    expect(textOf(second.message)).toBe('ab');
  });

  describe('when the server replays from the start', () => {
    const replaying = chunkAdapter({ idempotent: true });

    it('applies the replay behind the visible text, which never shrinks', async () => {
      const { turn, transport, clock } = setUp({ adapter: replaying });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('one ')), record(text('two ')));
      transport.last.fail(network());
      await clock.pass(1_000);
      transport.last.accept();
      transport.last.push(record(text('one ')));
      transport.last.push(record(text('t')));
      await settle();
      expect(reading.texts).toEqual(['one two ']);
      transport.last.push(record(text('wo three')));
      transport.last.push(record([text(' four'), finish]));
      await reading.done;
      expect(reading.texts).toEqual(['one two ', 'one two three', 'one two three four']);
      expect(reading).toMatchObject({ ending: 'complete', replaced: 1 });
    });

    it('measures the replay against the message where it is given', async () => {
      const standing = message({ role: 'assistant', status: 'streaming', parts: [part('text', { text: 'one two ' })] });
      const { turn, transport } = setUp({ adapter: replaying, standing: () => standing, resume: {} });
      const reading = readTurn(turn, standing);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('one ')));
      transport.last.push(record([text('two three'), finish]));
      await reading.done;
      expect(reading.texts).toEqual(['one two three']);
    });

    it('leaves alone what the message held before the turn', async () => {
      const base = message({ role: 'assistant', status: 'pending', parts: [part('text', { text: 'Earlier. ' })] });
      let standing = base;
      const { turn, transport, clock } = setUp({ adapter: replaying, base, standing: () => standing });
      const shown: string[] = [];
      const done = (async () => {
        for await (const update of turn.updates) {
          if (update.kind === 'end') continue;
          standing = reduceMessage(update.replace ? base : standing, update.chunks, 0);
          shown.push(textOf(standing));
        }
      })();
      await settle();
      transport.last.accept();
      transport.last.push(record(text('one two ')));
      transport.last.fail(network());
      await clock.pass(1_000);
      transport.last.accept();
      transport.last.push(record(text('one ')), record(text('two ')));
      transport.last.push(record([text('three'), finish]));
      await done;
      expect(shown).toEqual(['Earlier. one two ', 'Earlier. one two ', 'Earlier. one two three']);
    });

    it('keeps what stands when the replay is cut before it, and tries again', async () => {
      const { turn, transport, clock } = setUp({ adapter: replaying });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('one two ')));
      for (let cut = 0; cut < 3; cut += 1) {
        transport.last.fail(network());
        await clock.pass(10_000);
        transport.last.accept();
        transport.last.push(record(text('one ')));
        await settle();
      }
      expect(reading.texts).toEqual(['one two ']);
      transport.last.push(record([text('two three'), finish]));
      await reading.done;
      expect(reading.texts).toEqual(['one two ', 'one two three']);
    });

    it('shows another whole answer in one go, not glued to the first', async () => {
      const { turn, transport, clock } = setUp({ adapter: replaying });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('one two ')));
      transport.last.fail(network());
      await clock.pass(1_000);
      transport.last.accept();
      transport.last.push(record(text('quite different, and longer')));
      await settle();
      expect(reading.texts).toEqual(['one two ']);
      transport.last.push(record(finish));
      await reading.done;
      expect(reading.texts).toEqual(['one two ', 'quite different, and longer']);
    });

    it('leaves what stands when the replay fails', async () => {
      const { turn, transport, clock } = setUp({ adapter: replaying });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('one two ')));
      transport.last.fail(network());
      await clock.pass(1_000);
      transport.last.accept();
      transport.last.push(record(text('one ')), record({ type: 'error', code: 'gone' }));
      await reading.done;
      expect(textOf(reading.message)).toBe('one two ');
      expect(reading.ending).toBe('failed');
    });

    it('does not take a replay that ended short for the end of a format without one', async () => {
      const { turn, transport, clock } = setUp({
        adapter: chunkAdapter({ idempotent: true, ending: 'unconfirmed' }),
        retry: { giveUp: { attempts: 1, afterMs: 0 } },
      });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('one two ')));
      transport.last.fail(network());
      await clock.pass(0);
      await reading.done;
      expect(reading.ending).toBe('interrupted');
      turn.connection.retryNow();
      const again = readTurn(turn, reading.message);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('one ')));
      transport.last.end();
      await again.done;
      expect(again.texts).toEqual([]);
      expect(again.ending).toBe('interrupted');
    });

    it('follows an adapter whose own resume request replays', async () => {
      const { turn, transport, clock } = setUp({
        adapter: chunkAdapter({ resumes: 'replay', resume: () => ({ method: 'GET' }) }),
      });
      const reading = readTurn(turn);
      await settle();
      transport.last.accept();
      transport.last.push(record(text('one two ')));
      transport.last.fail(network());
      await clock.pass(1_000);
      expect(transport.last.request.method).toBe('GET');
      transport.last.accept();
      transport.last.push(record(text('one ')), record([text('two three'), finish]));
      await reading.done;
      expect(reading.texts).toEqual(['one two ', 'one two three']);
    });
  });
});

describe('rule 5: what cannot be resumed', () => {
  it('keeps the partial text, as interrupted, without a second request', async () => {
    const { turn, transport, clock } = setUp();
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('half')));
    transport.last.fail(network());
    await reading.done;
    turn.connection.retryNow();
    await clock.pass(1_000_000);
    expect(textOf(reading.message)).toBe('half');
    expect(transport.attempts).toHaveLength(1);
  });
});

describe('rule 8: the deadline of a protocol', () => {
  it('interrupts the turn', async () => {
    const { turn, transport, clock } = setUp({ adapter: chunkAdapter({ deadlineMs: 120_000 }) });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    for (let time = 0; time < 12; time += 1) {
      transport.last.push(record(text('x')));
      await clock.pass(10_000);
    }
    await reading.done;
    expect(reading).toMatchObject({ ending: 'interrupted', error: { code: 'deadline' } });
    expect(textOf(reading.message)).toHaveLength(12);
  });
});

describe('rule 9: after a reload', () => {
  it('goes on after the cursor that was kept', async () => {
    const standing = message({ role: 'assistant', status: 'streaming', parts: [part('text', { text: 'one ' })] });
    const { turn, transport } = setUp({ adapter: resumable, resume: { cursor: '7' } });
    const reading = readTurn(turn, standing);
    await settle();
    expect(transport.last.request.headers).toMatchObject({ 'last-event-id': '7' });
    transport.last.accept();
    transport.last.push(record(text('two', 57), '8'), record({ ...finish, seq: 58 }, '9'));
    await reading.done;
    expect(textOf(reading.message)).toBe('one two');
    expect(reading.ending).toBe('complete');
  });

  it('is interrupted at once, without a request, where nothing can be resumed', async () => {
    const { turn, transport } = setUp({ resume: { cursor: '7' } });
    const reading = readTurn(turn);
    await reading.done;
    expect(transport.attempts).toHaveLength(0);
    expect(reading).toMatchObject({ ending: 'interrupted', error: { code: 'closed-early' } });
  });
});

describe('rule 11: bounds', () => {
  it('ends an answer that grows past its limit, and keeps what came', async () => {
    const { turn, transport } = setUp({ limits: { maxMessageBytes: 25 } });
    const reading = readTurn(turn);
    await settle();
    transport.last.accept();
    transport.last.push(record(text('a')), record(text('b')));
    transport.last.push(record(text('c')));
    await reading.done;
    expect(textOf(reading.message)).toBe('ab');
    expect(reading).toMatchObject({ ending: 'failed', error: { code: 'buffer-exceeded' } });
  });

  it('reads only as fast as its reader', async () => {
    const { turn, transport, clock } = setUp();
    const updates = turn.updates[Symbol.asyncIterator]();
    const first = updates.next();
    await settle();
    transport.last.accept();
    for (let batch = 0; batch < 100; batch += 1) transport.last.push(record(text('x')));
    await first;
    await clock.pass(1_000);
    expect(transport.last.reads).toBe(1);
    turn.stop();
  });
});
