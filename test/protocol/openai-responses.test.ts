import { describe, expect, it } from 'vitest';
import { reduceMessage } from '../../src/message/reduce.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import { openaiResponses } from '../../src/protocol/openai-responses.ts';
import { said, toolTurn, turn } from '../support/conversations.ts';
import { drive, driveBytes, emptyAnswer, textOf, toolsOf, unknownKinds } from '../support/drive-adapter.ts';
import { eachRecording, jsonLines, sseData } from '../support/recordings.ts';
import { framesOf, utf8 } from '../support/split.ts';

const adapter = openaiResponses();

function named(...values: readonly Record<string, unknown>[]): string {
  return values.map((value) => `event: ${String(value['type'])}\ndata: ${JSON.stringify(value)}\n\n`).join('');
}

const run = (...values: readonly Record<string, unknown>[]) =>
  drive(adapter, framesOf('sse', [utf8(named(...values))]));
const created = { type: 'response.created', response: { id: 'resp', model: 'm' } };
const completed = (more: object = {}) => ({ type: 'response.completed', response: { status: 'completed', ...more } });
const item = (step: 'added' | 'done', output_index: number, value: object) => ({
  type: `response.output_item.${step}`,
  output_index,
  item: value,
});
const textDelta = (delta: string, output_index = 0) => ({
  type: 'response.output_text.delta',
  output_index,
  content_index: 0,
  delta,
});
const message = (text: string, more: object = {}) => ({
  type: 'message',
  id: 'msg',
  content: [{ type: 'output_text', text, annotations: [] }],
  ...more,
});

/** What the deltas of one kind of event add up to, read without the adapter. */
function piecesOf(values: readonly Record<string, unknown>[], ...types: readonly string[]): string {
  return values.map((value) => (types.includes(String(value['type'])) ? String(value['delta']) : '')).join('');
}

interface Expected {
  finish?: string;
  tools?: unknown[];
  usage?: object;
  error?: object;
}

const expected: Readonly<Record<string, Expected>> = {
  'background-initial.sse': { usage: { input: 15, output: 9, total: 24, reasoning: 0, cached: 0 } },
  'background-resume-starting-after-0.sse': { usage: { input: 15, output: 9, total: 24, reasoning: 0, cached: 0 } },
  'custom-tool.chunks.txt': {
    finish: 'tool-calls',
    tools: [['write_sql', 'SELECT * FROM users WHERE age > 25', 'called']],
    usage: { input: 50, output: 20, total: 70, reasoning: 0, cached: 0 },
  },
  'error-then-failed.chunks.txt': { error: { code: 'failed', remoteCode: 'insufficient_quota', retryable: false } },
  'file-search.chunks.txt': {
    tools: [
      [
        'file_search',
        {
          queries: [
            'What is an embedding model according to this document?',
            'What is an embedding model defined as in the document?',
            'definition of embedding model',
          ],
        },
        'complete',
        { status: 'completed' },
      ],
    ],
    usage: { input: 3737, output: 621, total: 4358, reasoning: 512, cached: 2304 },
  },
  'lmstudio-tool-call.chunks.txt': {
    finish: 'tool-calls',
    tools: [['weather', { location: 'San Francisco' }, 'called']],
    usage: { input: 182, output: 61, total: 243, reasoning: 48, cached: 2 },
  },
  'phase.chunks.txt': { usage: { input: 7112, output: 463, total: 7575, reasoning: 64, cached: 3072 } },
  'text-stream.sse': {
    finish: 'tool-calls',
    tools: [['final_result', { result: 6666 }, 'called']],
    usage: { input: 53, output: 469, total: 522, reasoning: 448, cached: 0 },
  },
};

const inFolder = (name: string) => `openai-responses/${name}`;

