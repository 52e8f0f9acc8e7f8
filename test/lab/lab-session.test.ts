// The heart of the lab, without a page: a real chat on the simulated server, held by a session.
import { describe, expect, it } from 'vitest';
import { createChat, fetchTransport, type Message } from '../../src/index.ts';
import { createSimulatedFetch, createSimulator, simulationQuery } from '../../src/testing.ts';
import { chatReader } from '../../stories/support/lab/chat-reader.ts';
import { parseFaults } from '../../stories/support/lab/faults.ts';
import { createLabSession } from '../../stories/support/lab/lab-session.ts';
import { defaultLabState } from '../../stories/support/lab/lab-state.ts';
import { labTransport } from '../../stories/support/lab/lab-transport.ts';
import type { ProtocolName } from '../../stories/support/lab/protocol-titles.ts';
import { protocols } from '../../stories/support/lab/protocols.ts';
import { labSimulation } from '../../stories/support/lab/simulation.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function showing(text = '', query = 'script=sources&tokensPerSecond=40', protocol: ProtocolName = 'named-events') {
  const { path, adapter } = protocols[protocol];
  const faults = parseFaults(text);
  const session = createLabSession({ held: true, clock: createFakeClock(), seed: 1, faults });
  const server = createSimulatedFetch(createSimulator({ clock: session.serverClock }));
  const chat = createChat({
    url: `http://lab.test/${path}?${query}`,
    protocol: adapter,
    transport: labTransport(fetchTransport({ fetch: server }), faults, session),
    platform: { clock: session.clock, environment: session.environment, random: session.random },
    id: 'lab',
    generateId: session.generateId,
  });
  session.registry.add(chat.status);
  session.addReader(chatReader(chat));
  void chat.send('Why?');
  const answer = (): Message => chat.getSnapshot().conversation.messages.at(-1) as Message;
  return { session, chat, answer };
}

function textOf(message: Message): string {
  return message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
}

describe('createLabSession', () => {
  it('lets exactly as many events happen as it is told', async () => {
    const { session, answer } = showing();
    await session.goTo(0);
    expect(session.events).toHaveLength(0);
    for (const target of [1, 2, 3, 17, 18]) {
      await session.goTo(target);
      expect(session.events).toHaveLength(target);
    }
    expect(answer().status).toBe('streaming');
  });

  it.each([
    ['drop-12_duplicate-20', 'story'],
    ['offline-9_reorder-22_stall-26', 'story'],
    ['drop-30_duplicate-40', 'bytes-5'],
    ['missing-15_drop-25', 'random-40'],
    ['stop-28', 'split-utf8'],
  ] as const)('shows the same at the same event, in one go or step by step: %s, %s', async (faults, chunks) => {
    const settings = { ...defaultLabState, chunks, jitter: 60, firstMs: 300 };
    const query = simulationQuery(labSimulation(settings, { script: 'sources', tokensPerSecond: 40 }));
    const straight = showing(faults, query);
    const stepping = showing(faults, query);
    await straight.session.goTo(45);
    for (let target = 1; target <= 45; target += 1) await stepping.session.goTo(target);
    expect(straight.session.events.length).toBeGreaterThan(25);
    expect(stepping.session.events).toEqual(straight.session.events);
    expect(stepping.chat.getSnapshot().conversation).toEqual(straight.chat.getSnapshot().conversation);
  });

  it('goes on to the end and no further', async () => {
    const { session, answer } = showing();
    await session.goTo('end');
    const happened = session.events.length;
    expect(answer().status).toBe('complete');
    await session.goTo('end');
    expect(session.events).toHaveLength(happened);
  });

  it('loses nothing when the connection drops and is resumed', async () => {
    const whole = showing();
    await whole.session.goTo('end');
    const dropped = showing('drop-12_drop-25');
    await dropped.session.goTo('end');
    expect(dropped.session.events.filter(({ kind }) => kind === 'request')).toHaveLength(3);
    expect(dropped.answer().status).toBe('complete');
    expect(textOf(dropped.answer())).toBe(textOf(whole.answer()));
  });

  it('makes a silence an event once the connection calls it one', async () => {
    const { session } = showing('stall-10');
    await session.goTo(11);
    expect(session.events.at(-1)).toMatchObject({ kind: 'state', text: 'stalled' });
    await session.goTo('end');
    expect(session.status).toBe('closed');
  });

  it('goes offline, waits for the network, and goes on', async () => {
    const { session, answer } = showing('offline-14');
    await session.goTo('end');
    expect(session.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['offline', 'lost', 'online']));
    expect(answer().status).toBe('complete');
  });

  it('presses Stop', async () => {
    const { session, answer } = showing('stop-14');
    await session.goTo('end');
    expect(answer().status).toBe('stopped');
  });

  it('answers what a tool asks for, and goes on with what comes of it', async () => {
    const query = 'script=approval&tokensPerSecond=40';
    const asked = showing('', query, 'ai-sdk');
    await asked.session.goTo('end');
    const end = asked.session.events.length;
    expect(asked.chat.getSnapshot().status).toBe('awaiting');

    const allowed = showing(`allow-${end}`, query, 'ai-sdk');
    await allowed.session.goTo('end');
    expect(allowed.session.events[end]).toMatchObject({ kind: 'allow', text: 'the reader presses Allow' });
    expect(textOf(allowed.answer())).toContain('It is sent.');
    const denied = showing(`deny-${end}`, query, 'ai-sdk');
    await denied.session.goTo('end');
    expect(denied.answer().parts.find(({ type }) => type === 'tool')).toMatchObject({ status: 'denied' });

    const stepping = showing(`allow-${end}`, query, 'ai-sdk');
    for (let at = 1; at <= allowed.session.events.length; at += 1) await stepping.session.goTo(at);
    expect(stepping.session.events).toEqual(allowed.session.events);
    expect(stepping.chat.getSnapshot().conversation).toEqual(allowed.chat.getSnapshot().conversation);
  });

  it('takes as long as it is told when it plays', async () => {
    const { session } = showing();
    expect(await session.playUntil(1_000)).toBe(true);
    expect(session.ms).toBeLessThanOrEqual(1_000);
    expect(session.events.at(-1)?.ms).toBeGreaterThan(900);
    expect(await session.playUntil(1e9)).toBe(false);
  });
});
