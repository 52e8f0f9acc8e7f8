import { describe, expect, it } from 'vitest';
import { aiSdk } from '../../src/protocol/ai-sdk.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { said, toolTurn, turn } from '../support/conversations.ts';
import { drive, driveBytes, sse, textOf, toolsOf, unknownKinds } from '../support/drive-adapter.ts';
import { eachRecording } from '../support/recordings.ts';
import { framesOf, utf8 } from '../support/split.ts';

const adapter = aiSdk();
const run = (...values: readonly unknown[]) => drive(adapter, framesOf('sse', [utf8(sse(...values))]));
const input = (toolCallId: string, more: object = {}) => ({
  type: 'tool-input-available',
  toolCallId,
  toolName: 'f',
  input: { a: 1 },
  ...more,
});
const finish = { type: 'finish', finishReason: 'stop' };

describe('aiSdk', () => {
  describe('recorded streams', () => {
    eachRecording(['ai-sdk-ui/ai7-reasoning-tool-source.sse'], (name, text) => {
      it(`reads ${name}`, () => {
        const { message, faults, chunks, ending } = driveBytes(adapter, 'sse', text);
        expect([faults, unknownKinds(chunks), ending]).toEqual([[], [], 'terminal']);
        expect(message).toMatchObject({
          status: 'complete',
          finishReason: 'stop',
          serverId: 'jwiRHEFYtqQE8LIH',
          usage: { input: 20, output: 10, total: 30, reasoning: 4, cached: 0 },
        });
        expect(message.parts.map((part) => [part.type, part.step, 'text' in part ? part.text : undefined])).toEqual([
          ['reasoning', '1', 'thinking…'],
          ['text', '1', 'Let me check.'],
          ['tool', '1', undefined],
          ['source', '2', undefined],
          ['text', '2', '18°C 🌤'],
        ]);
        expect(toolsOf(message)).toEqual([['weather', { city: 'Paris' }, 'complete', { temp: 18 }]]);
        expect(chunks).toContainEqual({
          type: 'data',
          name: 'status',
          id: 'd1',
          data: { phase: 'retrieving' },
          transient: true,
        });
      });
    });

    eachRecording(['ai-sdk-ui/ai7-error-after-partial.sse'], (name, text) => {
      it(`reads ${name}`, () => {
        const { message, faults } = driveBytes(adapter, 'sse', text);
        expect(faults).toEqual([]);
        expect(message).toMatchObject({ status: 'failed', error: { message: 'boom: db down' } });
        expect(textOf(message)).toBe('par');
      });
    });
  });

  describe('the end', () => {
    it('is `finish`, or `[DONE]` where none came, and a cut without either', () => {
      const text = { type: 'text-delta', id: 't', delta: 'a' };
      expect(run(text, finish, '[DONE]').message).toMatchObject({ status: 'complete', finishReason: 'stop' });
      expect(run(text, '[DONE]').message).toMatchObject({ status: 'complete', finishReason: 'unknown' });
      expect(run(text)).toMatchObject({ ending: 'cut', message: { status: 'interrupted' } });
    });

    it('is a failure where the finish says that there was an error', () => {
      const { message } = run({ type: 'text-delta', id: 't', delta: 'a' }, { type: 'finish', finishReason: 'error' });
      expect(message).toMatchObject({ status: 'failed', parts: [{ text: 'a' }], error: { remoteCode: 'error' } });
    });

    it('is aborted where the server was stopped', () => {
      expect(run({ type: 'abort', reason: 'user' }).chunks).toEqual([
        { type: 'finish', reason: 'aborted', raw: 'user' },
      ]);
    });
  });

  describe('text', () => {
    it('begins a new part for an id that is used again in the next step', () => {
      const step = (delta: string) => [
        { type: 'start-step' },
        { type: 'text-start', id: '0' },
        { type: 'text-delta', id: '0', delta },
        { type: 'text-end', id: '0' },
        { type: 'finish-step' },
      ];
      expect(run(...step('a'), ...step('b'), finish).message.parts).toMatchObject([{ text: 'a' }, { text: 'b' }]);
    });

    it('is void where its step is reset', () => {
      const { message } = run(
        { type: 'start-step' },
        { type: 'text-delta', id: '0', delta: 'wrong' },
        { type: 'reset-step' },
        { type: 'text-delta', id: '0', delta: 'right' },
        finish,
      );
      expect(textOf(message)).toBe('right');
    });

    it('keeps the provider’s metadata and what it cites', () => {
      const source = { sourceType: 'url', id: 's1', url: 'https://a.example/' };
      const { message } = run(
        { type: 'text-start', id: 't' },
        { type: 'text-delta', id: 't', delta: 'abc' },
        {
          type: 'text-end',
          id: 't',
          providerMetadata: { x: { y: 1 } },
          citations: [{ source, startIndex: 0, endIndex: 2, citedText: 'q' }],
        },
      );
      expect(message.parts).toMatchObject([
        { text: 'abc', meta: { providerMetadata: { x: { y: 1 } } } },
        { type: 'source', url: 'https://a.example/', at: [{ part: '0', start: 0, end: 2, quote: 'q' }] },
      ]);
    });
  });

  describe('tools', () => {
    it('are the client’s where the turn ends without a result', () => {
      const { message } = run(input('a'), input('b', { providerExecuted: true }), finish);
      expect(message.parts).toMatchObject([
        { callId: 'a', by: 'client', status: 'called' },
        { callId: 'b', by: 'server', status: 'called' },
      ]);
      expect(message.finishReason).toBe('tool-calls');
    });

    it('tell preliminary results, errors and input that does not fit', () => {
      const output = { type: 'tool-output-available', toolCallId: 'a' };
      const { message } = run(
        input('a'),
        { ...output, output: 1, preliminary: true },
        { ...output, output: 2 },
        input('b'),
        { type: 'tool-output-error', toolCallId: 'b', errorText: 'broke' },
        { type: 'tool-input-error', toolCallId: 'c', toolName: 'f', input: 'x', errorText: 'not an object' },
        finish,
      );
      expect(message.parts).toMatchObject([
        { status: 'complete', result: 2 },
        { status: 'failed', error: 'broke' },
        { status: 'failed', error: 'not an object' },
      ]);
      expect(message.finishReason).toBe('stop');
    });

    it('wait for an approval, and tell how it was answered', () => {
      const request = { type: 'tool-approval-request', approvalId: 'p', toolCallId: 'a', reason: 'Sure?' };
      expect(run(input('a'), request, { ...finish, finishReason: 'tool-calls' }).message.parts).toMatchObject([
        { by: 'server', status: 'awaiting', approval: { id: 'p', message: 'Sure?' } },
      ]);
      const response = { type: 'tool-approval-response', approvalId: 'p', approved: false, reason: 'No' };
      expect(run(input('a'), request, response).message.parts).toMatchObject([{ status: 'denied' }]);
      const denied = { type: 'tool-output-denied', toolCallId: 'a' };
      expect(run(input('a'), request, denied).message.parts).toMatchObject([
        { status: 'denied', approval: { id: 'p' } },
      ]);
    });
  });

  it('reads files, documents, custom parts and named data', () => {
    const { message } = run(
      { type: 'file', url: 'data:image/png;base64,aGk=', mediaType: 'image/png' },
      { type: 'reasoning-file', url: 'https://a.example/x', mediaType: 'image/png' },
      { type: 'source-document', sourceId: 'd', mediaType: 'application/pdf', title: 'D', filename: 'd.pdf' },
      { type: 'data-chart', id: '1', data: { a: 1 } },
      { type: 'data-chart', id: '1', data: { a: 2 } },
      { type: 'custom', kind: 'openai.compaction' },
    );
    expect(message.parts).toMatchObject([
      { type: 'file', mediaType: 'image/png' },
      { type: 'file', reasoning: true },
      { type: 'source', kind: 'document', title: 'D', data: { filename: 'd.pdf' } },
      { type: 'data', name: 'chart', data: { a: 2 } },
      { type: 'data', name: 'custom', data: { kind: 'openai.compaction' } },
    ]);
  });

  it('keeps metadata, and counts of the kind that servers put there', () => {
    const usage = { inputTokens: 3, outputTokens: 4, reasoningTokens: 2, cachedInputTokens: 1 };
    const { message } = run({ type: 'message-metadata', messageMetadata: { model: 'm', totalUsage: usage } }, finish);
    expect(message.metadata).toMatchObject({ model: 'm' });
    expect(message.usage).toEqual({ input: 3, output: 4, reasoning: 2, cached: 1 });
  });

  it('reports what it does not know and goes on', () => {
    const { chunks, faults, message } = run(
      { type: 'hologram' },
      { type: 'text-delta', id: 't', delta: 1 },
      '{',
      finish,
    );
    expect(unknownKinds(chunks)).toEqual(['hologram']);
    expect(faults).toMatchObject([{ field: 'delta' }, { field: 'data' }]);
    expect(message.status).toBe('complete');
  });

  describe('request', () => {
    it('sends the chat as UI messages', () => {
      const { body } = aiSdk({ body: { model: 'm' } }).request(toolTurn);
      expect(body).toMatchObject({ id: 'c1', trigger: 'submit-message', model: 'm', messages: [{}, {}, {}, {}] });
      expect(adapter.request({ ...toolTurn, trigger: 'regenerate' }).body).toMatchObject({
        trigger: 'regenerate-message',
      });
      const going = turn(said('user', 'q'), said('assistant', 'a'));
      expect(adapter.request({ ...going, trigger: 'continue' }).body).toMatchObject({
        trigger: 'submit-message',
        messageId: 'assistant-1',
      });
    });

    it('resumes by the chat’s id, from the start, where the server keeps streams', () => {
      const point = { input: turn(said('user', 'q')) };
      expect(adapter.resume?.(adapter.init(), point)).toBeNull();
      const resumable = aiSdk({ resumable: true });
      expect(resumable.resumes).toBe('replay');
      expect(resumable.resume?.(resumable.init(), point)).toEqual({ method: 'GET', path: '/c1/stream' });
      expect([aiSdk({ resumable: 'rest' }).resumes, adapter.resumes]).toEqual([undefined, undefined]);
    });

    it('does not ask for the rest of a stream whose beginning this page has not read', () => {
      const rest = aiSdk({ resumable: 'rest' });
      const { message } = run({ type: 'text-delta', id: 't', delta: 'a' });
      const input = turn(said('user', 'q'));
      expect(rest.resume?.(rest.init(), { input, message })).toBeNull();
      expect(rest.resume?.(rest.init(), { input })).toEqual({ method: 'GET', path: '/c1/stream' });
    });

    it('makes of a replay the message that the first reading made', () => {
      const values = [{ type: 'start', messageId: 'm1' }, { type: 'text-delta', id: 't', delta: 'ab' }, input('a')];
      expect(run(...values, finish).message).toEqual(run(...values, finish).message);
      expect(run(...values, finish).message.parts[0]).toMatchObject({ id: run(...values).message.parts[0]?.id });
    });
  });

  describe('over a WebSocket', () => {
    const socket = aiSdk({ socket: true, resumable: true, body: { model: 'm' } });
    const frames = (...values: readonly object[]): Frame[] =>
      values.map((value) => ({
        kind: 'message',
        event: 'message',
        data: JSON.stringify({ requestId: 'r', ...value }),
      }));
    const chunk = (sequence: number, value: object) => ({ type: 'chunk', sequence, chunk: value });

    it('numbers every chunk, also those that say nothing', () => {
      const { chunks, message } = drive(
        socket,
        frames(
          chunk(0, { type: 'text-start', id: 't' }),
          chunk(1, { type: 'text-delta', id: 't', delta: 'a' }),
          chunk(2, finish),
          { type: 'end' },
        ),
      );
      expect(chunks.map(({ type, seq }) => [type, seq])).toEqual([
        ['heartbeat', 0],
        ['text', 1],
        ['finish', 2],
      ]);
      expect(message).toMatchObject({ status: 'complete', finishReason: 'stop' });
    });

    it('is recognised by its first chunk, whatever the chunk says', () => {
      const reply = { headers: {}, framing: 'socket' } as const;
      const [start, first] = frames({ type: 'start' }, chunk(0, { type: 'start', messageId: 'm' }));
      expect([start, first].map((frame) => frame && socket.recognise?.(frame, reply))).toEqual([0, 1]);
    });

    it('ends with `end`, fails with `error`, and has nothing to resume after `no-active`', () => {
      expect(drive(socket, frames({ type: 'end' })).message.finishReason).toBe('unknown');
      expect(drive(socket, frames({ type: 'error', errorText: 'no' })).message.error).toMatchObject({ message: 'no' });
      expect(drive(socket, frames({ type: 'no-active' })).message.status).toBe('failed');
    });

    it('sends, resumes and aborts by frames of its own', () => {
      const asked = turn(said('user', 'q'));
      expect(socket.request(asked).body).toMatchObject({
        type: 'send',
        requestId: 'turn-1',
        id: 'c1',
        messages: [{ role: 'user' }],
        body: { model: 'm' },
      });
      expect(socket.resume?.(socket.init(), { input: asked })?.body).toMatchObject({ type: 'resume', id: 'c1' });
      expect(socket.cancel?.(socket.init(), { input: asked })?.body).toEqual({ type: 'abort', requestId: 'turn-1' });
      expect(adapter.cancel?.(adapter.init(), { input: asked })).toBeNull();
    });
  });

  it('shows a plain error body, which is what such servers send', () => {
    expect(adapter.reject?.({ status: 500, headers: {}, body: 'An error occurred.' })).toEqual({
      type: 'error',
      message: 'An error occurred.',
      status: 500,
      retryable: true,
    });
  });
});
