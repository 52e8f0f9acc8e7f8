import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { agUi } from '../../src/protocol/ag-ui.ts';
import { said, toolTurn, turn } from '../support/conversations.ts';
import { drive, driveBytes, sse, textOf, toolsOf, unknownKinds } from '../support/drive-adapter.ts';
import { eachRecording, jsonLines } from '../support/recordings.ts';
import { framesOf, utf8 } from '../support/split.ts';

const adapter = agUi();
const run = (...values: readonly unknown[]) => drive(adapter, framesOf('sse', [utf8(sse(...values))]));
const content = (delta: string, messageId = 'm1') => ({ type: 'TEXT_MESSAGE_CONTENT', messageId, delta });
const finished = (more: object = {}) => ({ type: 'RUN_FINISHED', threadId: 't', runId: 'r', ...more });
const call = (id: string, args = '{}') => [
  { type: 'TOOL_CALL_START', toolCallId: id, toolCallName: 'f' },
  { type: 'TOOL_CALL_ARGS', toolCallId: id, delta: args },
  { type: 'TOOL_CALL_END', toolCallId: id },
];

/** What the pieces of text add up to, read without the adapter. */
function piecesOf(values: readonly Record<string, unknown>[]): string {
  return values.map(({ type, delta }) => (String(type).startsWith('TEXT_MESSAGE_C') ? String(delta) : '')).join('');
}

const tools: Readonly<Record<string, unknown[]>> = {
  'ag-ui/agno-openai-multi_tool.jsonl': [
    ['get_current_time', {}, 'complete', '2026-02-06 11:47:20'],
    ['calculator', { expression: '10 + 20' }, 'complete', '10 + 20 = 30'],
  ],
  'ag-ui/crewai-simple.jsonl': [],
  'ag-ui/google-adk-tool_time.jsonl': [],
  'ag-ui/langgraph-openai-tool_time.jsonl': [],
  'ag-ui/llamaindex-openai-tool_time.jsonl': [['get_current_time', {}, 'complete', '2026-02-06 11:47:21']],
  'ag-ui/pydantic-anthropic-tool_calc.jsonl': [['calculator', { expression: '42 * 17' }, 'complete', '42 * 17 = 714']],
  'ag-ui/vercel-openai-hitl_approval.jsonl': [],
};

