import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { openaiChat } from '../../src/protocol/openai-chat.ts';
import { said, toolTurn, turn } from '../support/conversations.ts';
import { drive, driveBytes, sse, textOf, toolsOf, unknownKinds } from '../support/drive-adapter.ts';
import { eachRecording, jsonLines, sseData } from '../support/recordings.ts';
import { framesOf, utf8 } from '../support/split.ts';

const adapter = openaiChat();
const run = (text: string) => drive(adapter, framesOf('sse', [utf8(text)]));
const delta = (delta: object, more: object = {}) => ({ id: 'x', model: 'm', choices: [{ index: 0, delta, ...more }] });
const stop = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };

interface Expected {
  status?: Message['status'];
  finish?: string;
  text?: string;
  reasoning?: string;
  tools?: unknown[];
  usage?: object;
  error?: object;
  unknown?: string[];
}

/** What the pieces of one member of `choices[0].delta` add up to, read without the adapter. */
function piecesOf(values: readonly Record<string, unknown>[], member: string): string {
  return values
    .map((value) => (value['choices'] as { delta: Record<string, unknown> }[] | undefined)?.[0]?.delta[member])
    .filter((piece) => typeof piece === 'string')
    .join('');
}

const expected: Readonly<Record<string, Expected>> = {
  'openai-chat/azure-model-router.chunks.txt': {
    text: 'Capital of Denmark.',
    usage: { input: 15, output: 78, total: 93, reasoning: 64, cached: 0 },
  },
  'openai-chat/groq-error-event-after-partial.sse': {
    status: 'failed',
    text: 'maybe',
    error: { code: 'failed', remoteCode: 'tool_use_failed', status: 400, retryable: false },
  },
  'openai-chat/groq-tool-call.chunks.txt': {
    finish: 'tool-calls',
    text: '',
    tools: [['weather', {}, 'called']],
    usage: { input: 210, output: 15, total: 225 },
  },
  'openai-chat/openai-compat-tool-index-1.sse': {
    finish: 'tool-calls',
    text: 'Reading it.',
    tools: [['read_file', { path: 'a.txt' }, 'called']],
  },
  'openai-chat/openai-node-logprobs-usage.sse': { usage: { input: 17, output: 10, total: 27 } },
  'openai-chat/openai-run-stream.sse': {
    finish: 'tool-calls',
    text: '',
    tools: [['get_capital', { country: 'UK' }, 'called']],
    usage: { input: 53, output: 15, total: 68, reasoning: 0, cached: 0 },
  },
  'openai-chat/openrouter-comments-then-error.sse': {
    status: 'failed',
    text: '',
    reasoning: 'We need to respond to a greeting. The user',
    usage: { input: 43, output: 10, total: 53, reasoning: 11, cached: 0, cost: 0 },
    error: { code: 'failed', message: 'Token limit reached', status: 400, retryable: false },
  },
  'openai-chat/perplexity-citations.chunks.txt': { usage: { input: 10, output: 336, total: 346 } },
  'openai-chat/xai-text.chunks.txt': {
    text: 'Hello',
    reasoning: 'First, the user said',
    usage: { input: 12, output: 291, total: 303, reasoning: 290, cached: 11 },
  },
  'deepseek/deepseek-reasoning.chunks.txt': {
    usage: { input: 18, output: 219, total: 237, reasoning: 205, cached: 0 },
  },
  'deepseek/deepseek-tool-call.chunks.txt': {
    finish: 'tool-calls',
    tools: [['weather', { location: 'San Francisco' }, 'called']],
    usage: { input: 339, output: 83, total: 422, reasoning: 39, cached: 320 },
  },
  'mistral/mistral-reasoning.chunks.txt': {
    text: '2 + 2 = 4',
    reasoning: 'The user is asking for 2+2. This is basic arithmetic. 2+2=4.',
    usage: { input: 10, output: 46, total: 56 },
  },
  'mistral/mistral-tool-call.chunks.txt': {
    finish: 'tool-calls',
    text: '',
    tools: [['weather', { location: 'San Francisco' }, 'called']],
    usage: { input: 124, output: 22, total: 146 },
  },
};

