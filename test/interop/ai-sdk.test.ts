// The Vercel AI SDK 7 itself, with its mock model, answers over HTTP: its encoder, its tool loop, its check of the
// messages that we send, and its way of keeping a stream for a reader who comes back.
import {
  convertToModelMessages,
  createUIMessageStream,
  createUIMessageStreamResponse,
  isStepCount,
  streamText,
  tool,
  toUIMessageStream,
  type UIMessage,
  validateUIMessages,
} from 'ai';
import { MockLanguageModelV4, simulateReadableStream } from 'ai/test';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createChat } from '../../src/compose/create-chat.ts';
import type { ChatOptions } from '../../src/compose/chat-options.ts';
import type { Message } from '../../src/message/message.ts';
import { fromUIMessages, toUIMessages } from '../../src/message/ui-messages.ts';
import { aiSdk } from '../../src/protocol/ai-sdk.ts';
import { type HttpServer, startHttpServer } from '../support/http-server.ts';
import { pipe, textOf } from './ask.ts';

type Streamed = Awaited<ReturnType<MockLanguageModelV4['doStream']>>['stream'];
type ModelChunk = Streamed extends ReadableStream<infer Chunk> ? Chunk : never;

const usage = {
  inputTokens: { total: 12, noCache: 8, cacheRead: 4, cacheWrite: undefined },
  outputTokens: { total: 34, text: 30, reasoning: 4 },
};
const finish = (unified: 'stop' | 'tool-calls' = 'stop'): ModelChunk => ({
  type: 'finish',
  usage,
  finishReason: { unified, raw: unified },
});
const say = (...words: string[]): ModelChunk[] => [
  { type: 'text-start', id: '1' },
  ...words.map((delta): ModelChunk => ({ type: 'text-delta', id: '1', delta })),
  { type: 'text-end', id: '1' },
];
const call = (toolName: string, input: object, toolCallId = `call-${toolName}`): ModelChunk[] => {
  const json = JSON.stringify(input);
  return [
    { type: 'tool-input-start', id: toolCallId, toolName },
    { type: 'tool-input-delta', id: toolCallId, delta: json.slice(0, 5) },
    { type: 'tool-input-delta', id: toolCallId, delta: json.slice(5) },
    { type: 'tool-input-end', id: toolCallId },
    { type: 'tool-call', toolCallId, toolName, input: json },
  ];
};

/** A model that gives these streams, one a call. */
function model(...streams: ModelChunk[][]) {
  return new MockLanguageModelV4({
    doStream: streams.map((chunks) => ({
      stream: simulateReadableStream({
        chunks: [{ type: 'stream-start', warnings: [] }, ...chunks],
        initialDelayInMs: null,
        chunkDelayInMs: null,
      }),
    })),
  });
}

const tools = {
  weather: tool({
    description: 'The weather of a city.',
    inputSchema: z.object({ city: z.string() }),
    async *execute({ city }) {
      yield { city, state: 'looking' };
      yield { city, sky: 'clear' };
    },
  }),
  locate: tool({
    description: 'Where the reader is.',
    inputSchema: z.object({}),
    outputSchema: z.object({ city: z.string() }),
  }),
  pay: tool({
    description: 'Pays.',
    inputSchema: z.object({ amount: z.number() }),
    needsApproval: true,
    execute: ({ amount }) => ({ paid: amount }),
  }),
};

let server: HttpServer | undefined;
afterEach(() => server?.close());

/** What the SDK itself says its answers were. */
let theirs: UIMessage[] = [];

