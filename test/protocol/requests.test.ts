import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/base/errors.ts';
import type { Conversation, Message, Part, ToolPart } from '../../src/message/message.ts';
import type { Adapter, TurnInput } from '../../src/protocol/adapter.ts';
import { agentMemory } from '../../src/protocol/agent-memory.ts';
import { delta } from '../../src/protocol/delta.ts';
import { dify } from '../../src/protocol/dify.ts';
import { gemini } from '../../src/protocol/gemini.ts';
import { genie } from '../../src/protocol/genie.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { ollama } from '../../src/protocol/ollama.ts';
import { typed } from '../../src/protocol/typed.ts';

let ids = 0;

function message(role: Message['role'], parts: readonly Part[], facts: Partial<Message> = {}): Message {
  ids += 1;
  return { id: `m${ids}`, role, parts, status: 'complete', createdAt: 0, metadata: {}, version: 0, ...facts };
}

function text(words: string, signature?: string): Part {
  return { type: 'text', id: 'p', text: words, status: 'complete', ...(signature === undefined ? {} : { signature }) };
}

function tool(facts: Partial<ToolPart>): ToolPart {
  return {
    type: 'tool',
    id: 'p',
    callId: 'call-1',
    name: 'weather',
    by: 'client',
    status: 'complete',
    argsText: '{"city":"Tokyo"}',
    args: { city: 'Tokyo' },
    result: { degrees: 22 },
    ...facts,
  };
}

const image: Part = { type: 'file', id: 'f', mediaType: 'image/png', base64: 'aGk=' };

function turn(messages: readonly Message[], trigger: TurnInput['trigger'] = 'send'): TurnInput {
  const conversation: Conversation = { id: 'c1', messages, branches: [] };
  return { conversation, trigger, turn: 't1' };
}

const once = turn([message('user', [text('Hello')])]);
const twice = turn([
  message('user', [text('First')]),
  message('assistant', [text('Answer')]),
  message('user', [text('Second')]),
]);

describe('the request of a protocol that keeps the conversation on the server', () => {
  it('namedEvents sends the newest question and the conversation it belongs to', () => {
    expect(namedEvents().request(twice)).toEqual({
      method: 'POST',
      body: { conversation_id: 'c1', message: 'Second' },
    });
  });

  it('namedEvents sends a chat message over its socket', () => {
    expect(namedEvents({ socket: true }).request(once).body).toEqual({ type: 'chat', message: 'Hello' });
  });

  it.each([{ idempotent: true }, { resumable: true }])(
    'namedEvents puts the key of the turn into the message of a socket, which has no headers: %o',
    (options) => {
      const keyed = { type: 'chat', message: 'Hello', idempotency_key: 't1' };
      expect(namedEvents({ socket: true, ...options }).request(once).body).toEqual(keyed);
    },
  );

  it('genie asks its agent', () => {
    expect(genie({ agentType: 'react' }).request(twice)).toEqual({
      method: 'POST',
      body: { query: 'Second', agentType: 'react', requestId: 't1', isStream: true },
    });
  });

  it('genie asks its search tool', () => {
    expect(genie({ endpoint: 'search' }).request(once).body).toEqual({ query: 'Hello', request_id: 't1' });
  });

  it('delta sends a prompt and the model it should be answered by', () => {
    expect(delta({ model: 'small' }).request(twice)).toEqual({
      method: 'POST',
      body: { prompt: 'Second', model: 'small', stream: true },
    });
    expect(delta().request(once).body).toEqual({ prompt: 'Hello', stream: true });
  });

  it('typed asks by query, so that nothing is posted twice', () => {
    expect(typed().request(twice)).toEqual({ method: 'GET', query: { query: 'Second', session_id: 'c1' } });
  });

  it('typed asks by message over its socket', () => {
    const body = (adapter: Adapter) => adapter.request(once).body;
    expect(body(typed({ socket: true }))).toEqual({ query: 'Hello', session_id: 'c1' });
    expect(body(typed({ socket: true, sessionId: 's' }))).toEqual({ query: 'Hello', session_id: 's' });
    expect(body(typed({ socket: true, sessionId: null }))).toEqual({ query: 'Hello' });
  });

  it('agentMemory sends a message', () => {
    expect(agentMemory().request(twice)).toEqual({ method: 'POST', body: { message: 'Second', stream: true } });
  });
});

