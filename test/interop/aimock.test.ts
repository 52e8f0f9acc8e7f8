// @copilotkit/aimock plays the APIs of OpenAI, Anthropic, Google and Ollama: the same script, five formats.
import { LLMock } from '@copilotkit/aimock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChat } from '../../src/compose/create-chat.ts';
import type { ChatOptions } from '../../src/compose/chat-options.ts';
import type { Message } from '../../src/message/message.ts';
import type { Adapter } from '../../src/protocol/adapter.ts';
import { anthropic } from '../../src/protocol/anthropic.ts';
import { autoProtocol } from '../../src/protocol/auto.ts';
import { gemini } from '../../src/protocol/gemini.ts';
import { ollama } from '../../src/protocol/ollama.ts';
import { openaiChat } from '../../src/protocol/openai-chat.ts';
import { openaiResponses } from '../../src/protocol/openai-responses.ts';
import { textOf } from './ask.ts';

interface Api {
  readonly name: string;
  readonly path: string;
  readonly protocol: Adapter;
  /** How the API counts 12 tokens in and 34 out, and what of it the format carries. */
  readonly counts: Readonly<Record<string, number>>;
  readonly usage: Message['usage'];
  /** What its tool definitions look like. */
  readonly withTool: Adapter;
  /** What it says of an answer that its limit cut short. */
  readonly limit: Message['finishReason'];
  /** Where it sends thoughts under a name that the API does not have. */
  readonly mute?: boolean;
}

const name = 'get_weather';
const description = 'The weather of a city.';
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const openaiTool = { type: 'function', function: { name, description, parameters: schema } };

const apis: readonly Api[] = [
  {
    name: 'OpenAI Chat Completions',
    path: '/v1/chat/completions',
    protocol: openaiChat({ model: 'gpt-4o' }),
    withTool: openaiChat({ model: 'gpt-4o', tools: [openaiTool] }),
    counts: { prompt_tokens: 12, completion_tokens: 34 },
    usage: { input: 12, output: 34, total: 46 },
    limit: 'length',
  },
  {
    name: 'OpenAI Responses',
    path: '/v1/responses',
    protocol: openaiResponses({ model: 'gpt-4o' }),
    withTool: openaiResponses({
      model: 'gpt-4o',
      tools: [{ type: 'function', name, description, parameters: schema }],
    }),
    counts: { input_tokens: 12, output_tokens: 34 },
    usage: { input: 12, output: 34, total: 46 },
    // "incomplete" without the details that say why.
    limit: 'other',
  },
  {
    name: 'Anthropic Messages',
    path: '/v1/messages',
    protocol: anthropic({ model: 'claude-sonnet-4-5' }),
    withTool: anthropic({ model: 'claude-sonnet-4-5', tools: [{ name, description, input_schema: schema }] }),
    counts: { input_tokens: 12, output_tokens: 34 },
    usage: { input: 12, output: 34 },
    limit: 'length',
  },
  {
    name: 'Gemini',
    path: '/v1beta/models/gemini-2.5-flash:streamGenerateContent',
    protocol: gemini(),
    withTool: gemini({ body: { tools: [{ functionDeclarations: [{ name, description, parameters: schema }] }] } }),
    counts: { promptTokenCount: 12, candidatesTokenCount: 34 },
    usage: { input: 12, output: 34, total: 46 },
    limit: 'length',
  },
  {
    name: 'Ollama',
    path: '/api/chat',
    protocol: ollama({ model: 'llama3' }),
    withTool: ollama({ model: 'llama3', body: { tools: [openaiTool] } }),
    counts: {},
    // It counts nothing, whatever it is told to say.
    usage: { input: 0, output: 0 },
    limit: 'stop',
    mute: true,
  },
];

let mock: LLMock;
beforeEach(async () => {
  mock = new LLMock({ port: 0, chunkSize: 5 });
  await mock.start();
});
afterEach(() => mock.stop());