describe('openaiChat', () => {
  describe('recorded streams', () => {
    eachRecording(Object.keys(expected), (name, text) => {
      it(`reads ${name}`, () => {
        const raw = name.endsWith('.sse');
        const values = raw ? sseData(text) : jsonLines(text);
        const { message, faults, chunks } = driveBytes(adapter, 'sse', raw ? text : sse(...values, '[DONE]'));
        const wanted = expected[name] ?? {};
        expect(faults).toEqual([]);
        expect(unknownKinds(chunks)).toEqual([]);
        expect(message.status).toBe(wanted.status ?? 'complete');
        expect(message.finishReason).toBe(wanted.status === 'failed' ? undefined : (wanted.finish ?? 'stop'));
        expect(textOf(message)).toBe(wanted.text ?? piecesOf(values, 'content'));
        const thoughts = wanted.reasoning ?? piecesOf(values, 'reasoning_content') + piecesOf(values, 'reasoning');
        expect(textOf(message, 'reasoning')).toBe(thoughts);
        expect(toolsOf(message)).toEqual(wanted.tools ?? []);
        expect(message.usage).toEqual(wanted.usage);
        expect(message.error ?? {}).toMatchObject(wanted.error ?? {});
      });
    });

    eachRecording(['openai-chat/perplexity-citations.chunks.txt'], (_, text) => {
      it('tells each repeated source once', () => {
        const urls = jsonLines(text)[0]?.['citations'];
        const { message } = run(sse(...jsonLines(text)));
        expect(message.parts.flatMap((part) => (part.type === 'source' ? [part.url] : []))).toEqual(urls);
      });
    });

    eachRecording(['openai-chat/cohere-v2-reasoning.chunks.txt'], (_, text) => {
      it('reports a foreign format as unknown and never as an answer', () => {
        const { chunks, ending } = driveBytes(adapter, 'sse', sse(...jsonLines(text)));
        // Cohere's own API: every record is named by a type that Chat Completions does not have.
        expect(unknownKinds(chunks)).toEqual([
          'message-start',
          'content-start',
          'content-delta',
          'content-end',
          'message-end',
        ]);
        expect(ending).toBe('cut');
      });
    });
  });

  describe('the end', () => {
    it('is `[DONE]`, with the counts that come after the finish reason', () => {
      const { message } = run(
        sse(delta({ content: 'a' }), stop, { choices: [], usage: { total_tokens: 3 } }, '[DONE]'),
      );
      expect(message).toMatchObject({ status: 'complete', finishReason: 'stop', usage: { total: 3 } });
    });

    it('is the finish reason where a server leaves `[DONE]` out', () => {
      expect(run(sse(delta({ content: 'a' }), stop))).toMatchObject({
        ending: 'complete',
        message: { status: 'complete' },
      });
    });

    it.each(['', 'null'])('is not a finish reason of %j, which some servers send with every piece', (finish_reason) => {
      const { ending, message } = run(sse(delta({ content: 'par' }, { finish_reason })));
      expect([ending, message.status]).toEqual(['cut', 'interrupted']);
      expect(run(sse(delta({ content: 'all' }, { finish_reason }), stop, '[DONE]')).message).toMatchObject({
        status: 'complete',
        finishReason: 'stop',
      });
    });

    it.each(['error', 'insufficient_system_resource'])(
      'is a failure where the server names %s as the reason, with or without `[DONE]`',
      (finish_reason) => {
        for (const rest of [[], ['[DONE]']]) {
          const { message } = run(sse(delta({ content: 'par' }), delta({}, { finish_reason }), ...rest));
          expect(message).toMatchObject({
            status: 'failed',
            parts: [{ text: 'par' }],
            error: { code: 'failed', remoteCode: finish_reason, retryable: true },
          });
        }
      },
    );

    it('is a failure where Groq says why it stopped early', () => {
      const { message } = run(
        sse(delta({ content: 'par' }), { ...stop, x_groq: { error: 'over_capacity' } }, '[DONE]'),
      );
      expect(message).toMatchObject({ status: 'failed', error: { message: 'over_capacity', retryable: true } });
    });

    it('is a cut without either', () => {
      expect(run(sse(delta({ content: 'a' })))).toMatchObject({ ending: 'cut', message: { status: 'interrupted' } });
    });

    it('keeps a name of its own for a reason that ours does not say', () => {
      const { chunks } = run(sse(delta({}, { finish_reason: 'tired' }), '[DONE]'));
      expect(chunks.at(-1)).toEqual({ type: 'finish', reason: 'other', raw: 'tired' });
    });

    it('waits for a client call even where the server calls that a stop', () => {
      const call = { index: 0, id: 'c', function: { name: 'f', arguments: '{}' } };
      const { message } = run(sse(delta({ tool_calls: [call] }), stop, '[DONE]'));
      expect(message.finishReason).toBe('tool-calls');
    });

    it('does not wait for a call whose arguments were cut off', () => {
      const call = { index: 0, id: 'c', function: { name: 'f', arguments: '{"a' } };
      const { message } = run(sse(delta({ tool_calls: [call] }), delta({}, { finish_reason: 'length' }), '[DONE]'));
      expect(message.finishReason).toBe('length');
      expect(toolsOf(message)).toMatchObject([['f', {}, 'failed']]);
    });
  });

  describe('tool calls', () => {
    const calls = (...pieces: readonly object[]) =>
      toolsOf(run(sse(...pieces.map((piece) => delta({ tool_calls: [piece] })), '[DONE]')).message);

    it('are kept apart by index, however they interleave', () => {
      const tools = calls(
        { index: 0, id: 'a', function: { name: 'f', arguments: '{"x":' } },
        { index: 1, id: 'b', function: { name: 'g', arguments: '{"y":' } },
        { index: 0, function: { arguments: '1}' } },
        { index: 1, function: { arguments: '2}' } },
      );
      expect(tools).toEqual([
        ['f', { x: 1 }, 'called'],
        ['g', { y: 2 }, 'called'],
      ]);
    });

    it('are kept apart by id where a server gives all of them one index', () => {
      const tools = calls(
        { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } },
        { index: 0, id: 'b', function: { name: 'g', arguments: '{}' } },
      );
      expect(tools).toHaveLength(2);
    });

    it('continue where a server sends the id, an empty one or a new one with every piece', () => {
      const first = { index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } };
      for (const id of ['a', '', 'other', null]) {
        expect(calls(first, { index: 0, id, function: { arguments: ':1}' } })).toEqual([['f', { x: 1 }, 'called']]);
      }
    });

    it('may come without an index, without an id and with arguments that are an object', () => {
      expect(
        calls({ id: 'a', function: { name: 'f', arguments: { x: 1 } } }, { id: 'b', function: { name: 'g' } }),
      ).toEqual([
        ['f', { x: 1 }, 'called'],
        ['g', {}, 'called'],
      ]);
      expect(calls({ index: 0, function: { name: 'f', arguments: '{}' } })).toEqual([['f', {}, 'called']]);
    });
  });

  it('takes a closing message as the text only where none was streamed', () => {
    const whole = { choices: [{ index: 0, message: { role: 'assistant', content: 'ab' }, finish_reason: 'stop' }] };
    expect(textOf(run(sse(delta({ content: 'a' }), delta({ content: 'b' }), whole)).message)).toBe('ab');
    expect(textOf(run(sse(whole)).message)).toBe('ab');
  });

  it('reads refusals, images and citations with the span they support', () => {
    const citation = { url: 'https://a.example/', title: 'A', start_index: 0, end_index: 2 };
    const { message } = run(
      sse(
        delta({ content: 'ab' }),
        delta({ annotations: [{ type: 'url_citation', url_citation: citation }] }),
        delta({ images: [{ image_url: { url: 'data:image/png;base64,aGk=' } }] }),
        delta({ refusal: 'No.' }),
      ),
    );
    expect(message.parts).toMatchObject([
      { type: 'text', text: 'ab' },
      { type: 'source', title: 'A', at: [{ part: '0', start: 0, end: 2 }] },
      { type: 'file', mediaType: 'image/png' },
      { type: 'refusal', text: 'No.' },
    ]);
  });

  it('keeps reasoning blocks in pieces together, to send them back whole', () => {
    const detail = (piece: object) =>
      delta({ reasoning: 'x', reasoning_details: [{ type: 'reasoning.text', index: 0, ...piece }] });
    const { message } = run(
      sse(detail({ text: 'a' }), detail({ text: 'b', signature: 's' }), delta({ content: 'c' }), stop, '[DONE]'),
    );
    const details = [{ type: 'reasoning.text', index: 0, text: 'ab', signature: 's' }];
    expect(message.parts[0]).toMatchObject({ type: 'reasoning', meta: { reasoning_details: details } });
    const { body } = adapter.request(turn(said('user', 'q'), message));
    expect(body).toMatchObject({ messages: [{}, { content: 'c', reasoning_details: details }] });
  });

  it('reports a field of the wrong type by its name and goes on', () => {
    const { faults, message } = run(sse(delta({ content: 7 }), delta({ content: 'a' }), 'oops', stop));
    expect(faults).toMatchObject([{ code: 'invalid-chunk', field: 'content' }, { field: 'data' }]);
    expect(textOf(message)).toBe('a');
  });

  describe('request', () => {
    it('holds system text, images, tool calls and their results, one message each', () => {
      const { method, body } = openaiChat({ model: 'gpt', system: 'S', body: { temperature: 0 } }).request(toolTurn);
      expect(method).toBe('POST');
      expect(body).toEqual({
        model: 'gpt',
        stream: true,
        stream_options: { include_usage: true },
        temperature: 0,
        messages: [
          { role: 'system', content: 'S' },
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Weather?' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
            ],
          },
          {
            role: 'assistant',
            content: 'One moment.',
            tool_calls: [{ id: 'c-1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
          },
          { role: 'tool', tool_call_id: 'c-1', content: '{"temp":18}' },
          { role: 'assistant', content: 'It is 18 degrees.' },
          { role: 'user', content: 'Thanks' },
        ],
      });
    });

    it('sends reasoning back under the name the server wants, and sound and documents as they are', () => {
      const { body } = openaiChat({ reasoning: 'reasoning_content', usage: false }).request(toolTurn);
      expect(body).not.toHaveProperty('stream_options');
      expect(body).toMatchObject({ messages: [{}, {}, { reasoning_content: 'Look it up.' }, {}, {}, {}] });
      const files = said(
        'user',
        { type: 'file', mediaType: 'audio/mpeg', url: 'data:audio/mpeg;base64,aGk=' },
        { type: 'file', mediaType: 'application/pdf', base64: 'aGk=', name: 'a.pdf' },
      );
      expect(adapter.request(turn(files)).body).toMatchObject({
        messages: [
          {
            content: [
              { type: 'input_audio', input_audio: { data: 'aGk=', format: 'mp3' } },
              { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,aGk=' } },
            ],
          },
        ],
      });
    });
  });

  describe('reject', () => {
    const rejected = (status: number, body: unknown, headers = {}) =>
      adapter.reject?.({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

    it('reads the error body and when to come back', () => {
      const body = { error: { message: 'Slow down', type: 'tokens', code: 'rate_limit_exceeded' } };
      expect(rejected(429, body, { 'retry-after': '7' })).toEqual({
        type: 'error',
        code: 'rate_limit_exceeded',
        message: 'Slow down',
        status: 429,
        retryable: true,
        retryAfter: 7,
      });
      expect(rejected(429, body, { 'retry-after-ms': '1500', 'retry-after': '2' })).toMatchObject({ retryAfter: 1.5 });
      const date = { 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT' };
      expect(rejected(503, '', date)).toEqual({ type: 'error', status: 503, retryable: true });
    });

    it('reads the shapes that other servers and proxies use', () => {
      expect(rejected(400, { error: 'bad' })).toMatchObject({ message: 'bad', retryable: false });
      expect(rejected(422, { object: 'error', message: 'bad', code: 'x' })).toMatchObject({
        code: 'x',
        message: 'bad',
      });
      expect(rejected(404, { detail: 'Not Found' })).toMatchObject({ message: 'Not Found' });
      expect(rejected(502, '<html>')).toEqual({ type: 'error', status: 502, retryable: true });
    });
  });
});
