import { describe, expect, it } from 'vitest';
import { langgraph } from '../../src/protocol/langgraph.ts';
import { said, toolTurn, turn } from '../support/conversations.ts';
import { drive, driveBytes, emptyAnswer, textOf, toolsOf, unknownKinds } from '../support/drive-adapter.ts';
import { eachRecording } from '../support/recordings.ts';
import { framesOf, utf8 } from '../support/split.ts';

const adapter = langgraph();

/** Records as the server sends them: an event's name and its data. */
function named(...records: readonly (readonly [event: string, data: unknown])[]): string {
  return records.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join('');
}

const run = (...records: readonly (readonly [string, unknown])[]) =>
  drive(adapter, framesOf('sse', [utf8(named(...records))]));
const metadata = ['metadata', { run_id: 'run-1', attempt: 1 }] as const;
const piece = (content: unknown, more: object = {}) =>
  ['messages', [{ type: 'AIMessageChunk', id: 'm1', content, tool_call_chunks: [], ...more }, {}]] as const;
const whole = (content: unknown, more: object = {}) => ({ type: 'ai', id: 'm1', content, tool_calls: [], ...more });
const human = { type: 'human', id: 'h', content: 'hi' };
const values = (...messages: readonly object[]) => ['values', { messages }] as const;

describe('langgraph', () => {
  describe('recorded streams', () => {
    const texts = ['langgraph/embed-messages-tuple-updates-custom.sse', 'langgraph/embed-values-messages-partial.sse'];
    eachRecording(texts, (name, text) => {
      it(`reads ${name}`, () => {
        const { message, chunks, faults, ending } = driveBytes(adapter, 'sse', text);
        expect([faults, unknownKinds(chunks), ending]).toEqual([[], [], 'unconfirmed']);
        expect(message.status).toBe('unconfirmed');
        expect(textOf(message)).toBe('Hello 你好!');
        expect(message.parts.filter((part) => part.type === 'text')).toHaveLength(1);
        expect(message.usage).toBeUndefined();
        expect(message.serverId).toBe(/"run_id": "([^"]+)"/.exec(text)?.[1]);
        const custom = message.parts.filter((part) => part.type === 'data').map(({ data }) => data);
        expect(custom).toEqual(text.includes('event: custom') ? [{ progress: 'thinking' }] : []);
      });
    });

    eachRecording(['langgraph/embed-error.sse'], (name, text) => {
      it(`reads ${name}`, () => {
        const { message, chunks } = driveBytes(adapter, 'sse', text);
        expect(unknownKinds(chunks)).toEqual([]);
        expect(message).toMatchObject({ status: 'failed', error: { remoteCode: 'Error', message: 'tool exploded' } });
        expect(textOf(message)).toBe('');
      });
    });

    eachRecording(['langgraph/ai-langchain-hitl.tuples.jsonl'], (name, text) => {
      it(`reads ${name}, whose messages are in LangChain’s own form`, () => {
        const records = text
          .split('\n')
          .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as [string, unknown]]));
        const { message, chunks, faults } = driveBytes(adapter, 'sse', named(...records));
        expect([faults, unknownKinds(chunks)]).toEqual([[], []]);
        expect(textOf(message)).toBe(
          'The file "report.pdf" has been queued for deletion. You’ll receive a confirmation once the action is approved and completed.',
        );
        expect(toolsOf(message)).toEqual([
          ['delete_file', { filename: 'report.pdf' }, 'complete', 'File "report.pdf" has been deleted successfully'],
        ]);
        expect(message.usage).toEqual({ input: 398, output: 29, total: 427, reasoning: 0, cached: 0 });
      });
    });
  });

  describe('the end', () => {
    it('is unconfirmed at the end of file, a cut where no answer came, and certain after `end`', () => {
      expect(run(metadata, piece('a')).ending).toBe('unconfirmed');
      expect(run(metadata).ending).toBe('cut');
      expect(run(metadata, piece('a'), ['end', null]).message).toMatchObject({
        status: 'complete',
        finishReason: 'stop',
      });
    });

    it('waits for a call that the graph left to the client', () => {
      const call = { id: 't', name: 'f', args: { a: 1 } };
      const { message } = run(values(human, whole('', { tool_calls: [call] })), ['end', null]);
      expect(message.parts).toMatchObject([{ type: 'tool', by: 'client', status: 'called', args: { a: 1 } }]);
      expect(message.finishReason).toBe('tool-calls');
    });

    it('pauses where the graph stopped to ask', () => {
      const asked = { value: { question: 'Delete?' }, id: 'i1' };
      const { message } = run(
        ['updates', { __interrupt__: [asked] }],
        ['values', { messages: [], __interrupt__: [asked] }],
        ['end', null],
      );
      expect(message.parts).toMatchObject([
        { type: 'approval', approvalId: 'i1', message: 'Delete?', data: { question: 'Delete?' } },
      ]);
      expect(message.finishReason).toBe('paused');
    });
  });

  describe('text', () => {
    it('grows by pieces, and its copies change nothing, under whatever id', () => {
      const { message, chunks } = run(
        piece('Hel'),
        piece('lo'),
        ['updates', { agent: { messages: [whole('Hello')] } }],
        values(human, whole('Hello', { id: 'other' })),
      );
      expect(message.parts).toMatchObject([{ text: 'Hello' }]);
      expect(chunks.filter(({ type }) => type === 'text')).toHaveLength(2);
    });

    it('is what partial messages repeat, or what a state holds after the last question', () => {
      expect(textOf(run(['messages/partial', [whole('H')]], ['messages/partial', [whole('Hi')]]).message)).toBe('Hi');
      const before = whole('Before', { id: 'm0' });
      expect(textOf(run(values(human, before, human), values(human, before, human, whole('Now'))).message)).toBe('Now');
    });

    it('keeps messages of several nodes apart, and what subgraphs say under their name', () => {
      const { message } = run(piece('a'), ['messages|sub:1', [{ type: 'AIMessageChunk', id: 'm2', content: 'b' }, {}]]);
      expect(message.parts).toMatchObject([{ text: 'a' }, { text: 'b', run: 'sub:1' }]);
    });

    it('reads blocks of text and thinking', () => {
      const { message } = run(
        piece([{ type: 'thinking', thinking: 'hm' }]),
        piece([{ type: 'thinking', signature: 's' }]),
        piece([{ type: 'text', text: 'a' }, 'b']),
        piece('', { additional_kwargs: { reasoning_content: '!' } }),
      );
      expect(message.parts).toMatchObject([
        { type: 'reasoning', text: 'hm!', signature: 's' },
        { type: 'text', text: 'ab' },
      ]);
    });
  });

  it('reads tool calls in pieces and their results', () => {
    const chunk = (facts: object) => piece('', { tool_call_chunks: [{ index: 0, ...facts }] });
    const { message } = run(
      chunk({ id: 't', name: 'f', args: '' }),
      chunk({ args: '{"a":' }),
      chunk({ args: '1}' }),
      ['updates', { agent: { messages: [whole('', { tool_calls: [{ id: 't', name: 'f', args: { a: 1 } }] })] } }],
      ['messages', [{ type: 'tool', tool_call_id: 't', content: 'done', status: 'error' }, {}]],
    );
    expect(toolsOf(message)).toEqual([['f', { a: 1 }, 'failed', 'done']]);
  });

  it('adds up the counts of pieces, takes those of copies, and sums over model calls', () => {
    const usage = (input_tokens: number, output_tokens: number) => ({
      usage_metadata: { input_tokens, output_tokens },
    });
    const { message } = run(
      piece('a', usage(10, 0)),
      piece('b', usage(0, 5)),
      values(human, whole('ab', usage(10, 5)), whole('c', { id: 'm2', ...usage(20, 1) })),
    );
    expect(message.usage).toEqual({ input: 30, output: 6 });
  });

  it('hands on state, updates and debugging to those who listen, and says what it does not know', () => {
    const { chunks, message } = run(values(human), ['updates', { n: null }], ['debug', { x: 1 }], ['hologram', 1]);
    expect(chunks.flatMap((chunk) => (chunk.type === 'data' ? [[chunk.name, chunk.transient]] : []))).toEqual([
      ['values', true],
      ['updates', true],
      ['debug', true],
    ]);
    expect(message.parts).toEqual([]);
    expect(unknownKinds(chunks)).toEqual(['hologram']);
  });

  describe('tool calls', () => {
    it('may come whole in one piece, from a model that does not stream them', () => {
      const call = { id: 'c1', name: 'weather', args: { city: 'Oslo' }, type: 'tool_call' };
      const answer = { type: 'tool', tool_call_id: 'c1', name: 'weather', content: 'clear' };
      const { message } = run(metadata, piece('', { tool_calls: [call] }), ['messages', [answer, {}]]);
      expect(toolsOf(message)).toEqual([['weather', { city: 'Oslo' }, 'complete', 'clear']]);
    });
  });

  describe('request', () => {
    it('tells a thread what is new, by the id of the conversation', () => {
      expect(adapter.request(toolTurn)).toEqual({
        method: 'POST',
        path: '/threads/c1/runs/stream',
        body: {
          assistant_id: 'agent',
          input: { messages: [{ type: 'human', id: 'user-1', content: 'Thanks' }] },
          stream_mode: ['messages-tuple', 'values', 'custom'],
          stream_resumable: true,
          on_disconnect: 'continue',
          if_not_exists: 'create',
        },
      });
    });

    it('tells everything where there is no thread', () => {
      const { path, body } = langgraph({ thread: null, assistant: 'a', body: { config: {} } }).request(toolTurn);
      expect(path).toBe('/runs/stream');
      expect(body).toEqual({
        assistant_id: 'a',
        config: {},
        stream_mode: ['messages-tuple', 'values', 'custom'],
        on_disconnect: 'cancel',
        input: {
          messages: [
            { type: 'system', id: 'system-1', content: 'Be brief.' },
            {
              type: 'human',
              id: 'user-2',
              content: [
                { type: 'text', text: 'Weather?' },
                { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
              ],
            },
            {
              type: 'ai',
              content: 'One moment.',
              tool_calls: [{ type: 'tool_call', id: 'c-1', name: 'weather', args: { city: 'Paris' } }],
            },
            { type: 'tool', tool_call_id: 'c-1', name: 'weather', content: '{"temp":18}', status: 'success' },
            { type: 'ai', content: 'It is 18 degrees.', tool_calls: [] },
            { type: 'human', id: 'user-1', content: 'Thanks' },
          ],
        },
      });
    });

    it('goes on with the answer to what the graph asked', () => {
      const asked = (data: unknown, approved: boolean) =>
        said('assistant', { type: 'approval', approvalId: 'i', data, approved, reason: 'why' });
      const resumed = (data: unknown, approved: boolean) =>
        adapter.request({ ...turn(said('user', 'q'), asked(data, approved)), trigger: 'continue' }).body;
      expect(resumed({ question: 'Go?' }, true)).toMatchObject({ command: { resume: true } });
      expect(resumed({ action_requests: [{ name: 'rm' }] }, false)).toMatchObject({
        command: { resume: { decisions: [{ type: 'reject', message: 'why' }] } },
      });
    });

    it('goes on with the results of the client’s tools', () => {
      const call = {
        type: 'tool',
        callId: 't',
        name: 'f',
        by: 'client',
        status: 'complete',
        argsText: '{}',
        result: 1,
      } as const;
      const going = turn(said('user', 'q'), said('assistant', call));
      expect(adapter.request({ ...going, trigger: 'continue' }).body).toMatchObject({
        input: { messages: [{ type: 'tool', tool_call_id: 't', content: '1' }] },
      });
    });
  });

  describe('resume and cancel', () => {
    const input = turn(said('user', 'q'));
    const lost = adapter.init();
    for (const frame of framesOf('sse', [utf8(`id: 5-0\n${named(metadata)}`)]))
      adapter.read(lost, frame, () => undefined);

    it('join the run after the last event, whose id every chunk carries as its cursor', () => {
      expect(adapter.resume?.(lost, { input })).toEqual({
        method: 'GET',
        path: '/threads/c1/runs/run-1/stream',
        headers: { 'last-event-id': '5-0' },
      });
      const frames = framesOf('sse', [utf8(`id: 5-0\n${named(piece('a'))}`)]);
      expect(drive(adapter, frames).chunks).toContainEqual({ type: 'text', part: 'm1', delta: 'a', cursor: '5-0' });
      expect(adapter.cancel?.(lost, { input })).toEqual({
        method: 'POST',
        path: '/threads/c1/runs/run-1/cancel',
        query: { action: 'interrupt' },
      });
    });

    it('keep an id that a server sends inside its place in the path', () => {
      const point = { input, message: { ...emptyAnswer, serverId: '../../admin?x' } };
      expect(adapter.cancel?.(adapter.init(), point)?.path).toBe('/threads/c1/runs/..%2F..%2Fadmin%3Fx/cancel');
    });

    it('know the run from the message after a reload', () => {
      const point = { input, message: { ...emptyAnswer, serverId: 'run-9' }, cursor: '7-0' };
      expect(adapter.resume?.(adapter.init(), point)).toMatchObject({
        path: '/threads/c1/runs/run-9/stream',
        headers: { 'last-event-id': '7-0' },
      });
    });

    it('are impossible where the server sends no ids, keeps no events or has no thread', () => {
      const { last: _, ...rest } = lost;
      expect(adapter.resume?.({ ...rest, last: undefined }, { input })).toBeNull();
      expect(langgraph({ resumable: false }).resume?.(lost, { input })).toBeNull();
      expect(langgraph({ thread: null }).cancel?.(lost, { input })).toBeNull();
    });
  });
});
