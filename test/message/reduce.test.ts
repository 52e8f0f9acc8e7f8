import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { endMessage, reduceMessage, reopenMessage } from '../../src/message/reduce.ts';
import { continueMessage } from '../../src/message/round.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';

const pending: Message = {
  id: 'm',
  role: 'assistant',
  parts: [],
  status: 'pending',
  createdAt: 0,
  metadata: {},
  version: 0,
};

const fold = (...chunks: readonly Chunk[]) => reduceMessage(pending, chunks, 100);
const text = (delta: string, part?: string): Chunk => ({ type: 'text', delta, ...(part ? { part } : undefined) });

describe('reduceMessage', () => {
  it('starts to stream with the first thing that arrives', () => {
    expect(fold({ type: 'heartbeat' }).status).toBe('pending');
    expect(fold(text('a')).status).toBe('streaming');
  });

  it('returns the same message when nothing changes', () => {
    const message = fold(text('a'));
    expect(reduceMessage(message, [{ type: 'heartbeat' }, text('')], 200)).toBe(message);
  });

  it('folds one chunk at a time to the same message as all at once', () => {
    const chunks: Chunk[] = [
      { type: 'status', state: 'searching' },
      text('a'),
      { type: 'source', kind: 'url', url: 'https://a.example/' },
      text('b'),
      { type: 'tool-start', id: 't', name: 'find' },
      { type: 'tool-args', id: 't', delta: '{}' },
      { type: 'finish', reason: 'stop' },
    ];
    const one = chunks.reduce((message, chunk) => reduceMessage(message, [chunk], 100), pending);
    expect(one).toEqual(fold(...chunks));
  });

  describe('prose', () => {
    it('continues the newest part of its type, with sources and phases beside it', () => {
      const message = fold(
        text('He'),
        { type: 'source', kind: 'url', url: 'https://a.example/' },
        { type: 'status', state: 'x' },
        text('llo'),
      );
      expect(message.parts.filter(({ type }) => type === 'text')).toEqual([
        { type: 'text', id: 'm/0', text: 'Hello', status: 'streaming', startedAt: 100 },
      ]);
    });

    it('begins a new part after another type of prose or a tool', () => {
      const message = fold(
        { type: 'reasoning', delta: 'hm' },
        text('a'),
        { type: 'tool-start', id: 't', name: 'x' },
        text('b'),
      );
      expect(message.parts.map(({ type }) => type)).toEqual(['reasoning', 'text', 'tool', 'text']);
      expect(message.parts[0]).toMatchObject({ status: 'complete', endedAt: 100 });
    });

    it('keeps named parts apart, however they interleave', () => {
      const message = fold(text('a', '1'), text('x', '2'), text('b', '1'), { type: 'part-end', part: '1' });
      expect(message.parts).toMatchObject([
        { text: 'ab', status: 'complete' },
        { text: 'x', status: 'streaming' },
      ]);
    });

    it('replaces with `set`, and changes nothing when a snapshot repeats what was streamed', () => {
      expect(fold(text('Hel'), { type: 'text', set: 'Hello' }).parts).toMatchObject([{ text: 'Hello' }]);
      const streamed = fold(text('Hello', '1'));
      expect(reduceMessage(streamed, [{ type: 'text', part: 'other', set: 'Hello' }], 200)).toBe(streamed);
    });

    it('takes a snapshot of what was not streamed as the text', () => {
      expect(fold({ type: 'text', part: 'x', set: 'Hello' }).parts).toMatchObject([{ text: 'Hello' }]);
    });
  });

  it('keeps thoughts apart that have no text to show', () => {
    const thought = (part: string): Chunk[] => [
      { type: 'reasoning', part, set: '' },
      { type: 'part-end', part, signature: part },
    ];
    expect(fold(...thought('1'), ...thought('2')).parts).toMatchObject([{ signature: '1' }, { signature: '2' }]);
  });

  describe('identity', () => {
    it('keeps the parts that a chunk does not touch', () => {
      const before = fold(text('a', '1'), text('b', '2'));
      const after = reduceMessage(before, [text('c', '2')], 200);
      expect(after.parts[0]).toBe(before.parts[0]);
      expect(after.parts[1]).not.toBe(before.parts[1]);
      expect(before.parts[1]).toMatchObject({ text: 'b' });
    });
  });

  describe('tools', () => {
    it('goes from arguments to a call to a result', () => {
      const called = fold(
        { type: 'tool-start', id: 't', name: 'find', by: 'client' },
        { type: 'tool-args', id: 't', delta: '{"q":' },
        { type: 'tool-args', id: 't', delta: '1}' },
        { type: 'tool-call', id: 't', name: 'find', args: { q: 1 } },
      );
      expect(called.parts).toMatchObject([{ type: 'tool', status: 'called', argsText: '{"q":1}', args: { q: 1 } }]);
      const result: Chunk = { type: 'tool-result', id: 't', result: 'r' };
      const early = reduceMessage(called, [{ ...result, preliminary: true }], 200);
      expect(early.parts).toMatchObject([{ status: 'called', preliminary: true, result: 'r' }]);
      expect(reduceMessage(early, [result], 200).parts).toMatchObject([{ status: 'complete', preliminary: false }]);
    });

    it('shows what can be read of arguments while they arrive', () => {
      const start: Chunk = { type: 'tool-start', id: 't', name: 'find' };
      const early = fold(start, { type: 'tool-args', id: 't', delta: '{"query":"rain' });
      expect(early.parts).toMatchObject([{ status: 'streaming', args: { query: 'rain' } }]);
      const later = reduceMessage(early, [{ type: 'tool-args', id: 't', delta: 'bow","n":[1' }], 200);
      expect(later.parts).toMatchObject([{ args: { query: 'rainbow', n: [1] } }]);
      expect(early.parts).toMatchObject([{ args: { query: 'rain' } }]);
    });

    it('reads arguments on after the message was stored and loaded, and again from an earlier one', () => {
      const early = fold({ type: 'tool-args', id: 't', delta: '{"a":1,' });
      const stored = JSON.parse(JSON.stringify(early)) as Message;
      const more: Chunk = { type: 'tool-args', id: 't', delta: '"b":2}' };
      for (const message of [early, stored, early]) {
        expect(reduceMessage(message, [more], 200).parts).toMatchObject([{ args: { a: 1, b: 2 } }]);
      }
    });

    it('keeps what could be read of arguments that do not parse', () => {
      const message = fold(
        { type: 'tool-args', id: 't', delta: '{"a":1,"b' },
        { type: 'tool-call', id: 't', name: 'find', args: undefined, error: 'cut' },
      );
      expect(message.parts).toMatchObject([{ status: 'failed', error: 'cut', args: { a: 1 } }]);
    });

    it('fails a call whose arguments were still arriving when the message ended', () => {
      const message = endMessage(fold({ type: 'tool-args', id: 't', delta: '{' }), 'interrupted', 300);
      expect(message.parts).toMatchObject([{ status: 'failed' }]);
    });

    it('asks for approval on the tool it is about', () => {
      const message = fold(
        { type: 'tool-call', id: 't', name: 'pay', args: {} },
        { type: 'approval', id: 'a', tool: 't' },
      );
      expect(message.parts).toMatchObject([{ status: 'awaiting', approval: { id: 'a' } }]);
    });
  });

  describe('approvals', () => {
    const asked: Chunk[] = [
      { type: 'tool-call', id: 't', name: 'pay', args: {} },
      { type: 'approval', id: 'a', tool: 't', message: 'Pay?' },
    ];

    it('go on or are denied as the server tells, with the question kept', () => {
      const yes = fold(...asked, { type: 'approval', id: 'a', tool: 't', approved: true });
      expect(yes.parts).toMatchObject([{ status: 'called', approval: { message: 'Pay?', approved: true } }]);
      const no = fold(...asked, { type: 'approval', id: 'a', tool: 't', approved: false, reason: 'Too much' });
      expect(no.parts).toMatchObject([{ status: 'denied', approval: { approved: false, reason: 'Too much' } }]);
    });

    it('stand alone where they are not about a tool', () => {
      const question: Chunk = { type: 'approval', id: 'a', message: 'Go on?' };
      const message = fold(question, question, { type: 'approval', id: 'a', approved: true });
      expect(message.parts).toMatchObject([{ type: 'approval', approvalId: 'a', message: 'Go on?', approved: true }]);
    });
  });

  describe('phases', () => {
    it('ends a phase without an id when something else happens, and one with an id when the server says so', () => {
      const message = fold(
        { type: 'status', state: 'search' },
        { type: 'status', id: 'p', state: 'plan', phase: 'start' },
        text('a'),
      );
      expect(message.parts).toMatchObject([{ status: 'done' }, { status: 'active' }, { type: 'text' }]);
      const ended = reduceMessage(message, [{ type: 'status', id: 'p', state: 'plan', phase: 'end', ok: false }], 200);
      expect(ended.parts[1]).toMatchObject({ status: 'failed', endedAt: 200 });
    });
  });

  describe('sources', () => {
    it('shows the same url once and gathers the spans it supports', () => {
      const url = 'https://a.example/';
      const message = fold(
        { type: 'source', kind: 'url', url, at: { start: 0, end: 1 } },
        { type: 'source', kind: 'url', url, title: 'A', at: { start: 2, end: 3 } },
      );
      expect(message.parts).toMatchObject([{ title: 'A', at: [{ start: 0 }, { start: 2 }] }]);
    });
  });

  describe('usage', () => {
    it('takes the last figure within a step and adds up over steps', () => {
      const message = fold(
        { type: 'usage', step: '1', input: 10, output: 1 },
        { type: 'usage', step: '1', output: 5 },
        { type: 'usage', step: '2', input: 20, output: 7 },
      );
      expect(message.usage).toEqual({ input: 30, output: 12 });
    });
  });

  describe('data', () => {
    it('replaces, patches and appends by name and id, and does not keep what is transient', () => {
      const message = fold(
        { type: 'data', name: 'chart', id: '1', data: { a: 1 } },
        { type: 'data', name: 'chart', id: '1', data: { b: 2 }, op: 'patch' },
        { type: 'data', name: 'log', id: '2', data: ['x'] },
        { type: 'data', name: 'log', id: '2', data: ['y'], op: 'append' },
        { type: 'data', name: 'toast', data: 'hi', transient: true },
      );
      expect(message.parts).toMatchObject([{ data: { a: 1, b: 2 } }, { data: ['x', 'y'] }]);
    });
  });

  it('patches data with a list of operations, and keeps it where they do not fit', () => {
    const message = fold(
      { type: 'data', name: 'state', id: 's', data: { list: [1] } },
      { type: 'data', name: 'state', id: 's', data: [{ op: 'add', path: '/list/-', value: 2 }], op: 'patch' },
      { type: 'data', name: 'state', id: 's', data: [{ op: 'remove', path: '/nothing' }], op: 'patch' },
    );
    expect(message.parts).toMatchObject([{ data: { list: [1, 2] } }]);
    const first = fold({
      type: 'data',
      name: 'state',
      id: 's',
      data: [{ op: 'add', path: '/a', value: 1 }],
      op: 'patch',
    });
    expect(first.parts).toMatchObject([{ data: { a: 1 } }]);
  });

  describe('the end', () => {
    it('is complete after `finish`, and nothing after it counts', () => {
      const message = fold(text('a'), { type: 'finish', reason: 'stop' }, text('late'));
      expect(message).toMatchObject({
        status: 'complete',
        finishReason: 'stop',
        parts: [{ text: 'a', status: 'complete' }],
      });
      expect(reduceMessage(message, [text('later')], 300)).toBe(message);
    });

    it('is failed after an error, with what arrived kept and the time of the next try', () => {
      const message = fold(text('a'), { type: 'error', message: 'busy', status: 503, retryAfter: 2 });
      expect(message.parts).toMatchObject([{ text: 'a' }]);
      expect(message.error).toEqual({
        code: 'rate-limited',
        message: 'busy',
        retryable: true,
        status: 503,
        retryAt: 2100,
      });
    });

    it('goes on after an error that is not fatal', () => {
      expect(fold(text('a'), { type: 'error', fatal: false }, text('b')).parts).toMatchObject([{ text: 'ab' }]);
    });
  });

  it('drops what a step sent when the step is reset', () => {
    const message = fold(
      { ...text('keep'), step: '1' },
      { ...text('drop'), step: '2' },
      { type: 'step', phase: 'reset', id: '2' },
      { ...text('again'), step: '2' },
    );
    expect(message.parts).toMatchObject([{ text: 'keep' }, { text: 'again' }]);
  });
});

