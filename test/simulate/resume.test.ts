import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFaults } from '../../src/simulate/fault-text.ts';
import { type RunningSimulator, startSimulator } from '../../src/simulate/node-host.ts';
import type { ResumeMode } from '../../src/simulate/options.ts';
import { ask, type AskOptions, readRecords } from './client.ts';

let host: RunningSimulator;
beforeAll(async () => {
  host = await startSimulator();
});
afterAll(() => host.close());

const message = 'The quick brown fox jumps over the lazy dog';
const key = (name: string) => ({ 'idempotency-key': name });
const stats = (turn: string) => host.simulator.turnStats(turn);

describe('resume by id', () => {
  it('sends exactly the rest, from every record', async () => {
    const options: AskOptions = { script: 'echo', message, turn: 'by-id' };
    const whole = await ask(host.url, options);
    const { events } = readRecords(whole.text);
    for (const [index, event] of events.slice(0, -1).entries()) {
      const rest = await ask(host.url, { ...options, headers: { 'last-event-id': event.id ?? '' } });
      expect(readRecords(rest.text).events).toEqual(events.slice(index + 1));
    }
    expect(stats('by-id')).toMatchObject({ generations: 1, attempts: events.length });
  });

  it('has nothing left after the last record', async () => {
    const options: AskOptions = { turn: 'at-the-end' };
    const { lastId = '' } = readRecords((await ask(host.url, options)).text);
    expect((await ask(host.url, { ...options, headers: { 'last-event-id': lastId } })).status).toBe(204);
  });

  it('finds the answer by the cursor alone, whatever else is asked', async () => {
    const first = await ask(host.url, {
      script: 'echo',
      message,
      turn: 'cut-short',
      faults: parseFaults('cut:at=300,end=eof'),
    });
    const received = readRecords(first.text);
    const rest = await ask(host.url, {
      message: 'something else',
      headers: { 'last-event-id': received.lastId ?? '' },
    });
    expect(received.answer + readRecords(rest.text).answer).toBe(message);
    expect(stats('cut-short')).toMatchObject({ generations: 1, attempts: 2, completed: 1 });
  });

  it('does not know cursors of others', async () => {
    for (const id of ['00000000-3', 'abc', '17']) {
      const reply = await ask(host.url, { turn: 'stranger', headers: { 'last-event-id': id } });
      expect(reply).toMatchObject({ status: 404, text: '{"detail":"Unknown cursor"}' });
    }
    expect(stats('stranger').generations).toBe(0);
  });
});

describe('resume by sequence', () => {
  it('numbers records from 0 and sends those after a number', async () => {
    const options: AskOptions = { script: 'echo', message, resume: 'sequence', turn: 'by-number' };
    const { events } = readRecords((await ask(host.url, options)).text);
    expect(events.map((event) => (JSON.parse(event.data) as { seq: number }).seq)).toEqual(
      events.map((_, index) => index),
    );
    expect(events.every((event) => event.id === undefined)).toBe(true);
    const rest = await ask(host.url, { ...options, headers: { 'last-event-id': '4' } });
    expect(readRecords(rest.text).events).toEqual(events.slice(5));
    expect(stats('by-number').generations).toBe(1);
  });
});

describe('replay', () => {
  it('sends the same answer from its start, for the same key and for a cursor', async () => {
    const options: AskOptions = { script: 'random', resume: 'replay', headers: key('replayed'), turn: 'replayed' };
    const whole = await ask(host.url, options);
    expect((await ask(host.url, options)).text).toBe(whole.text);
    const cursor = await ask(host.url, { ...options, headers: { 'last-event-id': '5' } });
    expect(cursor.text).toBe(whole.text);
    expect(stats('replayed')).toMatchObject({ generations: 1, attempts: 3 });
  });
});

describe('no resume', () => {
  it('begins another answer, whatever cursor and key are sent', async () => {
    const options: AskOptions = { script: 'random', length: 30, resume: 'none', vary: true, turn: 'never' };
    const first = readRecords((await ask(host.url, { ...options, headers: key('a') })).text);
    const second = readRecords(
      (await ask(host.url, { ...options, headers: { ...key('a'), 'last-event-id': '5' } })).text,
    );
    expect(second.events[0]?.event).toBe('thinking');
    expect(second.answer).not.toBe(first.answer);
    expect(stats('never').generations).toBe(2);
  });
});

