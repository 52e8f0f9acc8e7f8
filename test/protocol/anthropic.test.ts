import { describe, expect, it } from 'vitest';
import { amendMessage } from '../../src/message/reduce.ts';
import type { TurnInput } from '../../src/protocol/adapter.ts';
import { anthropic } from '../../src/protocol/anthropic.ts';
import { said, toolTurn, turn } from '../support/conversations.ts';
import { drive, driveBytes, textOf, toolsOf, unknownKinds } from '../support/drive-adapter.ts';
import { eachRecording, jsonLines, sseData } from '../support/recordings.ts';
import { framesOf, utf8 } from '../support/split.ts';

const adapter = anthropic({ model: 'claude' });

/** Each value as a record that is named by its type, as the API sends it. */
function named(...values: readonly object[]): string {
  return values
    .map((value) => `event: ${(value as { type: string }).type}\ndata: ${JSON.stringify(value)}\n\n`)
    .join('');
}

const run = (...values: readonly object[]) => drive(adapter, framesOf('sse', [utf8(named(...values))]));
const start = {
  type: 'message_start',
  message: { id: 'msg', model: 'claude', usage: { input_tokens: 1, output_tokens: 1 } },
};
const block = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const delta = (index: number, piece: object) => ({ type: 'content_block_delta', index, delta: piece });
const stop = (index: number) => ({ type: 'content_block_stop', index });
const end = (stop_reason: string) => [{ type: 'message_delta', delta: { stop_reason } }, { type: 'message_stop' }];

/** What the deltas of one kind add up to, read without the adapter. */
function piecesOf(values: readonly Record<string, unknown>[], member: string): string {
  return values.map((value) => (value['delta'] as Record<string, unknown> | undefined)?.[member] ?? '').join('');
}

interface Expected {
  finish?: string;
  text?: string;
  tools?: unknown[];
  usage: object;
  reasoning?: string;
}

const searched = { query: 'tech news today September 26 2025' };
const expected: Readonly<Record<string, Expected>> = {
  'anthropic/basic.sse': { text: 'Hello there!', usage: { input: 11, output: 6 } },
  'anthropic/incomplete-json.sse': {
    finish: 'length',
    // What can be read of the arguments: a list that breaks off in its sixth line.
    tools: [
      [
        'make_file',
        {
          filename: 'taxes.txt',
          lines_of_text: [expect.stringContaining('# COMPREHENSIVE'), '', '## INTRODUCTION', '', 'Filing taxes'],
        },
        'failed',
      ],
    ],
    usage: { input: 450, output: 124, cached: 0 },
  },
  'anthropic/mcp.chunks.txt': {
    tools: [['echo', { message: 'hello world' }, 'complete', [{ type: 'text', text: 'Tool echo: hello world' }]]],
    usage: { input: 1250, output: 83, cached: 0 },
  },
  'anthropic/redacted-thinking.sse': { usage: { input: 92, output: 189, cached: 0 } },
  'anthropic/refusal-thinking.sse': {
    finish: 'content-filter',
    text: 'Hi',
    usage: { input: 28, output: 106, reasoning: 67, cached: 0 },
  },
  'anthropic/spliced-message-start.chunks.txt': {
    finish: 'tool-calls',
    text: '',
    reasoning: 'Let me call the tool.',
    tools: [['test-tool', { value: 'Sparkle Day' }, 'called']],
    // Both messages were paid for.
    usage: { input: 34, output: 66 },
  },
  'anthropic/thinking.sse': { usage: { input: 43, output: 282, cached: 0 } },
  'anthropic/tool-use.sse': {
    finish: 'tool-calls',
    text: "I'll check the current weather in Paris for you.",
    tools: [['get_weather', { location: 'Paris' }, 'called']],
    usage: { input: 377, output: 65, cached: 0 },
  },
  'anthropic/web-search-citations.chunks.txt': {
    tools: [['web_search', searched, 'complete', expect.any(Array)]],
    usage: { input: 15665, output: 795, cached: 0 },
  },
};