describe('ollama.request', () => {
  const chat = ollama({ model: 'llama3.2' });

  it('sends the whole conversation', () => {
    const input = turn([message('system', [text('Be brief.')]), ...twice.conversation.messages]);
    expect(chat.request(input)).toEqual({
      method: 'POST',
      body: {
        model: 'llama3.2',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'First' },
          { role: 'assistant', content: 'Answer' },
          { role: 'user', content: 'Second' },
        ],
        stream: true,
      },
    });
  });

  it('sends images as base64', () => {
    const asked = message('user', [
      text('What is it?'),
      image,
      { ...image, base64: undefined, url: 'data:image/png;base64,eW8=' },
    ]);
    expect(chat.request(turn([asked])).body).toMatchObject({
      messages: [{ role: 'user', content: 'What is it?', images: ['aGk=', 'eW8='] }],
    });
  });

  it('refuses files it cannot send', () => {
    const asked = message('user', [{ type: 'file', id: 'f', mediaType: 'application/pdf', base64: 'aGk=' }]);
    expect(() => chat.request(turn([asked]))).toThrow(UsageError);
    const remote = message('user', [{ type: 'file', id: 'f', mediaType: 'image/png', url: 'https://e.com/a.png' }]);
    expect(() => chat.request(turn([remote]))).toThrow('"image/png"');
  });

  it('tells what tools returned as messages of their own, in the order in which things happened', () => {
    const answer = message('assistant', [
      { type: 'reasoning', id: 'r', text: 'Weather?', status: 'complete' },
      text('Let me see.'),
      tool({}),
      tool({ callId: 'call-2', args: { city: 'Oslo' }, result: 'rain' }),
      text('One more.'),
      tool({ callId: 'call-3', status: 'failed', result: undefined, error: 'no such city' }),
    ]);
    const { messages } = chat.request(turn([message('user', [text('?')]), answer], 'continue')).body as {
      messages: object[];
    };
    expect(messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: 'Let me see.',
        thinking: 'Weather?',
        tool_calls: [
          { function: { name: 'weather', arguments: { city: 'Tokyo' } } },
          { function: { name: 'weather', arguments: { city: 'Oslo' } } },
        ],
      },
      { role: 'tool', tool_name: 'weather', content: '{"degrees":22}' },
      { role: 'tool', tool_name: 'weather', content: 'rain' },
      {
        role: 'assistant',
        content: 'One more.',
        tool_calls: [{ function: { name: 'weather', arguments: { city: 'Tokyo' } } }],
      },
      { role: 'tool', tool_name: 'weather', content: 'no such city' },
    ]);
  });

  it('leaves out calls that were never answered', () => {
    const answer = message('assistant', [tool({ status: 'called', result: undefined })], { status: 'interrupted' });
    expect(chat.request(turn([answer, message('user', [text('Go on')])])).body).toMatchObject({
      messages: [{ role: 'user', content: 'Go on' }],
    });
  });

  it('passes tools and options on', () => {
    const body = { tools: [{ type: 'function' }], think: true };
    expect(ollama({ model: 'm', body }).request(once).body).toMatchObject(body);
  });

  it('generates from the newest message alone', () => {
    const input = turn([
      message('system', [text('Be brief.')]),
      ...twice.conversation.messages,
      message('user', [image]),
    ]);
    expect(ollama({ model: 'm', endpoint: 'generate' }).request(input)).toEqual({
      method: 'POST',
      body: { model: 'm', prompt: '', system: 'Be brief.', images: ['aGk='], stream: true },
    });
  });
});

describe('gemini.request', () => {
  const adapter = gemini({ body: { generationConfig: { temperature: 0 } } });

  it('sends the conversation as contents and the system message beside them', () => {
    const input = turn([message('system', [text('Be brief.')]), ...twice.conversation.messages]);
    expect(adapter.request(input)).toEqual({
      method: 'POST',
      query: { alt: 'sse' },
      body: {
        contents: [
          { role: 'user', parts: [{ text: 'First' }] },
          { role: 'model', parts: [{ text: 'Answer' }] },
          { role: 'user', parts: [{ text: 'Second' }] },
        ],
        systemInstruction: { parts: [{ text: 'Be brief.' }] },
        generationConfig: { temperature: 0 },
      },
    });
  });

  it('sends files as data or by address', () => {
    const asked = message('user', [
      image,
      { type: 'file', id: 'f', mediaType: 'application/pdf', url: 'https://e.com/a.pdf' },
    ]);
    expect(adapter.request(turn([asked])).body).toMatchObject({
      contents: [
        {
          role: 'user',
          parts: [
            { inlineData: { mimeType: 'image/png', data: 'aGk=' } },
            { fileData: { mimeType: 'application/pdf', fileUri: 'https://e.com/a.pdf' } },
          ],
        },
      ],
    });
  });

  it('sends signatures back with what they came with, and results as objects', () => {
    const answer = message('assistant', [
      { type: 'reasoning', id: 'r', text: 'Hm', status: 'complete' },
      text('Let me see.', 'sig-text'),
      tool({ meta: { thoughtSignature: 'sig-call' } }),
      tool({ callId: 'call-2', result: 'rain' }),
      tool({ callId: 'call-3', status: 'denied', approval: { id: 'a', reason: 'too costly' } }),
    ]);
    const { contents } = adapter.request(turn([answer], 'continue')).body as { contents: object[] };
    expect(contents).toEqual([
      {
        role: 'model',
        parts: [
          { text: 'Let me see.', thoughtSignature: 'sig-text' },
          { functionCall: { id: 'call-1', name: 'weather', args: { city: 'Tokyo' } }, thoughtSignature: 'sig-call' },
          { functionCall: { id: 'call-2', name: 'weather', args: { city: 'Tokyo' } } },
          { functionCall: { id: 'call-3', name: 'weather', args: { city: 'Tokyo' } } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'call-1', name: 'weather', response: { degrees: 22 } } },
          { functionResponse: { id: 'call-2', name: 'weather', response: { output: 'rain' } } },
          { functionResponse: { id: 'call-3', name: 'weather', response: { error: 'too costly' } } },
        ],
      },
    ]);
  });
});