async function serve(mock: MockLanguageModelV4): Promise<string> {
  theirs = [];
  server = await startHttpServer(async (reply, { body }) => {
    const { messages } = JSON.parse(body) as { messages: UIMessage[] };
    // Throws for a message of ours that the SDK would not take.
    const original = await validateUIMessages({ messages, tools: tools as never });
    const left = new AbortController();
    reply.once('close', () => left.abort());
    const result = streamText({
      model: mock,
      messages: await convertToModelMessages(original, { tools }),
      tools,
      stopWhen: isStepCount(5),
      abortSignal: left.signal,
      onError: () => undefined,
    });
    const stream = toUIMessageStream({
      stream: result.stream,
      tools,
      originalMessages: original,
      sendSources: true,
      messageMetadata: ({ part }) => (part.type === 'finish' ? { usage: part.totalUsage } : undefined),
      onError: (error) => `Sorry: ${String(error)}`,
      onEnd: ({ responseMessage }) => void theirs.push(responseMessage),
    });
    await pipe(createUIMessageStreamResponse({ stream }), reply);
  });
  return server.url;
}

const open = (url: string, options: Partial<ChatOptions> = {}) => createChat({ url, protocol: aiSdk(), ...options });

/** The answer as the SDK tells it, without the name its stream had for a thought. */
const told = (message: UIMessage | undefined) =>
  message?.parts.map((part) => (part.type === 'reasoning' ? { ...part, id: undefined } : part));
const ours = (message: Message | undefined) => toUIMessages(message === undefined ? [] : [message])[0]?.parts;