describe('anthropic', () => {
  describe('recorded streams', () => {
    eachRecording(Object.keys(expected), (name, text) => {
      it(`reads ${name}`, () => {
        const raw = name.endsWith('.sse');
        const values = raw ? sseData(text) : jsonLines(text);
        const { message, faults, chunks } = driveBytes(adapter, 'sse', raw ? text : named(...values));
        const wanted = expected[name];
        expect(faults).toEqual([]);
        expect(unknownKinds(chunks)).toEqual([]);
        expect(message.status).toBe('complete');
        expect(message.finishReason).toBe(wanted?.finish ?? 'stop');
        expect(textOf(message)).toBe(wanted?.text ?? piecesOf(values, 'text'));
        expect(textOf(message, 'reasoning')).toBe(wanted?.reasoning ?? piecesOf(values, 'thinking'));
        expect(toolsOf(message)).toEqual(wanted?.tools ?? []);
        expect(message.usage).toEqual(wanted?.usage);
      });
    });

    eachRecording(['anthropic/web-search-citations.chunks.txt'], (_, text) => {
      it('tells each cited page once, with the parts it supports', () => {
        const cited = jsonLines(text).flatMap((value) => {
          const citation = (value['delta'] as { citation?: { url: string } } | undefined)?.citation;
          return citation === undefined ? [] : [[citation.url, String(value['index'])]];
        });
        const { message } = run(...jsonLines(text));
        const sources = message.parts.filter((part) => part.type === 'source');
        expect(sources.map(({ url }) => url)).toEqual([...new Set(cited.map(([url]) => url))]);
        expect(sources.flatMap(({ url, at }) => (at ?? []).map(({ part }) => [url, part])).toSorted()).toEqual(
          cited.toSorted(),
        );
      });
    });

    eachRecording(['anthropic/thinking.sse'], (_, text) => {
      it('keeps the signature of a thought, to send it back', () => {
        const signature = piecesOf(sseData(text), 'signature');
        expect(run(...sseData(text)).message.parts[0]).toMatchObject({
          type: 'reasoning',
          signature,
          status: 'complete',
        });
      });
    });
  });

  describe('the end', () => {
    it('is `message_stop` and nothing else', () => {
      const begun = [start, block(0, { type: 'text', text: '' }), delta(0, { type: 'text_delta', text: 'a' })];
      expect(run(...begun, ...end('end_turn'))).toMatchObject({
        ending: 'terminal',
        message: { finishReason: 'stop' },
      });
      expect(run(...begun, stop(0))).toMatchObject({ ending: 'cut', message: { status: 'interrupted' } });
    });

    it.each([
      ['stop_sequence', 'stop'],
      ['model_context_window_exceeded', 'length'],
      ['pause_turn', 'paused'],
      ['something_new', 'other'],
    ])('names %s `%s`', (theirs, reason) => {
      expect(run(start, ...end(theirs)).chunks.at(-1)).toMatchObject({ type: 'finish', reason, raw: theirs });
    });

    it('is an error where one comes in the stream, with what arrived kept', () => {
      const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
      const { message } = run(start, block(0, { type: 'text', text: 'par' }), error);
      expect(message).toMatchObject({
        status: 'failed',
        error: { remoteCode: 'overloaded_error', message: 'Overloaded', retryable: true },
        parts: [{ text: 'par' }],
      });
    });
  });

  it('reads pings and comments as signs of life', () => {
    const frames = framesOf('sse', [utf8(`: hi\n\n${named({ type: 'ping' })}`)]);
    expect(drive(adapter, frames).chunks.map(({ type }) => type)).toEqual(['heartbeat', 'heartbeat']);
  });

  it('calls a tool without arguments when no piece of them came', () => {
    const { message } = run(
      start,
      block(0, { type: 'tool_use', id: 't', name: 'now', input: {} }),
      stop(0),
      ...end('tool_use'),
    );
    expect(toolsOf(message)).toEqual([['now', {}, 'called']]);
  });

  it('takes arguments that came whole with the start', () => {
    const call = { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } };
    expect(toolsOf(run(start, block(0, call), stop(0), ...end('tool_use')).message)).toEqual([
      ['f', { a: 1 }, 'called'],
    ]);
  });

  it('counts cached input as input, and keeps what is told only once', () => {
    const usage = { input_tokens: 10, cache_creation_input_tokens: 3, cache_read_input_tokens: 20, output_tokens: 1 };
    const { message } = run(
      { type: 'message_start', message: { id: 'msg', usage } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
      { type: 'message_stop' },
    );
    expect(message.usage).toEqual({ input: 33, output: 9, cached: 20 });
  });

  it('tells the explanation of a refusal', () => {
    const details = { stop_reason: 'refusal', stop_details: { type: 'refusal', explanation: 'Not this.' } };
    const { message } = run(start, { type: 'message_delta', delta: details }, { type: 'message_stop' });
    expect(textOf(message, 'refusal')).toBe('Not this.');
    expect(message.finishReason).toBe('content-filter');
  });

  it('reports what it does not know, once a kind, and goes on', () => {
    const { chunks, message } = run(
      start,
      block(0, { type: 'hologram' }),
      delta(0, { type: 'hologram_delta' }),
      { type: 'message_pause' },
      block(1, { type: 'text', text: 'a' }),
      ...end('end_turn'),
    );
    expect(unknownKinds(chunks)).toEqual(['content block hologram', 'message_pause']);
    expect(textOf(message)).toBe('a');
  });

  describe('request', () => {
    it('puts system text apart, and what tools returned into the mouth of the user', () => {
      const { headers, body } = anthropic({ model: 'claude', system: 'S', body: { thinking: {} } }).request(toolTurn);
      expect(headers).toEqual({ 'anthropic-version': '2023-06-01' });
      expect(body).toEqual({
        model: 'claude',
        max_tokens: 4096,
        stream: true,
        thinking: {},
        system: 'S\n\nBe brief.',
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Weather?' },
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'Look it up.', signature: 'sig' },
              { type: 'text', text: 'One moment.' },
              { type: 'tool_use', id: 'c-1', name: 'weather', input: { city: 'Paris' } },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c-1', content: '{"temp":18}' }] },
          { role: 'assistant', content: [{ type: 'text', text: 'It is 18 degrees.' }] },
          { role: 'user', content: [{ type: 'text', text: 'Thanks' }] },
        ],
      });
    });

    it('sends back hidden thoughts, citations and the server’s own tools as they came', () => {
      const citation = { type: 'web_search_result_location', url: 'https://a.example/', encrypted_index: 'e' };
      const results = [{ type: 'web_search_result', encrypted_content: 'x' }];
      const { message } = run(
        start,
        block(0, { type: 'redacted_thinking', data: 'hidden' }),
        stop(0),
        block(1, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
        delta(1, { type: 'input_json_delta', partial_json: '{"query":"q"}' }),
        stop(1),
        block(2, { type: 'web_search_tool_result', tool_use_id: 's', content: results }),
        stop(2),
        block(3, { type: 'text', text: '' }),
        delta(3, { type: 'citations_delta', citation }),
        delta(3, { type: 'text_delta', text: 'Found.' }),
        stop(3),
        ...end('end_turn'),
      );
      expect(adapter.request(turn(said('user', 'q'), message)).body).toMatchObject({
        messages: [
          {},
          {
            role: 'assistant',
            content: [
              { type: 'redacted_thinking', data: 'hidden' },
              { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'q' } },
              { type: 'web_search_tool_result', tool_use_id: 's', content: results },
              { type: 'text', text: 'Found.', citations: [citation] },
            ],
          },
        ],
      });
    });

    describe('for an answer that goes on', () => {
      const search = { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'q' } };
      const begun = [
        start,
        block(0, { type: 'text', text: '' }),
        delta(0, { type: 'text_delta', text: 'Let me look.' }),
        stop(0),
        block(1, { ...search, input: {} }),
        delta(1, { type: 'input_json_delta', partial_json: '{"query":"q"}' }),
        stop(1),
      ];
      const contentOf = (input: TurnInput) => (adapter.request(input).body as { messages: object[] }).messages;

      it('gives a paused answer back as it came, with the search that was still to be made', () => {
        const { message } = run(...begun, ...end('pause_turn'));
        expect(contentOf({ ...turn(said('user', 'q'), message), trigger: 'continue' })).toEqual([
          { role: 'user', content: [{ type: 'text', text: 'q' }] },
          { role: 'assistant', content: [{ type: 'text', text: 'Let me look.' }, search] },
        ]);
      });

      it('gives it back beside a call of the client, which the server waits for first', () => {
        const call = { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } };
        const { message } = run(...begun, block(2, call), stop(2), ...end('tool_use'));
        const answered = amendMessage(message, { type: 'tool-result', id: 't', result: 'done' }, 0);
        expect(contentOf({ ...turn(said('user', 'q'), answered), trigger: 'continue' }).slice(1)).toEqual([
          { role: 'assistant', content: [{ type: 'text', text: 'Let me look.' }, search, call] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'done' }] },
        ]);
      });

      it('leaves it out where something else is asked instead, because the server would refuse it', () => {
        const { message } = run(...begun, ...end('pause_turn'));
        expect(contentOf(turn(said('user', 'q'), message, said('user', 'Never mind'))).slice(1)).toEqual([
          { role: 'assistant', content: [{ type: 'text', text: 'Let me look.' }] },
          { role: 'user', content: [{ type: 'text', text: 'Never mind' }] },
        ]);
      });

      it('names the container that the server works in', () => {
        const container = { id: 'container_1', expires_at: '2026-01-01T00:00:00Z' };
        const paused = { type: 'message_delta', delta: { stop_reason: 'pause_turn', container } };
        const { message } = run(...begun, paused, { type: 'message_stop' });
        const asked = turn(said('user', 'q'), message);
        expect(adapter.request({ ...asked, trigger: 'continue' }).body).toMatchObject({ container: 'container_1' });
        // One that is used up later would have the server refuse whatever else is asked.
        expect(adapter.request(asked).body).not.toHaveProperty('container');
      });
    });

    it('leaves out thoughts without a signature, empty texts and calls without a result', () => {
      const answer = said('assistant', { type: 'reasoning', text: 'hm', status: 'complete' }, '', {
        type: 'tool',
        callId: 't',
        name: 'f',
        by: 'client',
        status: 'called',
        argsText: '{}',
        args: {},
      });
      expect(adapter.request(turn(said('user', 'q'), answer)).body).toMatchObject({ messages: [{ role: 'user' }] });
    });
  });

  it('reads error replies', () => {
    const body = JSON.stringify({ type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } });
    expect(adapter.reject?.({ status: 429, headers: { 'retry-after': '12' }, body })).toEqual({
      type: 'error',
      code: 'rate_limit_error',
      message: 'Slow down',
      status: 429,
      retryable: true,
      retryAfter: 12,
    });
  });
});
