import { describe, expect, it } from 'vitest';
import type { ChatOptions } from '../../src/compose/chat-options.ts';
import { createChat } from '../../src/compose/create-chat.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import type { Script, ScriptStep } from '../../src/transport/script.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const token = (words: string): ScriptStep => ({ event: 'token', data: JSON.stringify({ token: words }) });
const done: ScriptStep = { event: 'done', data: '{}' };
const cut = { steps: [token('par'), 'lost'] } as const;

function setup(script: Script, options: Partial<ChatOptions> = {}) {
  const clock = createFakeClock();
  const transport = scriptedTransport(script, { clock });
  const chat = createChat({
    url: '/chat',
    protocol: namedEvents({ idempotent: false }),
    transport,
    platform: { clock, random: () => 0 },
    onInterrupted: 'restart',
    ...options,
  });
  const answer = () => chat.getSnapshot().conversation.messages.at(-1);
  return { chat, clock, transport, answer };
}

describe('onInterrupted: restart', () => {
  it('shows what was cut until another answer is whole, then that in one go', async () => {
    const { chat, clock, answer } = setup([cut, { steps: [token('wh'), { afterMs: 100 }, token('ole'), done] }]);
    const sent = chat.send('Hi');
    await clock.pass(50);
    clock.frame();
    expect(answer()).toMatchObject({ status: 'streaming', parts: [{ text: 'par' }], version: 0 });
    expect(chat.getSnapshot()).toMatchObject({ status: 'streaming', error: undefined });
    const shown = new Set<unknown>();
    chat.subscribe(() => shown.add(answer()?.parts));
    await clock.pass(100);
    await expect(sent).resolves.toMatchObject({ status: 'complete', message: { parts: [{ text: 'whole' }] } });
    expect([...shown]).toMatchObject([[{ text: 'par' }], [{ text: 'whole' }]]);
    expect(answer()).toMatchObject({ status: 'complete', version: 1 });
  });

  it('keeps the answer that was cut as a version', async () => {
    const { chat, answer } = setup([cut, { steps: [token('whole'), done] }]);
    await chat.send('Hi');
    const { id } = answer() ?? {};
    expect(chat.branches.of(id ?? '')).toEqual({ index: 1, count: 2 });
    chat.branches.show(id ?? '', 0);
    expect(answer()).toMatchObject({ status: 'interrupted', parts: [{ text: 'par' }] });
  });

  it('asks under another key, with neither answer in the request', async () => {
    const turns: string[] = [];
    const { chat, transport } = setup([cut, { steps: [done] }], {
      prepareRequest(draft, { turn, trigger, conversation }) {
        turns.push(turn);
        expect(conversation.messages.map(({ role }) => role)).toEqual(['user']);
        return { ...draft, body: { trigger } };
      },
    });
    await chat.send('Hi');
    expect(new Set(turns).size).toBe(2);
    expect(transport.requests.map(({ request }) => request.body)).toEqual([
      '{"trigger":"send"}',
      '{"trigger":"regenerate"}',
    ]);
  });

  it('gives up after three more answers that are cut, and keeps the first', async () => {
    const { chat, transport, answer } = setup([cut, { steps: [token('other'), 'lost'] }]);
    await expect(chat.send('Hi')).resolves.toMatchObject({ status: 'interrupted' });
    expect(transport.requests).toHaveLength(4);
    expect(answer()).toMatchObject({
      status: 'interrupted',
      parts: [{ text: 'par' }],
      error: { code: 'closed-early' },
    });
    expect(chat.branches.of(answer()?.id ?? '')).toEqual({ index: 0, count: 1 });
  });

  it('stops at what stands when the reader stops', async () => {
    const { chat, clock, transport, answer } = setup([cut, { steps: [token('wh'), 'stall'] }]);
    const sent = chat.send('Hi');
    await clock.pass(50);
    chat.stop();
    await expect(sent).resolves.toMatchObject({ status: 'stopped' });
    expect(answer()).toMatchObject({ status: 'stopped', parts: [{ text: 'par' }] });
    expect(transport.requests.every(({ closed }) => closed)).toBe(true);
  });

  it('tells the chunks of the new answer once that is shown', async () => {
    const chunks: Chunk[] = [];
    const { chat } = setup([cut, { steps: [token('whole'), done] }], { onChunk: (chunk) => void chunks.push(chunk) });
    await chat.send('Hi');
    expect(chunks).toMatchObject([{ delta: 'par' }, { delta: 'whole' }, { type: 'finish' }]);
  });

  it('does nothing unless it is asked for', async () => {
    const { chat, transport } = setup(cut, { onInterrupted: 'keep' });
    await expect(chat.send('Hi')).resolves.toMatchObject({ status: 'interrupted' });
    expect(transport.requests).toHaveLength(1);
  });
});