describe.each(apis)('$name, as aimock plays it', ({ path, protocol, withTool, counts, usage, limit, mute }) => {
  const open = (options: Partial<ChatOptions> = {}) => createChat({ url: `${mock.url}${path}`, protocol, ...options });
  const words = 'Grüße – “smart quotes”, 日本語 and 🦊.\n\nA second paragraph.';

  it('gives the text, the thoughts, the counts and the reason of an answer', async () => {
    mock.onMessage('hello', { content: words, reasoning: 'The user greets me.', usage: counts });
    const { status, message } = await open().send('hello');
    expect(status).toBe('complete');
    expect(textOf(message)).toBe(words);
    expect(textOf(message, 'reasoning')).toBe(mute ? '' : 'The user greets me.');
    expect(message).toMatchObject({ finishReason: 'stop', usage });
    expect(message?.parts.every((part) => !('status' in part) || part.status === 'complete')).toBe(true);
  });

  it('is recognised by autoProtocol', async () => {
    mock.onMessage('hello', { content: words });
    const adapters = apis.map((api) => api.protocol);
    const { status, message } = await open({ protocol: autoProtocol(adapters, { request: protocol }) }).send('hello');
    expect(status).toBe('complete');
    expect(textOf(message)).toBe(words);
  });

  it('runs a tool in the client and goes on with its result', async () => {
    mock.on(
      { userMessage: 'weather', hasToolResult: false },
      {
        toolCalls: [{ name, arguments: '{"city":"Zürich","days":[1,2]}' }],
      },
    );
    mock.on({ userMessage: 'weather', hasToolResult: true, toolResultContains: 'föhn' }, { content: 'It is warm.' });
    const calls: unknown[] = [];
    const chat = open({
      protocol: withTool,
      onToolCall(call) {
        calls.push([call.name, call.args]);
        return { sky: 'föhn' };
      },
    });
    const { status, message } = await chat.send('weather in Zürich?');
    expect(status).toBe('complete');
    expect(calls).toEqual([[name, { city: 'Zürich', days: [1, 2] }]]);
    expect(message?.parts.map(({ type }) => type)).toEqual(['tool', 'text']);
    expect(message?.parts[0]).toMatchObject({ name, status: 'complete', result: { sky: 'föhn' } });
    expect(textOf(message)).toBe('It is warm.');
  });

  it('gives text and two calls side by side', async () => {
    mock.onMessage('both', {
      content: 'Let me look.',
      toolCalls: [
        { name, arguments: '{"city":"Oslo"}' },
        { name, arguments: '{"city":"Lima"}' },
      ],
    });
    const { status, message } = await open({ protocol: withTool }).send('both');
    expect(status).toBe('complete');
    expect(textOf(message)).toBe('Let me look.');
    const tools = message?.parts.filter((part) => part.type === 'tool') ?? [];
    expect(tools.map(({ args, by, status: state }) => [args, by, state])).toEqual([
      [{ city: 'Oslo' }, 'client', 'called'],
      [{ city: 'Lima' }, 'client', 'called'],
    ]);
    expect(new Set(tools.map(({ callId }) => callId)).size).toBe(2);
    expect(message?.finishReason).toBe('tool-calls');
  });

  it('tells what was said before', async () => {
    mock.on({ userMessage: 'and now', turnIndex: 1 }, { content: 'Second.' });
    mock.onMessage('first', { content: 'First.' });
    const chat = open();
    await chat.send('first');
    await chat.send('and now');
    const asked = mock.getLastRequest()?.body;
    const messages = asked !== null && asked !== undefined && 'messages' in asked ? asked.messages : [];
    expect((messages as { role: string; content: unknown }[]).map(({ role, content }) => [role, content])).toEqual([
      ['user', 'first'],
      ['assistant', 'First.'],
      ['user', 'and now'],
    ]);
  });

  it('says that an answer was cut short by its limit', async () => {
    mock.onMessage('long', { content: 'As far as', finishReason: 'length' });
    const { message } = await open().send('long');
    expect(message).toMatchObject({ status: 'complete', finishReason: limit });
  });

  it('never takes an answer that was cut for a whole one', async () => {
    // Where nothing had come yet the request is sent again, a few times.
    const retry = { baseMs: 1, minMs: 1, giveUp: { attempts: 2, afterMs: 0 } };
    for (let chunks = 1; chunks <= 9; chunks += 2) {
      mock.reset();
      mock.onMessage('hello', { content: words }, { truncateAfterChunks: chunks, chunkSize: 5 });
      const { status, message } = await open({ retry }).send('hello');
      expect(status, `after ${chunks} chunks`).toBe('interrupted');
      expect(words.startsWith(textOf(message))).toBe(true);
    }
  });

  it('reads the error that comes instead of an answer', async () => {
    mock.nextRequestError(400, { message: 'No such model.', type: 'invalid_request_error', code: 'model_not_found' });
    const { status, error } = await open().send('hello');
    expect(status).toBe('failed');
    expect(error).toMatchObject({ status: 400, retryable: false, excerpt: 'No such model.' });
  });
});
