import { describe, expect, it } from 'vitest';
import { type StreamChatOptions, streamChat } from '../../src/compose/stream-chat.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import type { Script, ScriptStep } from '../../src/transport/script.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';
import { chunkAdapter, finish, record, text } from '../support/chunk-adapter.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { createPuppetTransport } from '../support/puppet-transport.ts';

const token = (words: string): ScriptStep => ({ event: 'token', data: JSON.stringify({ token: words }) });
const done: ScriptStep = { event: 'done', data: '{}' };

function setup(script: Script, options: Partial<StreamChatOptions> = {}) {
  const clock = createFakeClock();
  const transport = scriptedTransport(script, { clock });
  const ask = () =>
    streamChat({ url: '/chat', protocol: namedEvents(), transport, platform: { clock }, message: 'Hi', ...options });
  return { clock, transport, ask };
}

const deltasOf = (chunks: readonly Chunk[]) => chunks.map((chunk) => ('delta' in chunk ? chunk.delta : chunk.type));

async function collect(stream: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe('streamChat', () => {
  it('gives the chunks of one turn, and the loop ends with it', async () => {
    const { ask, transport } = setup({ steps: [token('Hel'), token('lo'), done] });
    const stream = ask();
    expect(deltasOf(await collect(stream))).toEqual(['Hel', 'lo', 'finish']);
    expect(stream.message).toMatchObject({ status: 'complete', parts: [{ text: 'Hello' }] });
    await expect(stream.finished()).resolves.toMatchObject({ status: 'complete' });
    expect(JSON.parse(transport.requests[0]?.request.body ?? '')).toMatchObject({ message: 'Hi' });
  });

  it('aborts the request when the loop is left', async () => {
    const { ask, transport } = setup({ steps: [token('a'), token('b'), 'stall'] });
    const stream = ask();
    for await (const chunk of stream) {
      expect(chunk).toMatchObject({ delta: 'a' });
      break;
    }
    await settle();
    expect(transport.requests[0]?.closed).toBe(true);
    await expect(stream.finished()).resolves.toMatchObject({ status: 'stopped' });
  });

  it('calls onChunk without anyone iterating, and stops when told', async () => {
    const chunks: Chunk[] = [];
    const { ask, transport } = setup(
      { steps: [token('a'), token('b'), 'stall'] },
      { onChunk: (chunk) => void chunks.push(chunk) },
    );
    const { stop, finished } = ask();
    await settle();
    expect(deltasOf(chunks)).toEqual(['a', 'b']);
    stop();
    await expect(finished()).resolves.toMatchObject({ status: 'stopped', message: { parts: [{ text: 'ab' }] } });
    expect(transport.requests[0]?.closed).toBe(true);
  });

  it('gives the whole answer to who waits for nothing else', async () => {
    const { ask } = setup({ steps: [token('Hel'), token('lo'), done] });
    await expect(ask().finished()).resolves.toMatchObject({
      status: 'complete',
      message: { parts: [{ text: 'Hello' }] },
    });
  });

  it('stops when its signal is aborted, before the request or after', async () => {
    const { ask, transport } = setup({ steps: [token('a'), 'stall'] }, { signal: AbortSignal.abort() });
    await expect(collect(ask())).resolves.toEqual([]);
    expect(transport.requests).toHaveLength(0);
    const controller = new AbortController();
    const later = setup({ steps: [token('a'), 'stall'] }, { signal: controller.signal });
    const chunks: Chunk[] = [];
    for await (const chunk of later.ask()) {
      chunks.push(chunk);
      controller.abort();
    }
    expect(deltasOf(chunks)).toEqual(['a']);
    expect(later.transport.requests[0]?.closed).toBe(true);
  });

  it('throws what ended the turn, after what arrived', async () => {
    const { ask } = setup({ steps: [token('par'), 'lost'] });
    const chunks: Chunk[] = [];
    const reading = (async () => {
      for await (const chunk of ask()) chunks.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'closed-early' });
    expect(deltasOf(chunks)).toEqual(['par']);
  });

  it('reads no faster than its loop', async () => {
    const clock = createFakeClock();
    const transport = createPuppetTransport();
    const stream = streamChat({ url: '/c', protocol: chunkAdapter(), transport, platform: { clock }, message: 'Hi' });
    const chunks = stream[Symbol.asyncIterator]();
    const first = chunks.next();
    await settle();
    transport.last.accept();
    transport.last.push(record([text('a'), text('b')]));
    await expect(first).resolves.toMatchObject({ value: { delta: 'a' } });
    await settle();
    const { reads } = transport.last;
    transport.last.push(record(finish));
    await settle();
    expect(transport.last.reads).toBe(reads);
    await expect(chunks.next()).resolves.toMatchObject({ value: { delta: 'b' } });
    await expect(chunks.next()).resolves.toMatchObject({ value: { type: 'finish' } });
    await expect(chunks.next()).resolves.toMatchObject({ done: true });
  });

  it('tells each chunk once when the server replays the answer', async () => {
    const source: Chunk = { type: 'source', kind: 'url', url: 'https://example.test' };
    const step = (chunk: Chunk): ScriptStep => ({ data: JSON.stringify(chunk) });
    const { ask, clock } = setup(
      [
        { steps: [step(text('Hel')), step(source), 'lost'] },
        { steps: [step(text('He')), step(text('llo')), step(source), step(source), step(finish)] },
      ],
      { protocol: chunkAdapter({ idempotent: true }) },
    );
    const reading = collect(ask());
    await clock.pass(60_000);
    expect(deltasOf(await reading)).toEqual(['Hel', 'source', 'lo', 'source', 'finish']);
  });

  it('tells a replayed text that came out differently as a whole that replaces it', async () => {
    const step = (chunk: Chunk): ScriptStep => ({ data: JSON.stringify(chunk) });
    const { ask, clock } = setup(
      [{ steps: [step(text('Hel')), 'lost'] }, { steps: [step(text('Good ')), step(text('day')), step(finish)] }],
      { protocol: chunkAdapter({ idempotent: true }) },
    );
    const reading = collect(ask());
    await clock.pass(60_000);
    await expect(reading).resolves.toMatchObject([{ delta: 'Hel' }, { set: 'Good day' }, { type: 'finish' }]);
  });

  it('says at once what is missing, and that its chunks come once', () => {
    expect(() => streamChat({ protocol: namedEvents(), message: 'Hi' })).toThrow(/A chat needs `url`/);
    const { ask } = setup({ steps: [done] });
    const stream = ask();
    stream[Symbol.asyncIterator]();
    expect(() => stream[Symbol.asyncIterator]()).toThrow(/iterated twice/);
    stream.stop();
  });
});