describe('an Idempotency-Key', () => {
  it.each<[ResumeMode, boolean, number]>([
    ['id', true, 1],
    ['sequence', true, 1],
    ['id', false, 2],
    ['none', true, 1],
    ['none', false, 2],
  ])('with resume by %s, idempotent %s: asking twice makes %i', async (resume, idempotent, generations) => {
    const turn = `twice-${resume}-${idempotent}`;
    const options: AskOptions = { resume, idempotent, turn, headers: key('same') };
    const first = await ask(host.url, options);
    expect(readRecords((await ask(host.url, options)).text).answer).toBe(readRecords(first.text).answer);
    expect(stats(turn)).toMatchObject({ generations, attempts: 2 });
  });

  it('tells turns apart', async () => {
    const before = host.simulator.stats().generations;
    await ask(host.url, { headers: key('one') });
    await ask(host.url, { headers: key('two') });
    await ask(host.url, { headers: key('one') });
    expect(host.simulator.stats().generations - before).toBe(2);
    expect(stats('one').attempts).toBe(2);
  });
});

describe('faults over several attempts', () => {
  it('strike the attempts they name, so that a client that resumes gets the whole', async () => {
    const options: AskOptions = {
      script: 'random',
      seed: 5,
      turn: 'bad-day',
      faults: parseFaults(
        'cut:at=200,end=eof;status:status=503,attempt=2;cut:at=0,end=eof,attempt=3;cut:at=333,end=fin,attempt=4',
      ),
    };
    const whole = readRecords((await ask(host.url, { script: 'random', seed: 5 })).text).answer;
    let answer = '';
    let lastId: string | undefined;
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const reply = await ask(host.url, {
        ...options,
        headers: lastId === undefined ? {} : { 'last-event-id': lastId },
      });
      expect(reply.status).toBe(attempt === 2 ? 503 : 200);
      const records = readRecords(reply.text);
      answer += records.answer;
      lastId = records.lastId ?? lastId;
    }
    expect(answer).toBe(whole);
    expect(stats('bad-day')).toMatchObject({ generations: 1, attempts: 5, completed: 1, overlaps: 0, aborts: 0 });
  });

  it('strike anew when a nameless turn is asked again after it was finished', async () => {
    const options: AskOptions = {
      script: 'echo',
      message: 'again and again',
      faults: parseFaults('cut:at=150,end=eof'),
    };
    for (let visit = 0; visit < 2; visit += 1) {
      const first = readRecords((await ask(host.url, options)).text);
      expect(first.answer).not.toBe('again and again');
      const rest = await ask(host.url, { ...options, headers: { 'last-event-id': first.lastId ?? '' } });
      expect(first.answer + readRecords(rest.text).answer).toBe('again and again');
    }
  });
});

describe('stats', () => {
  it('counts connections of one turn that were open together', async () => {
    const slow: AskOptions = {
      turn: 'together',
      headers: key('together'),
      faults: parseFaults('cut:at=60,end=hang,until=all'),
    };
    const stop = new AbortController();
    const both = [1, 2].map(() => ask(host.url, { ...slow, signal: stop.signal }).catch(() => undefined));
    await expect.poll(() => stats('together')).toMatchObject({ open: 2, overlaps: 1, generations: 1 });
    stop.abort();
    await Promise.all(both);
    await expect.poll(() => stats('together')).toMatchObject({ open: 0, aborts: 2 });
  });

  it('can be read and reset over HTTP', async () => {
    await ask(host.url, { turn: 'read' });
    const read = async (path: string) =>
      (await (await fetch(host.url + path)).json()) as { generations: number; turns?: object };
    expect(await read('/stats?turn=read')).toMatchObject({ generations: 1, completed: 1 });
    expect((await read('/stats')).turns).toHaveProperty('read');
    await fetch(`${host.url}/reset?turn=read`, { method: 'POST' });
    expect(await read('/stats?turn=read')).toMatchObject({ generations: 0 });
  });

  it('forgets the oldest turns past the bound', async () => {
    const small = await startSimulator({ maxTurns: 3 });
    for (let turn = 0; turn < 9; turn += 1) await ask(small.url, { turn: `turn-${turn}` });
    expect(Object.keys(small.simulator.stats().turns)).toEqual(['turn-6', 'turn-7', 'turn-8']);
    await small.close();
  });
});