describe('dify.request', () => {
  it('starts a conversation with the question alone', () => {
    expect(dify({ user: 'u', inputs: { tone: 'dry' } }).request(once)).toEqual({
      method: 'POST',
      path: '/chat-messages',
      body: { query: 'Hello', inputs: { tone: 'dry' }, response_mode: 'streaming', user: 'u' },
    });
  });

  it('goes on with the conversation that the server named', () => {
    const answered = message('assistant', [text('Answer')], { metadata: { difyConversation: 'dc' } });
    const input = turn([message('user', [text('First')]), answered, message('user', [text('Second')])]);
    expect(dify({ user: 'u' }).request(input).body).toMatchObject({ query: 'Second', conversation_id: 'dc' });
  });

  it('sends files by address or by the id they were uploaded under', () => {
    const asked = message('user', [
      { type: 'file', id: 'f', mediaType: 'image/png', url: 'https://e.com/a.png' },
      { type: 'file', id: 'g', mediaType: 'application/pdf', base64: 'aGk=', meta: { difyUpload: 'up-1' } },
    ]);
    expect(dify({ user: 'u' }).request(turn([asked])).body).toMatchObject({
      files: [
        { type: 'image', transfer_method: 'remote_url', url: 'https://e.com/a.png' },
        { type: 'document', transfer_method: 'local_file', upload_file_id: 'up-1' },
      ],
    });
    expect(() => dify({ user: 'u' }).request(turn([message('user', [image])]))).toThrow(UsageError);
  });

  it('hands the question to an app that has no other place for it as an input', () => {
    expect(dify({ user: 'u', app: 'workflow', queryInput: 'draft' }).request(once)).toEqual({
      method: 'POST',
      path: '/workflows/run',
      body: { inputs: { draft: 'Hello' }, response_mode: 'streaming', user: 'u' },
    });
    expect(dify({ user: 'u', app: 'completion' }).request(once)).toMatchObject({
      path: '/completion-messages',
      body: { inputs: { query: 'Hello' } },
    });
  });

  it('follows a paused run instead of starting another one', () => {
    const paused = message('assistant', [], { metadata: { difyRun: 'run-1' } });
    expect(dify({ user: 'u' }).request(turn([...once.conversation.messages, paused], 'continue'))).toEqual({
      method: 'GET',
      path: '/workflow/run-1/events',
      query: { user: 'u' },
    });
  });
});

describe('reading an error reply', () => {
  const reply = (status: number, body: unknown) => ({ status, headers: {}, body: JSON.stringify(body) });

  it.each([
    { adapter: namedEvents(), body: { detail: 'busy' }, means: { message: 'busy' } },
    { adapter: genie(), body: { error: 'no agent' }, means: { message: 'no agent' } },
    { adapter: delta(), body: { error: 'no quota', code: 'QUOTA' }, means: { message: 'no quota', code: 'QUOTA' } },
    { adapter: typed(), body: { message: 'no session' }, means: { message: 'no session' } },
    { adapter: agentMemory(), body: { error: 'no agent' }, means: { message: 'no agent' } },
    { adapter: ollama({ model: 'm' }), body: { error: 'model not found' }, means: { message: 'model not found' } },
    {
      adapter: dify({ user: 'u' }),
      body: { status: 400, code: 'app_unavailable', message: 'App unavailable' },
      means: { message: 'App unavailable', code: 'app_unavailable' },
    },
    {
      adapter: gemini(),
      body: [
        {
          error: {
            code: 429,
            message: 'Resource exhausted',
            status: 'RESOURCE_EXHAUSTED',
            details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' }],
          },
        },
      ],
      means: { message: 'Resource exhausted', code: 'RESOURCE_EXHAUSTED', retryAfter: 34.5 },
    },
  ])('$adapter.name finds the words meant for a reader', ({ adapter, body, means }) => {
    expect(adapter.reject?.(reply(503, body))).toMatchObject({ type: 'error', status: 503, ...means });
  });
});