describe('agUi', () => {
  describe('recorded streams', () => {
    eachRecording(Object.keys(tools), (name, text) => {
      it(`reads ${name}`, () => {
        // The recorder's own fields are not the server's.
        const values = jsonLines(text).map((value) =>
          Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('_'))),
        );
        const { message, chunks, faults } = driveBytes(adapter, 'sse', sse(...values));
        expect([faults, unknownKinds(chunks)]).toEqual([[], []]);
        expect(message).toMatchObject({ status: 'complete', finishReason: 'stop' });
        expect(textOf(message)).toBe(piecesOf(values));
        expect(message.parts.filter((part) => part.type === 'text' && part.text !== '')).toHaveLength(
          piecesOf(values) === '' ? 0 : 1,
        );
        expect(toolsOf(message)).toEqual(tools[name]);
        expect(message.usage).toBeUndefined();
      });
    });

    eachRecording(['ag-ui/dart-sse-streams.txt'], (name, text) => {
      const sections = text.split(/^## .*$/m).slice(1);
      const [simple, withTool, heartbeats, multiLine, withIds, malformed, spaced, unicode] = sections as [
        string,
        ...string[],
      ];
      const drives = (section: string | undefined) => driveBytes(adapter, 'sse', `${section ?? ''}\n\n`);

      it(`reads the streams of ${name}`, () => {
        expect(textOf(drives(simple).message)).toBe('Hello, how can I help you today?');
        expect(toolsOf(drives(withTool).message)).toEqual([['search', { query: 'AG-UI' }, 'called']]);
        expect(drives(heartbeats).chunks.filter(({ type }) => type === 'heartbeat')).toHaveLength(3);
        expect(drives(multiLine).message.parts).toMatchObject([{ name: 'state', data: { count: 42, name: 'test' } }]);
        expect(textOf(drives(withIds).message)).toBe('Message with ID');
        expect(drives(spaced).message.status).toBe('complete');
        expect(textOf(drives(unicode).message)).toBe('Hello 你好 🌟 €Special: "quotes", \\backslash\\, \ttab');
      });

      it(`reports what is malformed in ${name}, and nothing else`, () => {
        const { faults, chunks, ending } = drives(malformed);
        expect(faults.map(({ code }) => code)).toEqual(['invalid-chunk', 'invalid-chunk']);
        // The sample names it so, to have a type that no version of the format knows.
        expect(unknownKinds(chunks)).toEqual(['UNKNOWN_EVENT_TYPE']);
        expect(ending).toBe('cut');
      });
    });

    const lists = ['ag-ui/forward-compatibility.json', 'ag-ui/tool-call-events.json'];
    eachRecording(lists, (name, text) => {
      it(`reads ${name}, whatever fields it does not know`, () => {
        const { faults, chunks } = run(...(JSON.parse(text) as unknown[]));
        expect([faults, unknownKinds(chunks)]).toEqual([[], []]);
      });
    });

    eachRecording(['ag-ui/forward-compatibility.json'], (name, text) => {
      it(`finds text, state and activity in ${name}`, () => {
        const { message } = run(...(JSON.parse(text) as unknown[]));
        expect(textOf(message)).toBe('hello');
        expect(message.parts.filter((part) => part.type === 'data')).toMatchObject([
          { name: 'state', data: { key: 'value', x: 1 } },
          { name: 'test', data: { a: 1 } },
          { name: 'PLAN', data: { tasks: [] } },
        ]);
      });
    });
  });

  describe('the end', () => {
    it('is `RUN_FINISHED` or `RUN_ERROR`, and a cut without either', () => {
      expect(run(content('a'), finished()).message).toMatchObject({ status: 'complete', finishReason: 'stop' });
      expect(run(content('a'))).toMatchObject({ ending: 'cut' });
      const failed = run(content('a'), { type: 'RUN_ERROR', message: 'no', code: 'X' }).message;
      expect(failed).toMatchObject({ status: 'failed', error: { message: 'no', remoteCode: 'X' } });
    });

    it('waits for the calls that nobody answered', () => {
      const { message } = run(
        ...call('a'),
        ...call('b'),
        { type: 'TOOL_CALL_RESULT', toolCallId: 'a', content: 'x' },
        finished(),
      );
      expect(message.parts).toMatchObject([
        { callId: 'a', by: 'server', status: 'complete' },
        { callId: 'b', by: 'client', status: 'called' },
      ]);
      expect(message.finishReason).toBe('tool-calls');
    });

    it('pauses where the run stopped to ask, and sends the answer with the next one', () => {
      const interrupts = [
        { id: 'i1', reason: 'confirm', message: 'Pay?', toolCallId: 'a' },
        { id: 'i2', reason: 'input' },
      ];
      const { message } = run(...call('a'), finished({ outcome: { type: 'interrupt', interrupts } }));
      expect(message.finishReason).toBe('paused');
      expect(message.parts).toMatchObject([
        { type: 'tool', by: 'server', status: 'awaiting', approval: { id: 'i1', message: 'Pay?' } },
        { type: 'approval', approvalId: 'i2', message: 'input' },
      ]);
      const answered = message.parts.map((part) => {
        if (part.type === 'approval') return { ...part, approved: false, reason: 'no' };
        return part.type === 'tool' ? { ...part, approval: { id: 'i1', approved: true } } : part;
      });
      expect(adapter.request(turn(said('user', 'q'), { ...message, parts: answered })).body).toMatchObject({
        resume: [
          { interruptId: 'i1', status: 'resolved', payload: { approved: true } },
          { interruptId: 'i2', status: 'cancelled', payload: { approved: false, reason: 'no' } },
        ],
      });
    });

    it('names cancelled runs and the tokens of each model', () => {
      const usage = [
        { model: 'a', inputTokens: 3, outputTokens: 1, cachedInputTokens: 2 },
        { model: 'b', inputTokens: 4, outputTokens: 2, reasoningTokens: 1 },
      ];
      const { message } = run(finished({ outcome: { type: 'cancelled' }, usage, result: { ok: true } }));
      expect(message).toMatchObject({ finishReason: 'aborted', metadata: { result: { ok: true } } });
      expect(message.usage).toEqual({ input: 7, output: 3, reasoning: 1, cached: 2 });
    });
  });

  it('continues with pieces that name nothing what is open', () => {
    const { message } = run(
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'm1', role: 'assistant', delta: 'a' },
      { type: 'TEXT_MESSAGE_CHUNK', delta: 'b' },
      { type: 'TOOL_CALL_CHUNK', toolCallId: 't', toolCallName: 'f', delta: '{"x":' },
      { type: 'TOOL_CALL_CHUNK', delta: '1}' },
      finished(),
    );
    expect(textOf(message)).toBe('ab');
    expect(toolsOf(message)).toEqual([['f', { x: 1 }, 'called']]);
  });

  it('leaves out messages that are not the agent’s', () => {
    expect(
      textOf(
        run({ type: 'TEXT_MESSAGE_START', messageId: 'u', role: 'user' }, content('q', 'u'), content('a')).message,
      ),
    ).toBe('a');
  });

  it('takes a snapshot for a copy, and for the answer where nothing was streamed', () => {
    const history = [
      { id: '0', role: 'assistant', content: 'before' },
      { id: '1', role: 'user', content: 'q' },
    ];
    const snapshot = {
      type: 'MESSAGES_SNAPSHOT',
      messages: [
        ...history,
        {
          id: 'x',
          role: 'assistant',
          content: 'ab',
          toolCalls: [{ id: 't', function: { name: 'f', arguments: '{"x":1}' } }],
        },
        { id: 'y', role: 'tool', toolCallId: 't', content: 'r' },
      ],
    };
    const streamed = run(content('a'), content('b'), ...call('t', '{"x":1}'), snapshot, finished()).message;
    const copied = run(snapshot, finished()).message;
    for (const message of [streamed, copied] as Message[]) {
      expect(textOf(message)).toBe('ab');
      expect(toolsOf(message)).toEqual([['f', { x: 1 }, 'complete', 'r']]);
    }
  });

  it('reads thinking, by its new names and its old ones, and what is encrypted of it', () => {
    const { message } = run(
      { type: 'REASONING_START', messageId: 'r' },
      { type: 'REASONING_MESSAGE_CONTENT', messageId: 'r', delta: 'hm' },
      { type: 'REASONING_ENCRYPTED_VALUE', subtype: 'message', entityId: 'r', encryptedValue: 'e' },
      ...call('t'),
      { type: 'REASONING_ENCRYPTED_VALUE', subtype: 'tool-call', entityId: 't', encryptedValue: 'f' },
    );
    expect(message.parts).toMatchObject([
      { text: 'hm', signature: 'e' },
      { type: 'tool', meta: { encryptedValue: 'f' } },
    ]);
    const old = run({ type: 'THINKING_START' }, { type: 'THINKING_TEXT_MESSAGE_CONTENT', delta: 'hm' });
    expect(textOf(old.message, 'reasoning')).toBe('hm');
    expect(unknownKinds(old.chunks)).toEqual([]);
  });

  it('shows steps and subagents as phases, and who speaks', () => {
    const { message } = run(
      { type: 'STEP_STARTED', stepName: 'plan' },
      { type: 'SUBAGENT_STARTED', subagentRunId: 's', name: 'searcher', description: 'Searches' },
      { ...content('a'), subagentRunId: 's' },
      { type: 'SUBAGENT_ERROR', subagentRunId: 's', message: 'lost' },
      { type: 'STEP_FINISHED', stepName: 'plan' },
    );
    expect(message.parts).toMatchObject([
      { type: 'status', state: 'plan', status: 'done' },
      { type: 'status', label: 'lost', status: 'failed' },
      { type: 'text', run: 's' },
    ]);
  });

  it('keeps shared state up to date, and sends it back', () => {
    const { message } = run(
      { type: 'STATE_SNAPSHOT', snapshot: { list: [1] } },
      { type: 'STATE_DELTA', delta: [{ op: 'add', path: '/list/-', value: 2 }] },
      { type: 'ACTIVITY_SNAPSHOT', messageId: 'a', activityType: 'PLAN', content: { done: 0 } },
      {
        type: 'ACTIVITY_DELTA',
        messageId: 'a',
        activityType: 'PLAN',
        patch: [{ op: 'replace', path: '/done', value: 1 }],
      },
      finished(),
    );
    expect(message.parts).toMatchObject([{ data: { list: [1, 2] } }, { name: 'PLAN', data: { done: 1 } }]);
    expect(adapter.request(turn(said('user', 'q'), message)).body).toMatchObject({ state: { list: [1, 2] } });
  });

  describe('request', () => {
    it('is a run of the conversation’s thread, with messages as the format has them', () => {
      const { body } = agUi({ tools: [{ name: 'f' }], forwardedProps: { x: 1 } }).request(toolTurn);
      expect(body).toEqual({
        threadId: 'c1',
        runId: 'turn-1',
        state: {},
        tools: [{ name: 'f' }],
        context: [],
        forwardedProps: { x: 1 },
        messages: [
          { id: 'system-1', role: 'system', content: 'Be brief.' },
          {
            id: 'user-2',
            role: 'user',
            content: [
              { type: 'text', text: 'Weather?' },
              {
                type: 'image',
                source: { type: 'data', value: 'aGk=', mimeType: 'image/png' },
                metadata: { filename: 'sky.png' },
              },
            ],
          },
          { id: 'p0', role: 'reasoning', content: 'Look it up.', encryptedValue: 'sig' },
          {
            id: 'assistant-4-0',
            role: 'assistant',
            content: 'One moment.',
            toolCalls: [{ id: 'c-1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
          },
          { id: 'c-1-result', role: 'tool', toolCallId: 'c-1', content: '{"temp":18}' },
          { id: 'assistant-4-1', role: 'assistant', content: 'It is 18 degrees.' },
          { id: 'user-1', role: 'user', content: 'Thanks' },
        ],
      });
    });

    it('gives messages back under the ids that the server gave them', () => {
      const { message } = run(content('a', 'theirs'), finished());
      expect(adapter.request(turn(said('user', 'q'), message)).body).toMatchObject({
        messages: [{ role: 'user' }, { id: 'theirs', role: 'assistant' }],
      });
    });
  });
});