describe('the AI SDK with its mock model', () => {
  it('gives text, thoughts, sources, files and counts', async () => {
    const url = await serve(
      model([
        { type: 'reasoning-start', id: 'r' },
        { type: 'reasoning-delta', id: 'r', delta: 'They greet ' },
        { type: 'reasoning-delta', id: 'r', delta: 'me.' },
        { type: 'reasoning-end', id: 'r', providerMetadata: { anthropic: { signature: 'sig' } } },
        { type: 'source', sourceType: 'url', id: 's1', url: 'https://example.test/a', title: 'A' },
        { type: 'source', sourceType: 'document', id: 's2', mediaType: 'application/pdf', title: 'B', filename: 'b' },
        { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'iVBORw0KGgo=' } },
        ...say('Grüße, ', '日本語 ', '🦊'),
        finish(),
      ]),
    );
    const { status, message } = await open(url).send('hello');
    expect(status).toBe('complete');
    expect(textOf(message)).toBe('Grüße, 日本語 🦊');
    expect(textOf(message, 'reasoning')).toBe('They greet me.');
    expect(message?.parts.map(({ type }) => type)).toEqual(['reasoning', 'source', 'source', 'file', 'text']);
    expect(message?.parts[1]).toMatchObject({ kind: 'url', url: 'https://example.test/a', title: 'A' });
    expect(message?.parts[2]).toMatchObject({ kind: 'document', title: 'B', mediaType: 'application/pdf' });
    expect(message).toMatchObject({ finishReason: 'stop', usage: { input: 12, output: 34, cached: 4, reasoning: 4 } });
    expect(ours(message)).toEqual(told(theirs[0]));
  });

  it('runs its own tool in a loop', async () => {
    const url = await serve(
      model(
        [...say('Let me look.'), ...call('weather', { city: 'Oslo' }), finish('tool-calls')],
        [...say('It is clear.'), finish()],
      ),
    );
    const { status, message } = await open(url).send('weather?');
    expect(status).toBe('complete');
    expect(message?.parts.map(({ type }) => type)).toEqual(['text', 'tool', 'text']);
    expect(message?.parts[1]).toMatchObject({
      by: 'server',
      status: 'complete',
      args: { city: 'Oslo' },
      result: { city: 'Oslo', sky: 'clear' },
    });
    expect(message?.usage).toMatchObject({ input: 24, output: 68 });
    expect(ours(message)).toEqual(told(theirs[0]));
  });

  it('has the client run a tool and takes its result', async () => {
    const mock = model(
      [...call('locate', {}), finish('tool-calls')],
      [...say('You are in Bern.'), finish()],
      [...say('Again.'), finish()],
    );
    const chat = open(await serve(mock), { onToolCall: ({ name }) => ({ city: `Bern, by ${name}` }) });
    const { status, message } = await chat.send('where?');
    expect(status).toBe('complete');
    expect(message?.parts.map(({ type }) => type)).toEqual(['tool', 'text']);
    expect(mock.doStreamCalls[1]?.prompt.at(-1)).toMatchObject({
      role: 'tool',
      content: [{ toolCallId: 'call-locate', output: { type: 'json', value: { city: 'Bern, by locate' } } }],
    });
    expect(ours(message)).toEqual(told(theirs[1]));
    await chat.send('and again?');
    expect(mock.doStreamCalls[2]?.prompt.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
      'user',
    ]);
  });

  it.each([
    { approved: true, result: { paid: 5 }, status: 'complete' },
    { approved: false, result: undefined, status: 'denied' },
  ])('asks before it pays, and hears $approved', async ({ approved, result, status }) => {
    const mock = model([...call('pay', { amount: 5 }), finish('tool-calls')], [...say('So be it.'), finish()]);
    const chat = open(await serve(mock));
    const asked = await chat.send('pay');
    expect(chat.getSnapshot().status).toBe('awaiting');
    const part = asked.message?.parts[0];
    expect(part).toMatchObject({ type: 'tool', status: 'awaiting', args: { amount: 5 } });
    await chat.approve(part?.type === 'tool' ? (part.approval?.id ?? '') : '', approved);
    const message = chat.getSnapshot().conversation.messages.at(-1);
    expect(message?.parts[0]).toMatchObject({ status, ...(result && { result }) });
    expect(textOf(message)).toBe('So be it.');
    expect(ours(message)).toEqual(told(theirs[1]));
  });

  it('keeps what came before an error', async () => {
    const url = await serve(model([...say('Half an').slice(0, 2), { type: 'error', error: 'overloaded' }]));
    const { status, message, error } = await open(url).send('hello');
    expect(status).toBe('failed');
    expect(textOf(message)).toBe('Half an');
    expect(error).toMatchObject({ code: 'failed', excerpt: 'Sorry: overloaded' });
  });

  it('tells of a tool that failed and of arguments that do not fit', async () => {
    const url = await serve(
      model([...call('weather', { town: 1 }), finish('tool-calls')], [...say('I cannot.'), finish()]),
    );
    const { status, message } = await open(url).send('weather?');
    expect(status).toBe('complete');
    expect(message?.parts[0]).toMatchObject({ name: 'weather', status: 'failed' });
    expect(textOf(message)).toBe('I cannot.');
  });

  it('is told when the reader stops', async () => {
    let stopped = false;
    server = await startHttpServer(async (reply) => {
      const stream = createUIMessageStream({
        async execute({ writer }) {
          writer.write({ type: 'start' });
          writer.write({ type: 'text-start', id: '1' });
          writer.write({ type: 'text-delta', id: '1', delta: 'On and on' });
          await new Promise<void>((resolve) => reply.once('close', resolve));
          stopped = true;
        },
      });
      await pipe(createUIMessageStreamResponse({ stream }), reply);
    });
    const chat = open(server.url);
    const sent = chat.send('hello');
    await expect.poll(() => textOf(chat.getSnapshot().conversation.messages.at(-1))).toBe('On and on');
    await chat.stop();
    expect(await sent).toMatchObject({ status: 'stopped', message: { status: 'stopped' } });
    await expect.poll(() => stopped).toBe(true);
  });

  it('says when it gave up by itself', async () => {
    const gone = new AbortController();
    server = await startHttpServer(async (reply) => {
      const result = streamText({
        model: new MockLanguageModelV4({
          doStream: {
            stream: new ReadableStream<ModelChunk>({
              start(controller) {
                for (const chunk of [{ type: 'stream-start', warnings: [] } as ModelChunk, ...say('Part').slice(0, 2)])
                  controller.enqueue(chunk);
                gone.signal.addEventListener('abort', () => controller.error(gone.signal.reason));
              },
            }),
          },
        }),
        prompt: 'x',
        abortSignal: gone.signal,
        onError: () => undefined,
      });
      await pipe(createUIMessageStreamResponse({ stream: toUIMessageStream({ stream: result.stream }) }), reply);
    });
    const chat = open(server.url);
    const answer = chat.send('hello');
    await expect.poll(() => textOf(chat.getSnapshot().conversation.messages.at(-1))).toBe('Part');
    gone.abort();
    const { status, message } = await answer;
    expect(textOf(message)).toBe('Part');
    expect(message?.finishReason).toBe('aborted');
    expect(status).toBe('stopped');
  });

  it('writes data parts of an application', async () => {
    server = await startHttpServer(async (reply) => {
      const stream = createUIMessageStream({
        execute({ writer }) {
          writer.write({ type: 'start', messageMetadata: { model: 'm1' } });
          writer.write({ type: 'data-note', data: { level: 'info' }, transient: true });
          writer.write({ type: 'data-weather', id: 'w', data: { sky: 'loading' } });
          writer.write({ type: 'text-start', id: 't' });
          writer.write({ type: 'text-delta', id: 't', delta: 'Here.' });
          writer.write({ type: 'text-end', id: 't' });
          writer.write({ type: 'data-weather', id: 'w', data: { sky: 'clear' } });
          writer.write({ type: 'finish', messageMetadata: { seconds: 2 } });
        },
      });
      await pipe(createUIMessageStreamResponse({ stream }), reply);
    });
    const chunks: string[] = [];
    const { status, message } = await open(server.url, {
      onChunk: (chunk) => void (chunk.type === 'data' && chunks.push(chunk.name)),
    }).send('hello');
    expect(status).toBe('complete');
    expect(chunks).toEqual(['note', 'weather', 'weather']);
    expect(message?.parts).toMatchObject([
      { type: 'data', name: 'weather', data: { sky: 'clear' } },
      { type: 'text', text: 'Here.' },
    ]);
    expect(message?.metadata).toEqual({ model: 'm1', seconds: 2 });
  });

  it('goes on after a lost connection with the stream that it kept', async () => {
    const words = Array.from({ length: 40 }, (_, index) => `word ${index} `);
    let kept: string[] = [];
    server = await startHttpServer(async (reply, { method }) => {
      if (method === 'GET') {
        reply.writeHead(200, { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' });
        for (const piece of kept) reply.write(piece);
        reply.end();
        return;
      }
      const result = streamText({ model: model([...say(...words), finish()]), prompt: 'x' });
      let whole: () => void = () => undefined;
      const stored = new Promise<void>((resolve) => (whole = resolve));
      const response = createUIMessageStreamResponse({
        stream: toUIMessageStream({ stream: result.stream, generateMessageId: () => 'answer' }),
        async consumeSseStream({ stream }) {
          kept = [];
          for await (const piece of stream) kept.push(piece);
          whole();
        },
      });
      void response.body?.cancel();
      await stored;
      reply.writeHead(200, Object.fromEntries(response.headers));
      for (const piece of kept.slice(0, 17)) reply.write(piece);
      reply.write(kept[17]?.slice(0, 11), () => reply.socket?.resetAndDestroy());
    });
    const seen: number[] = [];
    const chat = open(server.url, { id: 'c 1', protocol: aiSdk({ resumable: true }), retry: { baseMs: 1, minMs: 1 } });
    chat.subscribe(() => seen.push(textOf(chat.getSnapshot().conversation.messages.at(-1)).length));
    const { status, message } = await chat.send('hello');
    expect(status).toBe('complete');
    expect(textOf(message)).toBe(words.join(''));
    expect(server.requests.map(({ method, path }) => [method, path])).toEqual([
      ['POST', '/'],
      ['GET', '/c%201/stream'],
    ]);
    // What was on screen never went back.
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('takes back every message that it gave', async () => {
    const url = await serve(
      model(
        [...say('Let me look.'), ...call('weather', { city: 'Oslo' }), finish('tool-calls')],
        [...say('It is clear.'), finish()],
      ),
    );
    await open(url).send('weather?');
    const [answer] = theirs;
    const read = fromUIMessages(answer === undefined ? [] : [answer]);
    expect(toUIMessages(read)).toEqual([answer]);
  });
});
