import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import { platform } from '../../src/compose/platform.ts';
import type { Adapter } from '../../src/protocol/adapter.ts';
import { aiSdk } from '../../src/protocol/ai-sdk.ts';
import { autoProtocol } from '../../src/protocol/auto.ts';
import { delta } from '../../src/protocol/delta.ts';
import { dify } from '../../src/protocol/dify.ts';
import { gemini } from '../../src/protocol/gemini.ts';
import { genie } from '../../src/protocol/genie.ts';
import { langgraph } from '../../src/protocol/langgraph.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { openaiResponses } from '../../src/protocol/openai-responses.ts';
import { typed } from '../../src/protocol/typed.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { codecs } from './run-turn.ts';
import { readTurn, setUp, settle, textOf } from '../store/turn-set-up.ts';

const record = (data: unknown, event = 'message', id?: string): Frame => ({
  kind: 'message',
  event,
  data: typeof data === 'string' ? data : JSON.stringify(data),
  ...(id === undefined ? {} : { id }),
});

/** A turn whose requests show path and query. */
function run(adapter: Adapter, options: Parameters<typeof setUp>[0] = {}) {
  const made = setUp({
    adapter,
    codecs,
    buildRequest: ({ method, path = '', query = {}, body }) => ({
      url: `${path}?${new URLSearchParams(query)}`,
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    ...options,
  });
  return { ...made, reading: readTurn(made.turn) };
}

describe('a turn with autoProtocol', () => {
  const any = [namedEvents({ resumable: true }), genie(), delta(), typed(), dify({ user: 'u' })];

  it('shows the answer and remembers which protocol it came by', async () => {
    const { transport, reading } = run(autoProtocol(any, { request: typed() }));
    await settle();
    expect(transport.last.request.url).toBe('?query=&session_id=c');
    transport.last.accept();
    transport.last.push(record({ delta: 'Hel', isFinal: false }));
    transport.last.push(record({ delta: 'lo', isFinal: true }));
    await reading.done;
    expect(reading).toMatchObject({ ending: 'complete', texts: ['Hel', 'Hello'] });
    expect(reading.message.metadata).toEqual({ protocol: 'delta' });
  });

  it('fails on a reply in none of the formats, and quotes what it began with', async () => {
    const { transport, reading, diagnostics } = run(autoProtocol(any, { request: typed() }));
    await settle();
    transport.last.accept();
    for (let index = 0; index < 8; index += 1) transport.last.push(record({ v: index }));
    await reading.done;
    expect(reading).toMatchObject({ ending: 'failed', error: { remoteCode: 'unrecognised', retryable: false } });
    expect(diagnostics).toMatchObject([{ name: 'ProtocolError', code: 'unknown-chunk', excerpt: '{"v":0}' }]);
  });

  it('fails on a short one when it ends', async () => {
    const { transport, reading } = run(autoProtocol(any, { request: typed() }));
    await settle();
    transport.last.accept();
    transport.last.push(record({ v: 1 }));
    transport.last.end();
    await reading.done;
    expect(reading).toMatchObject({ ending: 'failed', error: { remoteCode: 'unrecognised' } });
    expect(reading.error?.details).toEqual({ excerpt: '{"v":1}' });
  });

  it('resumes by header where the protocol it chose does', async () => {
    const { transport, reading, clock } = run(autoProtocol(any, { request: namedEvents({ resumable: true }) }));
    await settle();
    transport.last.accept();
    transport.last.push(record({ token: 'a' }, 'token', '1'));
    transport.last.end();
    await clock.pass(1_000);
    expect(transport.last.request.headers).toMatchObject({ 'last-event-id': '1' });
    transport.last.accept();
    transport.last.push(record({ token: 'b' }, 'token', '2'), record('', 'done', '3'));
    await reading.done;
    expect(reading).toMatchObject({ ending: 'complete', texts: ['a', 'ab'] });
  });
});

describe('a turn with genie', () => {
  it('skips a record that cannot be unpacked, says so, and goes on in order', async () => {
    const { transport, reading, diagnostics } = run(genie());
    await settle();
    transport.last.accept();
    const text = (result: string) => record({ messageId: 'm', messageType: 'agent_stream', result });
    transport.last.push(text('a'), record({ compressed: true, data: 'H4sIAAAAAAAAA2JhZA==' }), text('b'));
    transport.last.push(record('[DONE]'));
    await reading.done;
    expect(reading.ending).toBe('complete');
    expect(textOf(reading.message)).toBe('ab');
    expect(diagnostics).toMatchObject([{ code: 'invalid-chunk', field: 'data' }]);
  });

  it('ends at a packed record that holds more than a record may, and keeps what came before', async () => {
    const { transport, reading } = run(genie(), { codecs: platform().codecs, limits: { maxFrameBytes: 100_000 } });
    await settle();
    transport.last.accept();
    transport.last.push(record({ messageId: 'm', messageType: 'agent_stream', result: 'a' }));
    const bomb = gzipSync(JSON.stringify({ messageType: 'agent_stream', result: 'x'.repeat(10_000_000) }));
    expect(bomb.length).toBeLessThan(20_000);
    transport.last.push(record({ compressed: true, data: bomb.toString('base64') }));
    await reading.done;
    expect(reading).toMatchObject({ ending: 'failed', error: { code: 'buffer-exceeded' } });
    expect(textOf(reading.message)).toBe('a');
  });

  it('puts numbered records in order, and calls their end unconfirmed', async () => {
    const { transport, reading } = run(genie());
    await settle();
    transport.last.accept();
    transport.last.push(record({ sequence: 0, content: 'a' }), record({ sequence: 2, content: 'c' }));
    transport.last.push(record({ sequence: 1, content: 'b' }));
    transport.last.end();
    await reading.done;
    expect(reading).toMatchObject({ ending: 'unconfirmed' });
    expect(textOf(reading.message)).toBe('abc');
  });
});

describe('a turn with gemini', () => {
  const said = (text: string, more: object = {}) =>
    record({ candidates: [{ content: { parts: [{ text }] }, ...more }] });

  it('is complete at the end of file where the server told its last record', async () => {
    const { transport, reading } = run(gemini());
    await settle();
    expect(transport.last.request.url).toBe('?alt=sse');
    transport.last.accept();
    transport.last.push(said('a'), said('b', { finishReason: 'STOP' }));
    transport.last.end();
    await reading.done;
    expect(reading).toMatchObject({ ending: 'complete', message: { finishReason: 'stop' } });
  });

  it('is interrupted by an end of file before it', async () => {
    const { transport, reading } = run(gemini());
    await settle();
    transport.last.accept();
    transport.last.push(said('a'));
    transport.last.end();
    await reading.done;
    expect(reading).toMatchObject({ ending: 'interrupted', error: { code: 'closed-early' } });
  });
});

describe('a turn with dify', () => {
  it('follows its run after a loss and mends the answer', async () => {
    const { transport, reading, clock } = run(dify({ user: 'u' }));
    const ids = { task_id: 't', conversation_id: 'c', workflow_run_id: 'w' };
    await settle();
    transport.last.accept();
    transport.last.push(record({ event: 'workflow_started', ...ids, data: {} }));
    transport.last.push(record({ event: 'message', answer: 'One ', ...ids }));
    transport.last.fail(new TransportError('connect-failed', 'x', { retryable: true }));
    await clock.pass(1_000);
    expect(transport.last.request).toMatchObject({ method: 'GET', url: '/workflow/w/events?user=u' });
    transport.last.accept();
    transport.last.push(record({ event: 'message_end', ...ids }));
    transport.last.push(
      record({ event: 'workflow_finished', ...ids, data: { status: 'succeeded', outputs: { answer: 'One two' } } }),
    );
    await reading.done;
    expect(reading.ending).toBe('complete');
    expect(textOf(reading.message)).toBe('One two');
  });

  describe('whose app is a workflow', () => {
    const ids = { task_id: 't', workflow_run_id: 'w' };
    const said = (words: string) => record({ event: 'text_chunk', ...ids, data: { text: words } });
    const finished = (outputs: object) =>
      record({ event: 'workflow_finished', ...ids, data: { status: 'succeeded', outputs } });
    /** Two pieces of text with a loss between them, and the outputs at the end. */
    async function afterLoss(outputs: object) {
      const { transport, reading, clock } = run(dify({ user: 'u', app: 'workflow' }));
      await settle();
      transport.last.accept();
      transport.last.push(said('One '));
      transport.last.fail(lost);
      await clock.pass(1_000);
      transport.last.accept();
      transport.last.push(said(' three'), finished(outputs));
      transport.last.end();
      await reading.done;
      return { ending: reading.ending, text: textOf(reading.message) };
    }

    it('mends what was said while nobody listened, by the one output that holds it', async () => {
      expect(await afterLoss({ text: 'One two three' })).toEqual({ ending: 'complete', text: 'One two three' });
    });

    it('never calls an answer whole that may have a hole', async () => {
      expect(await afterLoss({ text: 'Something else' })).toEqual({ ending: 'unconfirmed', text: 'One  three' });
      expect(await afterLoss({ a: 'One two three', b: '' })).toEqual({ ending: 'unconfirmed', text: 'One  three' });
    });
  });
});

const lost = new TransportError('connect-failed', 'x', { retryable: true });

describe('a turn with openaiResponses', () => {
  const delta = (sequence_number: number, text: string) =>
    record({ type: 'response.output_text.delta', sequence_number, output_index: 0, content_index: 0, delta: text });
  const created = (background: boolean) =>
    record({ type: 'response.created', sequence_number: 0, response: { id: 'resp', background } });

  it('joins a background response after the last event that was applied', async () => {
    const { transport, reading, clock } = run(openaiResponses({ background: true }));
    await settle();
    transport.last.accept();
    transport.last.push(created(true), delta(1, 'Hel'));
    transport.last.fail(lost);
    await clock.pass(1_000);
    expect(transport.last.request).toMatchObject({ method: 'GET', url: '/resp?stream=true&starting_after=1' });
    transport.last.accept();
    const response = { id: 'resp', status: 'completed', output: [] };
    // What overlaps is dropped by its number.
    transport.last.push(
      delta(1, 'Hel'),
      delta(2, 'lo'),
      record({ type: 'response.completed', sequence_number: 3, response }),
    );
    await reading.done;
    expect(reading).toMatchObject({ ending: 'complete', texts: ['Hel', 'Hello'] });
  });

  it('is interrupted where the response is not a background one', async () => {
    const { transport, reading, clock } = run(openaiResponses());
    await settle();
    transport.last.accept();
    transport.last.push(created(false), delta(1, 'Hel'));
    transport.last.fail(lost);
    await clock.pass(1_000);
    await reading.done;
    expect(reading.ending).toBe('interrupted');
    expect(textOf(reading.message)).toBe('Hel');
  });
});

describe('a turn with aiSdk', () => {
  it('is replayed behind the visible text, which never shrinks', async () => {
    const { transport, reading, clock } = run(aiSdk({ resumable: true }));
    const text = (delta: string) => record({ type: 'text-delta', id: '0', delta });
    const begun = [record({ type: 'start', messageId: 'x' }), record({ type: 'text-start', id: '0' })];
    await settle();
    transport.last.accept();
    transport.last.push(...begun, text('Hel'));
    transport.last.fail(lost);
    await clock.pass(1_000);
    expect(transport.last.request).toMatchObject({ method: 'GET', url: '/c/stream?' });
    transport.last.accept();
    transport.last.push(...begun, text('H'));
    transport.last.push(text('el'), text('lo'), record({ type: 'finish', finishReason: 'stop' }));
    await reading.done;
    expect(reading.ending).toBe('complete');
    expect(reading.texts.at(-1)).toBe('Hello');
    expect(reading.texts.every((shown) => shown.startsWith('Hel'))).toBe(true);
    expect(reading.message.parts).toMatchObject([{ id: 'm/text:0', text: 'Hello' }]);
  });
});

describe('a turn with langgraph', () => {
  it('joins its run after the last event’s id, and ends unconfirmed', async () => {
    const { transport, reading, clock } = run(langgraph());
    const piece = (content: string, id: string) =>
      record([{ type: 'AIMessageChunk', id: 'a', content }, {}], 'messages', id);
    await settle();
    expect(transport.last.request.url).toBe('/threads/c/runs/stream?');
    transport.last.accept();
    transport.last.push(record({ run_id: 'r' }, 'metadata', '1'), piece('Hel', '2'));
    transport.last.fail(lost);
    await clock.pass(1_000);
    expect(transport.last.request).toMatchObject({ method: 'GET', url: '/threads/c/runs/r/stream?' });
    transport.last.accept();
    transport.last.push(piece('lo', '3'));
    transport.last.end();
    await reading.done;
    expect(reading).toMatchObject({ ending: 'unconfirmed', texts: ['Hel', 'Hello'] });
  });
});