describe('continueMessage', () => {
  const first = fold(
    { ...text('Let me look.', '0'), step: '1' },
    { type: 'tool-call', id: 't', name: 'find', args: {}, by: 'client' },
    { type: 'usage', input: 10, output: 2 },
    { type: 'usage', step: '1', input: 1 },
    { type: 'finish', reason: 'tool-calls' },
  );
  const more = reduceMessage(
    continueMessage(first),
    [
      { type: 'tool-result', id: 't', result: 'found' },
      { ...text('Found it.', '0'), step: '1' },
      { type: 'part-end', part: '0' },
      { type: 'source', kind: 'url', url: 'https://a.example/', at: { part: '0', start: 0 } },
      { type: 'usage', input: 20, output: 3 },
      { type: 'usage', step: '1', input: 2 },
      { type: 'finish', reason: 'stop' },
    ],
    200,
  );

  it('goes on with the same message, and keeps what the server counts from the start again apart', () => {
    expect(continueMessage(first)).toMatchObject({ status: 'pending', parts: first.parts });
    expect(more).toMatchObject({ status: 'complete', finishReason: 'stop', usage: { input: 33, output: 5 } });
    expect(more.parts).toMatchObject([
      { type: 'text', text: 'Let me look.' },
      { type: 'tool', status: 'complete', result: 'found' },
      { type: 'text', text: 'Found it.', status: 'complete' },
      { type: 'source', at: [{ part: '1~0' }] },
    ]);
    expect(more.parts[2]?.id).toBe('m/text:1~0');
    expect(more.parts[0]).toBe(first.parts[0]);
  });

  it('begins a new text where nothing is named, and voids only its own steps', () => {
    const paused = fold(text('a'), { type: 'finish', reason: 'paused' });
    expect(reduceMessage(continueMessage(paused), [text('b')], 200).parts).toMatchObject([
      { text: 'a' },
      { text: 'b' },
    ]);
    const reset = reduceMessage(continueMessage(first), [{ type: 'step', phase: 'reset', id: '1' }], 200);
    expect(reset.parts).toHaveLength(2);
  });
});

