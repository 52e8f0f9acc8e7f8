import { describe, expect, it } from 'vitest';
import { createChat } from '../../src/compose/create-chat.ts';
import { createEventStream } from '../../src/compose/create-event-stream.ts';
import { createOriginLimit } from '../../src/connection/origin-limit.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import type { Fact } from '../../src/store/facts.ts';
import type { Script } from '../../src/transport/script.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createFakeEnvironment } from '../support/fake-environment.ts';

const secret = 'confidential';
const token = { event: 'token', data: JSON.stringify({ token: secret }) };
const done = { event: 'done', data: '{}' };

async function factsOf(script: Script, passMs = 60_000) {
  const clock = createFakeClock(0);
  const facts: Fact[] = [];
  const chat = createChat({
    id: 'c',
    url: '/chat',
    protocol: namedEvents({ resumable: true }),
    transport: scriptedTransport(script, { clock }),
    platform: { clock, random: () => 0 },
    observe: (fact) => void facts.push(fact),
  });
  const sent = chat.send(secret);
  await clock.pass(passMs);
  return { facts, chat, sent, clock };
}

describe('observe', () => {
  it('tells of a turn in order, with times and counts', async () => {
    const { facts } = await factsOf({ headMs: 100, steps: [{ afterMs: 50 }, token, { afterMs: 10 }, token, done] });
    const about = { stream: 'chat', chat: 'c', trigger: 'send', turn: expect.any(String) as string, request: 1 };
    expect(facts).toEqual([
      { ...about, type: 'request', at: 0 },
      { ...about, type: 'headers', at: 100, ms: 100 },
      { ...about, type: 'first-byte', at: 150, ms: 150 },
      { ...about, type: 'first-chunk', at: 150, ms: 150 },
      { ...about, type: 'attempt', at: 160, outcome: 'ended', ms: 160, chunks: 3, bytes: expect.any(Number) as number },
      {
        ...about,
        type: 'finish',
        at: 160,
        outcome: 'complete',
        ms: 160,
        chunks: 3,
        bytes: expect.any(Number) as number,
      },
    ]);
  });

  it('tells of each attempt, and why it was lost', async () => {
    const { facts } = await factsOf([
      { refuse: { status: 503 } },
      { steps: [{ ...token, id: '1' }, 'lost'] },
      { steps: [done] },
    ]);
    expect(facts.map(({ type, request }) => `${request} ${type}`)).toEqual([
      '1 request',
      '1 attempt',
      '2 request',
      '2 headers',
      '2 first-byte',
      '2 first-chunk',
      '2 attempt',
      '3 request',
      '3 headers',
      '3 first-byte',
      '3 first-chunk',
      '3 attempt',
      '3 finish',
    ]);
    expect(facts[1]).toMatchObject({ outcome: 'lost', httpStatus: 503 });
    expect(facts[6]).toMatchObject({ outcome: 'lost', chunks: 1 });
    expect(facts.at(-1)).toMatchObject({ outcome: 'complete', chunks: 2 });
  });

  it('never tells content', async () => {
    const { facts } = await factsOf({ steps: [token, { event: 'error', data: JSON.stringify({ error: secret }) }] });
    expect(facts.at(-1)).toMatchObject({ type: 'finish', outcome: 'failed', code: 'failed' });
    expect(JSON.stringify(facts)).not.toContain(secret);
  });

  it('tells that the reader stopped it', async () => {
    const { facts, chat, clock } = await factsOf({ steps: [token, 'stall'] }, 1_000);
    chat.stop();
    await clock.pass(0);
    expect(facts.slice(-2)).toMatchObject([
      { type: 'attempt', outcome: 'ended' },
      { type: 'finish', outcome: 'stopped' },
    ]);
  });

  it('tells of an event stream', async () => {
    const clock = createFakeClock(0);
    const facts: Fact[] = [];
    const stream = createEventStream({
      url: 'https://example.test/feed',
      transport: scriptedTransport({ steps: [{ data: '1' }, { data: '2' }, 'stall'] }, { clock }),
      platform: {
        clock,
        random: () => 0,
        environment: createFakeEnvironment(),
        originLimit: createOriginLimit(() => undefined),
      },
      observe: (fact) => void facts.push(fact),
    });
    stream.open();
    await clock.pass(0);
    stream.close();
    expect(facts.map(({ stream: kind, type }) => `${kind} ${type}`)).toEqual([
      'events request',
      'events headers',
      'events first-byte',
      'events first-chunk',
      'events attempt',
      'events finish',
    ]);
    expect(facts.at(-1)).toMatchObject({ outcome: 'stopped', chunks: 2 });
  });
});
