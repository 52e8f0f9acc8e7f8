import { describe, expect, it, vi } from 'vitest';
import { frame } from '../support/puppet-transport.ts';
import { dataOf, read, settle, setUp, url } from './set-up.ts';

describe('createConnection', () => {
  it('asks for nothing before it is read', async () => {
    const { connection, transport } = setUp();
    await settle();
    expect(connection.state).toEqual({ status: 'idle' });
    expect(transport.attempts).toHaveLength(0);
  });

  it('hands on the head of the reply, then every frame in order', async () => {
    const { connection, transport, states } = setUp();
    const { items, done } = read(connection, () => connection.complete());
    await settle();
    expect(transport.last.request).toMatchObject({ url, method: 'POST' });
    transport.last.accept();
    transport.last.push(frame('a'), frame('b'));
    transport.last.push(frame('c'));
    transport.last.end();
    await done;
    expect(items.map((item) => item.kind)).toEqual(['open', 'batch', 'batch', 'end']);
    expect(items[0]).toMatchObject({ attempt: 1, mode: 'first' });
    expect(dataOf(items)).toEqual(['a', 'b', 'c']);
    expect(states).toEqual([
      { status: 'connecting', attempt: 1 },
      { status: 'open', attempt: 1 },
      { status: 'closed', reason: { kind: 'complete' } },
    ]);
  });

  it('leaves no timer and no listener behind, however it ends', async () => {
    for (const end of ['complete', 'stop', 'fail', 'leave'] as const) {
      const { connection, transport, clock, environment } = setUp({ limits: { deadlineMs: 1_000_000 } });
      const iterator = connection.items[Symbol.asyncIterator]();
      const opening = iterator.next();
      await settle();
      transport.last.accept();
      await opening;
      const reading = iterator.next();
      transport.last.push(frame('a'));
      await reading;
      if (end === 'leave') await iterator.return?.();
      else if (end === 'fail') connection.fail(new Error('x') as never);
      else connection[end]();
      await settle();
      expect([end, clock.timers, environment.subscribers, transport.live]).toEqual([end, 0, 0, 0]);
    }
  });

  it('stops when its reader leaves the loop', async () => {
    const { connection, transport } = setUp();
    const iterator = connection.items[Symbol.asyncIterator]();
    const opening = iterator.next();
    await settle();
    transport.last.accept();
    await opening;
    await iterator.return?.();
    expect(transport.last.closed).toBe(true);
    expect(connection.state).toEqual({ status: 'closed', reason: { kind: 'stopped' } });
  });

  it('refuses a second reader', async () => {
    const { connection } = setUp();
    void read(connection).done;
    expect(() => connection.items[Symbol.asyncIterator]()).toThrow(/read once/);
    connection.stop();
  });

  it('ends at once for a reader that comes after it was stopped', async () => {
    const { connection, transport } = setUp();
    connection.stop();
    const { items, done } = read(connection);
    await done;
    expect(items).toEqual([]);
    expect(transport.attempts).toHaveLength(0);
  });

  it('sends on the attempt that lives, and says when there is none', async () => {
    const { connection, transport } = setUp();
    expect(connection.send('early')).toBe(false);
    void read(connection).done;
    await settle();
    transport.last.accept();
    await settle();
    expect(connection.send('cancel')).toBe(true);
    expect(transport.last.sent).toEqual(['cancel']);
    connection.stop();
    expect(connection.send('late')).toBe(false);
  });

  it('goes on when one of its listeners throws, and tells the others', async () => {
    const raised = vi.fn();
    process.on('uncaughtException', raised);
    const { connection, transport } = setUp();
    const leave = connection.subscribe(() => {
      throw new Error('mine');
    });
    const states: string[] = [];
    connection.subscribe(() => states.push(connection.state.status));
    const { items, done } = read(connection, () => connection.complete());
    await settle();
    transport.last.accept();
    transport.last.push(frame('a'));
    transport.last.end();
    await done;
    leave();
    process.off('uncaughtException', raised);
    expect(dataOf(items)).toEqual(['a']);
    expect(states).toEqual(['connecting', 'open', 'closed']);
    expect(connection.state).toEqual({ status: 'closed', reason: { kind: 'complete' } });
    expect(raised.mock.calls.map(([error]) => (error as Error).message)).toEqual(['mine', 'mine', 'mine']);
  });

  it('makes a foreign throw one of its own errors', async () => {
    const { connection, transport } = setUp();
    void read(connection).done;
    await settle();
    transport.last.refuse(new TypeError('Failed to fetch'));
    await settle();
    expect(connection.state).toMatchObject({ status: 'waiting', cause: { code: 'connect-failed' } });
    connection.stop();
  });
});
