import { describe, expect, it } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import type { Adapter } from '../../src/protocol/adapter.ts';
import { autoProtocol } from '../../src/protocol/auto.ts';
import { delta } from '../../src/protocol/delta.ts';
import { dify } from '../../src/protocol/dify.ts';
import { gemini } from '../../src/protocol/gemini.ts';
import { genie } from '../../src/protocol/genie.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
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
function run(adapter: Adapter) {
  const made = setUp({
    adapter,
    codecs,
    buildRequest: ({ method, path = '', query = {}, body }) => ({
      url: `${path}?${new URLSearchParams(query)}`,
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
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
});
