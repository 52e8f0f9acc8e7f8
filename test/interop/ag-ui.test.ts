// AG-UI from its own packages: @ag-ui/encoder writes the records, the schemas of @ag-ui/core check them and the run that
// we ask for; and @copilotkit/aimock plays a whole agent.
import { type Event, EventType } from '@ag-ui/core';
import { EventSchema, RunAgentInputSchema } from '@ag-ui/core/schemas';
import { EventEncoder } from '@ag-ui/encoder';
import { AGUIMock } from '@copilotkit/aimock';
import { afterEach, describe, expect, it } from 'vitest';
import { createChat } from '../../src/compose/create-chat.ts';
import type { ChatOptions } from '../../src/compose/chat-options.ts';
import { agUi } from '../../src/protocol/ag-ui.ts';
import { beginStream, type HttpServer, startHttpServer } from '../support/http-server.ts';
import { textOf } from './ask.ts';

let server: { close(): Promise<void> } | undefined;
afterEach(() => server?.close());

const run = { threadId: 't', runId: 'r' };
const started: Event = { type: EventType.RUN_STARTED, ...run };
const finished: Event = { type: EventType.RUN_FINISHED, ...run };
const say = (messageId: string, ...words: string[]): Event[] => [
  { type: EventType.TEXT_MESSAGE_START, messageId, role: 'assistant' },
  ...words.map((delta): Event => ({ type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta })),
  { type: EventType.TEXT_MESSAGE_END, messageId },
];
const call = (toolCallId: string, toolCallName: string, ...pieces: string[]): Event[] => [
  { type: EventType.TOOL_CALL_START, toolCallId, toolCallName },
  ...pieces.map((delta): Event => ({ type: EventType.TOOL_CALL_ARGS, toolCallId, delta })),
  { type: EventType.TOOL_CALL_END, toolCallId },
];

/** Answers each run with the next list. */
async function serve(...answers: Event[][]): Promise<HttpServer> {
  const made = await startHttpServer((reply, { headers, body }) => {
    RunAgentInputSchema.parse(JSON.parse(body));
    const encoder = new EventEncoder({ accept: headers.accept ?? '' });
    beginStream(reply, encoder.getContentType());
    for (const event of answers[made.requests.length - 1] ?? []) reply.write(encoder.encode(EventSchema.parse(event)));
    reply.end();
  });
  server = made;
  return made;
}

const open = (url: string, options: Partial<ChatOptions> = {}) => createChat({ url, protocol: agUi(), ...options });

