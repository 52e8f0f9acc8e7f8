import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../src/simulate/handler.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { readRecords, readReply } from './client.ts';

const base = 'https://simulated.example/feed';

async function read(query: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await createSimulator()(new Request(base + query, { headers }));
  return { status: response.status, ...readRecords((await readReply(response)).text) };
}

describe('a feed', () => {
  it('numbers its records and goes on after the one last seen', async () => {
    const whole = await read('/prices?everyMs=0&count=20');
    expect(whole.events.map((event) => event.id)).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
    const rest = await read('/prices?everyMs=0&count=20', { 'last-event-id': '12' });
    expect(rest.events).toEqual(whole.events.slice(13));
    expect((await read('/prices?everyMs=0&count=20', { 'last-event-id': '19' })).status).toBe(204);
  });

  it('says the same for the same seed', async () => {
    const query = '/notifications?everyMs=0&count=5&seed=';
    expect((await read(`${query}4`)).events).toEqual((await read(`${query}4`)).events);
    expect((await read(`${query}4`)).events).not.toEqual((await read(`${query}5`)).events);
  });

  it('starts over where it does not resume, and is struck by faults', async () => {
    const query = '/prices?everyMs=0&count=4&resume=none';
    expect((await read(query, { 'last-event-id': '2' })).events).toHaveLength(4);
    expect((await read(query)).events.every((event) => event.id === undefined)).toBe(true);
    expect((await read('/prices?everyMs=0&count=4&faults=drop:record=1')).events.map((event) => event.id)).toEqual([
      '0',
      '2',
      '3',
    ]);
    expect((await read('/prices?faults=status:status=429')).status).toBe(429);
  });

  it('ticks without end, until the client leaves', async () => {
    const clock = createFakeClock();
    const simulator = createSimulator({ clock });
    const stop = new AbortController();
    const reply = readReply(
      await simulator(new Request(`${base}/prices?everyMs=1000&turn=live`, { signal: stop.signal })),
    );
    await clock.pass(60_000);
    expect(simulator.turnStats('live').open).toBe(1);
    stop.abort();
    expect(readRecords((await reply).text).events).toHaveLength(61);
    expect(simulator.turnStats('live')).toMatchObject({ open: 0, aborts: 1, generations: 0 });
  });

  it('is refused where there is none, or with figures that are none', async () => {
    expect((await read('/weather')).status).toBe(404);
    expect((await read('/prices?everyMs=often')).status).toBe(400);
  });
});