describe('endMessage', () => {
  it('keeps what arrived and closes it', () => {
    const message = endMessage(fold(text('par'), { type: 'status', id: 'p', state: 'x' }), 'interrupted', 300, {
      code: 'closed-early',
      message: '',
      retryable: true,
    });
    expect(message).toMatchObject({
      status: 'interrupted',
      error: { code: 'closed-early' },
      parts: [{ text: 'par', status: 'complete', endedAt: 300 }, { status: 'done' }],
    });
  });
});

describe('reopenMessage', () => {
  const cut = endMessage(
    fold(
      { type: 'tool-call', id: 'done', name: 'f', args: {} },
      { type: 'tool-result', id: 'done', result: 'no', error: true },
      { type: 'tool-start', id: 't', name: 'f' },
      { type: 'tool-args', id: 't', delta: '{"a":[1' },
    ),
    'interrupted',
    300,
  );

  it('goes on with a call that was cut in the middle of its arguments', () => {
    expect(cut.parts[1]).toMatchObject({ status: 'failed', argsText: '{"a":[1' });
    const reopened = reopenMessage(cut, 400);
    expect(reopened.parts[1]).toMatchObject({ status: 'streaming', argsText: '{"a":[1' });
    const more: Chunk[] = [
      { type: 'tool-args', id: 't', delta: ',2]}' },
      { type: 'tool-call', id: 't', name: 'f', args: { a: [1, 2] } },
    ];
    const whole = reduceMessage(reopened, more, 500);
    expect(whole.parts[1]).toMatchObject({ status: 'called', argsText: '{"a":[1,2]}', args: { a: [1, 2] } });
    expect(whole.parts[1]).not.toHaveProperty('error');
  });

  it('leaves a call alone that failed by itself', () => {
    expect(reopenMessage(cut, 400).parts[0]).toBe(cut.parts[0]);
    expect(cut.parts[0]).toMatchObject({ status: 'failed', error: 'no' });
  });

  it('goes on with a text that was cut', () => {
    const reopened = reopenMessage(endMessage(fold(text('par')), 'interrupted', 300), 400);
    expect(reduceMessage(reopened, [text('tial')], 500).parts).toMatchObject([{ text: 'partial' }]);
  });
});
