// The heart of the lab, without a page: a real chat on the simulated server, held by a session.
import { describe, expect, it } from 'vitest';
import { createChat, fetchTransport, namedEvents, type Message } from '../../src/index.ts';
import { createSimulatedFetch, createSimulator } from '../../src/testing.ts';
import { parseFaults } from '../../stories/support/lab/faults.ts';
import { createLabSession } from '../../stories/support/lab/lab-session.ts';
import { labTransport } from '../../stories/support/lab/lab-transport.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function showing(faults = '', query = 'script=sources&tokensPerSecond=40') {
  const session = createLabSession(true, createFakeClock(), 1);
  const server = createSimulatedFetch(createSimulator({ clock: session.serverClock }));
  const chat = createChat({
    url: `http://lab.test/named-events/chat/stream?${query}`,
    protocol: namedEvents({ resumable: true }),
    transport: labTransport(fetchTransport({ fetch: server }), parseFaults(faults), session),
    platform: { clock: session.clock, environment: session.environment, random: session.random },
    id: 'lab',
    generateId: session.generateId,
  });
  session.registry.add(chat.status);
  session.onStop(chat.stop);
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

  it('shows the same at the same event, reached in one go or step by step', async () => {
    const straight = showing('drop-12_duplicate-20');
    const stepping = showing('drop-12_duplicate-20');
    await straight.session.goTo(30);
    for (let target = 1; target <= 30; target += 1) await stepping.session.goTo(target);
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

  it('takes as long as it is told when it plays', async () => {
    const { session } = showing();
    expect(await session.playUntil(1_000)).toBe(true);
    expect(session.ms).toBeLessThanOrEqual(1_000);
    expect(session.events.at(-1)?.ms).toBeGreaterThan(900);
    expect(await session.playUntil(1e9)).toBe(false);
  });
});