describe('openaiResponses', () => {
  describe('recorded streams', () => {
    eachRecording(Object.keys(expected).map(inFolder), (name, text) => {
      it(`reads ${name}`, () => {
        const raw = name.endsWith('.sse');
        const values = raw ? sseData(text) : jsonLines(text);
        const { message, faults, chunks } = driveBytes(adapter, 'sse', raw ? text : named(...values));
        const wanted = expected[name.slice(name.indexOf('/') + 1)];
        expect(faults).toEqual([]);
        expect(unknownKinds(chunks)).toEqual([]);
        expect(message.status).toBe(wanted?.error === undefined ? 'complete' : 'failed');
        expect(message.error ?? {}).toMatchObject(wanted?.error ?? {});
        expect(message.finishReason).toBe(wanted?.error === undefined ? (wanted?.finish ?? 'stop') : undefined);
        // Some of the recording's pieces were taken out; the texts at their ends are whole.
        const whole = values.filter(({ type }) => type === 'response.output_text.done').map((value) => value['text']);
        expect(textOf(message)).toBe(whole.join(''));
        expect(textOf(message, 'reasoning')).toBe(
          piecesOf(values, 'response.reasoning_text.delta', 'response.reasoning_summary_text.delta'),
        );
        expect(toolsOf(message)).toEqual(wanted?.tools ?? []);
        expect(message.usage).toEqual(wanted?.usage);
      });
    });

    eachRecording([inFolder('reasoning-encrypted.chunks.txt')], (name, text) => {
      const starts = jsonLines(text).map(({ type }, index) => (type === 'response.created' ? index : -1));
      const turns = starts
        .filter((start) => start >= 0)
        .map((start, n, all) => jsonLines(text).slice(start, all[n + 1]));
      it(`reads the four responses of ${name}`, () => {
        const messages = turns.map((values) => driveBytes(adapter, 'sse', named(...values)).message);
        expect(messages.map(toolsOf)).toEqual([
          [['calculator', { a: 12, b: 7, op: 'add' }, 'called']],
          [['calculator', { a: 19, b: 3, op: 'multiply' }, 'called']],
          [['calculator', { a: 57, b: 10, op: 'multiply' }, 'called']],
          [],
        ]);
        expect(messages.map((one) => textOf(one))).toEqual(['', '', '', 'The final result is **570**.']);
        expect(messages.map(({ usage }) => [usage?.input, usage?.output])).toEqual([
          [134, 28],
          [221, 26],
          [260, 26],
          [299, 12],
        ]);
        expect(messages.map(({ finishReason }) => finishReason)).toEqual([
          'tool-calls',
          'tool-calls',
          'tool-calls',
          'stop',
        ]);
        const done = turns[0]?.find((value) => value['type'] === 'response.output_item.done');
        const thought = messages[0]?.parts.find((part) => part.type === 'reasoning');
        expect(done).toMatchObject({ item: { type: 'reasoning', encrypted_content: thought?.signature } });
        expect(textOf(messages[0] ?? emptyAnswer, 'reasoning')).toBe(
          piecesOf(turns[0] ?? [], 'response.reasoning_summary_text.delta'),
        );
      });
    });

    eachRecording([inFolder('file-search.chunks.txt')], (_, text) => {
      it('tells where a file is cited', () => {
        const sources = run(...jsonLines(text)).message.parts.filter((part) => part.type === 'source');
        expect(sources).toMatchObject([
          {
            kind: 'document',
            title: 'ai.pdf',
            at: [
              { part: '3.0', start: 154, end: 154 },
              { start: 382, end: 382 },
            ],
          },
        ]);
      });
    });

    eachRecording([inFolder('background-initial.sse')], (_, whole) => {
      eachRecording([inFolder('background-resume-starting-after-0.sse')], (__, rest) => {
        it('goes on after any event of a background response as if nothing had happened', () => {
          const all = sseData(whole);
          const again = sseData(rest);
          const wanted = run(...all).message;
          const path = `/${String(wanted.serverId)}`;
          for (let cut = 1; cut < all.length; cut += 1) {
            const state = adapter.init();
            const chunks: Chunk[] = [];
            const read = (values: Record<string, unknown>[]) => {
              for (const frame of framesOf('sse', [utf8(named(...values))]))
                adapter.read(state, frame, (c) => chunks.push(c));
            };
            read(all.slice(0, cut));
            const input = turn(said('user', 'q'));
            const last = all[cut - 1]?.['sequence_number'];
            expect(adapter.resume?.(state, { input })).toEqual({
              method: 'GET',
              path,
              query: { stream: 'true', starting_after: String(last) },
            });
            read(again.filter((value) => Number(value['sequence_number']) > Number(last)));
            expect(chunks.reduce((one, chunk) => reduceMessage(one, [chunk], 1000), emptyAnswer)).toEqual(wanted);
          }
        });
      });
    });
  });

  describe('the end', () => {
    it.each([
      [completed(), 'stop'],
      [
        {
          type: 'response.incomplete',
          response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
        },
        'length',
      ],
      [
        {
          type: 'response.incomplete',
          response: { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
        },
        'content-filter',
      ],
      [{ type: 'response.cancelled', response: { status: 'cancelled' } }, 'aborted'],
    ])('is named by the response: %j', (value, reason) => {
      expect(run(created, value).chunks.at(-1)).toMatchObject({ type: 'finish', reason });
    });

    it('is a cut without a closing event, also where `[DONE]` comes', () => {
      expect(run(created, textDelta('a'))).toMatchObject({ ending: 'cut' });
      expect(drive(adapter, framesOf('sse', [utf8('data: [DONE]\n\n')]))).toMatchObject({ ending: 'cut' });
    });

    it('is a failure where the response failed', () => {
      const response = { status: 'failed', error: { code: 'server_error', message: 'Oops' } };
      expect(run(created, textDelta('a'), { type: 'response.failed', response }).message).toMatchObject({
        status: 'failed',
        error: { remoteCode: 'server_error', message: 'Oops', retryable: true },
        parts: [{ text: 'a' }],
      });
    });
  });

  describe('the copies of what was streamed', () => {
    const copies = [
      { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'ab' },
      item('done', 0, message('ab')),
      completed({ output: [message('ab', { id: 'other' })] }),
    ];

    it('change nothing, under whatever id', () => {
      const { message: told } = run(created, item('added', 0, message('')), textDelta('a'), textDelta('b'), ...copies);
      expect(told.parts).toMatchObject([{ type: 'text', text: 'ab' }]);
    });

    it('are the text where nothing was streamed', () => {
      expect(textOf(run(created, item('done', 0, message('ab')), completed()).message)).toBe('ab');
      const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{"a":1}' };
      const { message: told } = run(completed({ id: 'resp', output: [message('ab'), call] }));
      expect(textOf(told)).toBe('ab');
      expect(toolsOf(told)).toEqual([['f', { a: 1 }, 'called']]);
      expect(told).toMatchObject({ serverId: 'resp', finishReason: 'tool-calls' });
    });
  });

  it('reads the tools of the server with what they were asked and what they found', () => {
    const search = { type: 'web_search_call', id: 'ws', status: 'completed', action: { type: 'search', query: 'q' } };
    const mcp = { type: 'mcp_call', id: 'mcp', name: 'echo', server_label: 's', arguments: '{"a":1}', output: 'hi' };
    const broken = { ...mcp, id: 'mcp2', output: null, error: 'no' };
    const image = {
      type: 'image_generation_call',
      id: 'ig',
      status: 'completed',
      result: 'aGk=',
      output_format: 'webp',
    };
    const { message: told } = run(
      created,
      item('added', 0, { ...search, action: undefined }),
      { type: 'response.web_search_call.searching', output_index: 0 },
      item('done', 0, search),
      item('added', 1, { ...mcp, arguments: '' }),
      { type: 'response.mcp_call_arguments.delta', output_index: 1, delta: '{"a":1}' },
      item('done', 1, mcp),
      item('done', 2, broken),
      item('added', 3, { ...image, result: undefined }),
      { type: 'response.image_generation_call.partial_image', output_index: 3, partial_image_b64: 'aA==' },
      item('done', 3, image),
      completed(),
    );
    expect(toolsOf(told)).toEqual([
      ['web_search', { type: 'search', query: 'q' }, 'complete', { status: 'completed' }],
      ['echo', { a: 1 }, 'complete', 'hi'],
      ['echo', { a: 1 }, 'failed', 'no'],
      ['image_generation', {}, 'complete', { status: 'completed' }],
    ]);
    expect(told.parts).toContainEqual(
      expect.objectContaining({ type: 'file', base64: 'aGk=', mediaType: 'image/webp' }),
    );
    expect(told.finishReason).toBe('stop');
  });

  it('asks for the approval that a server wants, and sends the answer back', () => {
    const request = { type: 'mcp_approval_request', id: 'mcpr', name: 'pay', arguments: '{}', server_label: 's' };
    const asked = run(created, item('done', 0, request), completed()).message;
    expect(asked.parts).toMatchObject([{ type: 'approval', approvalId: 'mcpr', message: 'pay' }]);
    const [part] = asked.parts;
    const answered = { ...asked, parts: [{ ...part, approved: true } as typeof part & object] };
    expect(adapter.request(turn(said('user', 'q'), answered)).body).toMatchObject({
      input: [{ role: 'user' }, request, { type: 'mcp_approval_response', approval_request_id: 'mcpr', approve: true }],
    });
  });

  it('reads refusals and says what it does not know', () => {
    const refusal = { type: 'response.refusal.delta', output_index: 0, content_index: 0, delta: 'No.' };
    const { chunks, message: told } = run(created, refusal, { type: 'response.hologram.delta' }, { type: 'keepalive' });
    expect(textOf(told, 'refusal')).toBe('No.');
    expect(unknownKinds(chunks)).toEqual(['response.hologram.delta']);
  });

  describe('request', () => {
    it('holds messages, calls and their outputs as items', () => {
      const { body } = openaiResponses({ model: 'm', system: 'S', store: false, body: { user: 'u' } }).request(
        toolTurn,
      );
      expect(body).toEqual({
        model: 'm',
        instructions: 'S',
        stream: true,
        store: false,
        include: ['reasoning.encrypted_content'],
        user: 'u',
        input: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'Weather?' },
              { type: 'input_image', image_url: 'data:image/png;base64,aGk=', detail: 'auto' },
            ],
          },
          { role: 'assistant', content: 'One moment.' },
          { type: 'function_call', call_id: 'c-1', name: 'weather', arguments: '{"city":"Paris"}' },
          { type: 'function_call_output', call_id: 'c-1', output: '{"temp":18}' },
          { role: 'assistant', content: 'It is 18 degrees.' },
          { role: 'user', content: 'Thanks' },
        ],
      });
    });

    it('sends encrypted thoughts back as one item, and phases as they were named', () => {
      const thought = {
        type: 'reasoning',
        id: 'rs',
        summary: [
          { type: 'summary_text', text: 'a' },
          { type: 'summary_text', text: 'b' },
        ],
        encrypted_content: 'e',
      };
      const told = run(
        created,
        item('done', 0, thought),
        item('done', 1, { ...thought, id: 'rs2', encrypted_content: undefined }),
        item('done', 2, message('c', { phase: 'commentary' })),
        completed(),
      ).message;
      expect(adapter.request(turn(said('user', 'q'), told)).body).toMatchObject({
        input: [{ role: 'user' }, thought, { role: 'assistant', content: 'c', phase: 'commentary' }],
      });
    });
  });

  describe('resume and cancel', () => {
    const input = turn(said('user', 'q'));
    const background = openaiResponses({ background: true });

    it('are only there for a background response', () => {
      const state = adapter.init();
      expect([adapter.resume?.(state, { input }), adapter.cancel?.(state, { input })]).toEqual([null, null]);
      expect(background.request(input).body).toMatchObject({ background: true });
    });

    it('know the response from the message after a reload', () => {
      const point = { input, message: { ...emptyAnswer, serverId: 'resp' }, cursor: '7' };
      const state = background.init();
      expect(background.resume?.(state, point)).toEqual({
        method: 'GET',
        path: '/resp',
        query: { stream: 'true', starting_after: '7' },
      });
      expect(background.cancel?.(state, point)).toEqual({ method: 'POST', path: '/resp/cancel' });
    });
  });
});