describe('@ag-ui/encoder', () => {
  it('writes text, thoughts, state, steps and counts', async () => {
    const { url } = await serve([
      started,
      { type: EventType.STEP_STARTED, stepName: 'plan' },
      { type: EventType.REASONING_START, messageId: 'th' },
      { type: EventType.REASONING_MESSAGE_START, messageId: 'th', role: 'reasoning' },
      { type: EventType.REASONING_MESSAGE_CONTENT, messageId: 'th', delta: 'Hm.' },
      { type: EventType.REASONING_MESSAGE_END, messageId: 'th' },
      { type: EventType.REASONING_END, messageId: 'th' },
      { type: EventType.STEP_FINISHED, stepName: 'plan' },
      ...say('m1', 'Grüße, ', '日本語 ', '🦊'),
      { type: EventType.STATE_SNAPSHOT, snapshot: { list: ['a'] } },
      { type: EventType.STATE_DELTA, delta: [{ op: 'add', path: '/list/-', value: 'b' }] },
      { type: EventType.CUSTOM, name: 'hint', value: { level: 1 } },
      { ...finished, usage: [{ inputTokens: 12, outputTokens: 34, model: 'm' }] } as Event,
    ]);
    const faults: unknown[] = [];
    const { status, message } = await open(url, { onDiagnostic: (fault) => void faults.push(fault) }).send('hello');
    expect(status).toBe('complete');
    expect(textOf(message)).toBe('Grüße, 日本語 🦊');
    expect(textOf(message, 'reasoning')).toBe('Hm.');
    expect(message?.parts).toMatchObject([
      { type: 'status', state: 'plan', status: 'done' },
      { type: 'reasoning' },
      { type: 'text' },
      { type: 'data', name: 'state', data: { list: ['a', 'b'] } },
      { type: 'data', name: 'hint', data: { level: 1 } },
    ]);
    expect(message).toMatchObject({ finishReason: 'stop', usage: { input: 12, output: 34 } });
    expect(faults).toEqual([]);
  });

  it('has the client run a tool, and takes its result', async () => {
    const { url, requests } = await serve(
      [started, ...say('m1', 'Let me look.'), ...call('c1', 'weather', '{"ci', 'ty":"Oslo"}'), finished],
      [started, ...say('m2', 'Clear.'), finished],
    );
    const { status, message } = await open(url, { onToolCall: ({ args }) => ({ sky: 'clear', args }) }).send(
      'weather?',
    );
    expect(status).toBe('complete');
    expect(message?.parts).toMatchObject([
      { type: 'text', text: 'Let me look.' },
      { type: 'tool', name: 'weather', args: { city: 'Oslo' }, status: 'complete' },
      { type: 'text', text: 'Clear.' },
    ]);
    const { messages } = JSON.parse(requests[1]?.body ?? '') as { messages: object[] };
    expect(messages).toMatchObject([
      { role: 'user', content: 'weather?' },
      { role: 'assistant', id: 'm1', toolCalls: [{ id: 'c1', function: { name: 'weather' } }] },
      { role: 'tool', toolCallId: 'c1', content: '{"sky":"clear","args":{"city":"Oslo"}}' },
    ]);
  });

  it('tells of a tool that the agent ran, and of the conversation once more', async () => {
    const { url } = await serve([
      started,
      ...call('c1', 'weather', '{"city":"Oslo"}'),
      { type: EventType.TOOL_CALL_RESULT, messageId: 'tr', toolCallId: 'c1', content: 'clear' },
      ...say('m1', 'It is clear.'),
      {
        type: EventType.MESSAGES_SNAPSHOT,
        messages: [
          { id: 'u', role: 'user', content: 'weather?' },
          {
            id: 'x',
            role: 'assistant',
            toolCalls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
          },
          { id: 'tr', role: 'tool', toolCallId: 'c1', content: 'clear' },
          { id: 'other', role: 'assistant', content: 'It is clear.' },
        ],
      },
      finished,
    ]);
    const { message } = await open(url).send('weather?');
    expect(message?.parts).toMatchObject([
      { type: 'tool', status: 'complete', result: 'clear', by: 'server' },
      { type: 'text', text: 'It is clear.' },
    ]);
    expect(message?.parts).toHaveLength(2);
  });

  it('stops to ask, and goes on', async () => {
    const { url, requests } = await serve(
      [
        started,
        ...call('c1', 'pay', '{"amount":5}'),
        {
          ...finished,
          outcome: {
            type: 'interrupt',
            interrupts: [{ id: 'i1', reason: 'tool_call', message: 'Pay 5?', toolCallId: 'c1' }],
          },
        } as Event,
      ],
      [
        started,
        { type: EventType.TOOL_CALL_RESULT, messageId: 'tr', toolCallId: 'c1', content: 'paid' },
        ...say('m2', 'Paid.'),
        finished,
      ],
    );
    const chat = open(url);
    await chat.send('pay');
    expect(chat.getSnapshot().status).toBe('awaiting');
    await chat.approve('i1', true);
    const message = chat.getSnapshot().conversation.messages.at(-1);
    expect(message?.parts).toMatchObject([{ type: 'tool', status: 'complete', result: 'paid' }, { text: 'Paid.' }]);
    expect(JSON.parse(requests[1]?.body ?? '')).toMatchObject({ resume: [{ interruptId: 'i1', status: 'resolved' }] });
  });

  it('says what failed, and keeps what came before', async () => {
    const { url } = await serve([
      started,
      ...say('m1', 'Half').slice(0, 2),
      { type: EventType.RUN_ERROR, message: 'no disk', code: 'E1' },
    ]);
    const { status, message, error } = await open(url).send('hello');
    expect([status, textOf(message)]).toEqual(['failed', 'Half']);
    expect(error).toMatchObject({ excerpt: 'no disk', remoteCode: 'E1' });
  });

  it('never takes a run without an end for a whole one', async () => {
    const { url } = await serve([started, ...say('m1', 'All of it.')]);
    const { status, message } = await open(url).send('hello');
    expect([status, textOf(message)]).toEqual(['interrupted', 'All of it.']);
  });
});

describe('an agent that aimock plays', () => {
  it('answers with text, thoughts and a call', async () => {
    const mock = new AGUIMock();
    mock
      .onMessage('hello', 'Hi there.')
      .onReasoning('think', 'Hm.')
      .onToolCall('weather', 'get_weather', '{"city":"Oslo"}', { result: 'clear' });
    const url = await mock.start();
    server = { close: () => mock.stop() };
    expect(textOf((await open(url).send('hello')).message)).toBe('Hi there.');
    expect(textOf((await open(url).send('think')).message, 'reasoning')).toBe('Hm.');
    expect((await open(url).send('weather')).message?.parts).toMatchObject([
      { type: 'tool', name: 'get_weather', args: { city: 'Oslo' }, status: 'complete', result: 'clear' },
    ]);
  });
});