describe('resuming and cancelling', () => {
  const read = (adapter: Adapter, ...events: object[]) => {
    const state = adapter.init();
    for (const event of events) {
      adapter.read(state, { kind: 'message', event: 'message', data: JSON.stringify(event) }, () => {});
    }
    return state;
  };

  it('namedEvents names the turn in its socket message, which has no headers, and reads a record’s own id there', () => {
    const adapter = namedEvents({ socket: true, resumable: true });
    expect(adapter.request(once).body).toMatchObject({ idempotency_key: 't1' });
    const chunks: unknown[] = [];
    const data = '{"type":"token","id":"7","data":{"token":"a"}}';
    adapter.read(adapter.init(), { kind: 'message', event: 'message', data }, (chunk) => chunks.push(chunk));
    expect(chunks).toEqual([{ type: 'text', delta: 'a', cursor: '7' }]);
  });

  it('namedEvents resumes by header only where the server is said to know it', () => {
    expect(namedEvents().resumeHeaders).toEqual([]);
    expect(namedEvents({ resumable: true }).resumeHeaders).toEqual(['last-event-id', 'idempotency-key']);
  });

  it.each([
    [{ resumable: true }, '7', { cursor: '7' }],
    [{ resumable: true }, 7, {}],
    [{ resumable: false }, '7', {}],
  ])('namedEvents, %o, takes the id %o of a socket message for its place', (options, id, place) => {
    const data = JSON.stringify({ type: 'token', id, data: { token: 'a' } });
    const chunks: unknown[] = [];
    const adapter = namedEvents({ socket: true, ...options });
    adapter.read(adapter.init(), { kind: 'message', event: 'message', data }, (chunk) => chunks.push(chunk));
    expect(chunks).toEqual([{ type: 'text', delta: 'a', ...place }]);
  });

  it('dify follows the run it was told of, and has no other way', () => {
    const adapter: Adapter = dify({ user: 'u' });
    expect(
      adapter.resume?.(read(adapter, { event: 'message', task_id: 't', answer: 'a' }), { input: once }),
    ).toBeNull();
    expect(
      adapter.resume?.(read(adapter, { event: 'workflow_started', task_id: 't', workflow_run_id: 'w' }), {
        input: once,
      }),
    ).toEqual({
      method: 'GET',
      path: '/workflow/w/events',
      query: { user: 'u' },
    });
  });

  it('dify follows the run of an answer that an earlier page began', () => {
    const adapter: Adapter = dify({ user: 'u' });
    const begun = message('assistant', [], { metadata: { difyRun: 'w' } });
    expect(adapter.resume?.(adapter.init(), { input: once, message: begun })?.path).toBe('/workflow/w/events');
  });

  it('dify mends what was said while nobody listened with the whole answer at the end', () => {
    const adapter: Adapter = dify({ user: 'u' });
    const seen: unknown[] = [];
    const state = read(
      adapter,
      { event: 'workflow_started', task_id: 't', workflow_run_id: 'w', conversation_id: 'c' },
      { event: 'message', task_id: 't', conversation_id: 'c', answer: 'One ' },
    );
    const late = { event: 'workflow_finished', data: { status: 'succeeded', outputs: { answer: 'One two' } } };
    adapter.read(state, { kind: 'message', event: 'message', data: JSON.stringify(late) }, (chunk) => seen.push(chunk));
    expect(seen).toEqual([{ type: 'text', set: 'One two' }]);
  });

  it('dify puts no id into an address that is more than an id', () => {
    const adapter: Adapter = dify({ user: 'u' });
    const state = read(adapter, { event: 'ping', task_id: '../admin', workflow_run_id: 'a?b=c' });
    const point = { input: once };
    expect([adapter.resume?.(state, point), adapter.cancel?.(state, point)]).toEqual([null, null]);
  });

  it('dify stops the task of the app that runs it', () => {
    const started = { event: 'ping', task_id: 't' };
    const cancel = (adapter: Adapter, ...events: object[]) =>
      adapter.cancel?.(read(adapter, ...events), { input: once });
    expect(cancel(dify({ user: 'u' }))).toBeNull();
    expect(cancel(dify({ user: 'u' }), started)).toEqual({
      method: 'POST',
      path: '/chat-messages/t/stop',
      body: { user: 'u' },
    });
    expect(cancel(dify({ user: 'u', app: 'workflow' }), started)?.path).toBe('/workflows/tasks/t/stop');
  });
});
