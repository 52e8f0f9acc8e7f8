import { describe, expect, it, vi } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import type { Connection } from '../../src/connection/connection-state.ts';
import type { Message } from '../../src/message/message.ts';
import type { TurnInput } from '../../src/protocol/adapter.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import type { Chat, ChatStoreOptions } from '../../src/store/chat.ts';
import { createChatStore } from '../../src/store/chat-store.ts';
import type { Turn, TurnUpdate } from '../../src/store/turn.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { message } from '../support/messages.ts';

/** A turn whose updates are handed in by the test; `stop` ends it as the runner does. */
class HandedTurn implements Turn {
  readonly connection = { state: { status: 'open', attempt: 1 }, subscribe: () => () => {} } as unknown as Connection;
  readonly cursor = undefined;
  readonly #queue: TurnUpdate[] = [];
  #wake = () => {};

  readonly updates: AsyncIterable<TurnUpdate> = (async function* (turn: HandedTurn) {
    for (;;) {
      const update = turn.#queue.shift();
      if (update === undefined) await new Promise<void>((resolve) => (turn.#wake = resolve));
      else yield update;
      if (update?.kind === 'end') return;
    }
  })(this);

  async give(...updates: readonly TurnUpdate[]) {
    this.#queue.push(...updates);
    this.#wake();
    await settle();
  }

  text(delta: string) {
    return this.give({ kind: 'chunks', chunks: [{ type: 'text', delta }] });
  }

  finish() {
    return this.give(
      { kind: 'chunks', chunks: [{ type: 'finish', reason: 'stop' }] },
      { kind: 'end', ending: 'complete' },
    );
  }

  stop() {
    void this.give({ kind: 'end', ending: 'stopped' });
  }
}

/** Lets everything that is already resolved run. */
async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function setup(options: Partial<ChatStoreOptions> = {}) {
  const clock = createFakeClock();
  const turns: HandedTurn[] = [];
  const inputs: TurnInput[] = [];
  let ids = 0;
  const chat: Chat = createChatStore(
    {
      clock,
      generateId: () => `id${(ids += 1)}`,
      openTurn(input) {
        inputs.push(input);
        const turn = new HandedTurn();
        turns.push(turn);
        return turn;
      },
    },
    { id: 'c', ...options },
  );
  const messages = () => chat.getSnapshot().conversation.messages;
  const texts = () => messages().map(textOf);
  return { chat, clock, turns, inputs, messages, texts };
}

function textOf(message: Message): string {
  return message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

describe('createChatStore', () => {
  it('shows the question and a pending answer at once', () => {
    const { chat, messages, texts, inputs } = setup();
    void chat.send('Hi');
    expect(texts()).toEqual(['Hi', '']);
    expect(messages()[1]).toMatchObject({ role: 'assistant', status: 'pending' });
    expect(chat.getSnapshot().status).toBe('submitted');
    expect(inputs[0]).toMatchObject({ trigger: 'send', conversation: { messages: [{ role: 'user' }] } });
  });

  it('notifies once a frame, however many chunks arrive', async () => {
    const { chat, clock, turns, texts } = setup();
    void chat.send('Hi');
    const listener = vi.fn();
    chat.subscribe(listener);
    for (const delta of ['a', 'b', 'c']) await turns[0]?.text(delta);
    expect(texts()[1]).toBe('');
    expect(listener).not.toHaveBeenCalled();
    clock.frame();
    expect(texts()[1]).toBe('abc');
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('publishes the end at once and resolves with the whole answer', async () => {
    const onFinish = vi.fn();
    const { chat, turns, messages } = setup({ callbacks: () => ({ onFinish }) });
    const sent = chat.send('Hi');
    await turns[0]?.text('Hello');
    await turns[0]?.finish();
    expect(messages()[1]).toMatchObject({ status: 'complete', parts: [{ text: 'Hello' }] });
    await expect(sent).resolves.toMatchObject({ status: 'complete', message: { parts: [{ text: 'Hello' }] } });
    expect(onFinish).toHaveBeenCalledWith(expect.objectContaining({ message: messages()[1] }));
  });

  it('keeps the identity of every message that does not change', async () => {
    const { chat, clock, turns, messages } = setup();
    void chat.send('one');
    await turns[0]?.finish();
    const before = messages();
    void chat.send('two');
    await turns[1]?.text('x');
    clock.frame();
    expect(messages()[0]).toBe(before[0]);
    expect(messages()[1]).toBe(before[1]);
  });

  it('changes one message of 2,000 with a token, and copies none of the others', async () => {
    const initialMessages = Array.from({ length: 1_998 }, (_, index) => message({ id: `m${index}` }));
    const { chat, clock, turns, messages } = setup({ initialMessages });
    void chat.send('one');
    await turns[0]?.text('x');
    clock.frame();
    const before = messages();
    await turns[0]?.text('y');
    clock.frame();
    const changed = messages().flatMap((one, index) => (one === before[index] ? [] : [index]));
    expect(changed).toEqual([1_999]);
    expect(messages()[1_999]).toMatchObject({ parts: [{ text: 'xy' }] });
    expect(messages().slice(0, 1_998)).toEqual(initialMessages);
  });

  it('keeps what arrived when the connection is lost for good', async () => {
    const onError = vi.fn();
    const { chat, turns, messages } = setup({ callbacks: () => ({ onError }) });
    const sent = chat.send('Hi');
    await turns[0]?.text('par');
    const error = new TransportError('closed-early', 'Lost.', { retryable: true });
    await turns[0]?.give({ kind: 'end', ending: 'interrupted', error });
    expect(messages()[1]).toMatchObject({
      status: 'interrupted',
      error: { code: 'closed-early', retryable: true },
      parts: [{ text: 'par' }],
    });
    expect(chat.getSnapshot()).toMatchObject({ status: 'interrupted', error: { code: 'closed-early' } });
    await expect(sent).resolves.toMatchObject({ status: 'interrupted', error });
    expect(onError).toHaveBeenCalledWith(error);
  });

  it('can be sent to again from onFinish', async () => {
    const outcomes: unknown[] = [];
    const { chat, turns, texts } = setup({
      callbacks: () => ({ onFinish: () => void (turns.length < 2 && outcomes.push(chat.send('two'))) }),
    });
    void chat.send('one');
    await turns[0]?.finish();
    expect(outcomes).toHaveLength(1);
    expect(texts()).toEqual(['one', '', 'two', '']);
  });

  it('goes on when a callback throws', async () => {
    const raised = vi.fn();
    process.once('uncaughtException', raised);
    const onChunk = () => {
      throw new Error('mine');
    };
    const { chat, turns, messages } = setup({ callbacks: () => ({ onChunk }) });
    void chat.send('Hi');
    await turns[0]?.text('a');
    await turns[0]?.give({ kind: 'end', ending: 'unconfirmed' });
    expect(messages()[1]).toMatchObject({ status: 'unconfirmed', parts: [{ text: 'a' }] });
    expect(raised).toHaveBeenCalledWith(expect.objectContaining({ message: 'mine' }), 'uncaughtException');
  });

  it('starts the answer over when a replay replaces it', async () => {
    const { chat, turns, messages } = setup();
    void chat.send('Hi');
    await turns[0]?.text('Hel');
    const again: readonly Chunk[] = [{ type: 'text', delta: 'Hello' }];
    await turns[0]?.give({ kind: 'chunks', chunks: again, replace: true });
    await turns[0]?.finish();
    expect(messages()[1]).toMatchObject({ status: 'complete', parts: [{ text: 'Hello' }] });
  });

  describe('stop', () => {
    it('keeps the text as `stopped`', async () => {
      const { chat, turns, messages } = setup();
      const sent = chat.send('Hi');
      await turns[0]?.text('par');
      chat.stop();
      await expect(sent).resolves.toMatchObject({ status: 'stopped' });
      expect(messages()[1]).toMatchObject({ status: 'stopped', parts: [{ text: 'par' }] });
      expect(chat.getSnapshot().status).toBe('ready');
    });

    it('is what aborting the signal of a turn does', async () => {
      const { chat, turns } = setup();
      const abort = new AbortController();
      const sent = chat.send('Hi', { signal: abort.signal });
      await turns[0]?.text('par');
      abort.abort();
      await expect(sent).resolves.toMatchObject({ status: 'stopped' });
    });
  });

  describe('while a turn runs', () => {
    it('refuses another message by default, and sends nothing', async () => {
      const { chat, turns, texts } = setup();
      void chat.send('one');
      await expect(chat.send('two')).resolves.toEqual({ status: 'refused' });
      expect(turns).toHaveLength(1);
      expect(texts()).toEqual(['one', '']);
    });

    it('queues it when told to, in order', async () => {
      const { chat, turns, texts } = setup({ whenBusy: 'queue' });
      void chat.send('one');
      void chat.send('two');
      void chat.send('three');
      expect(chat.getSnapshot().queued).toBe(2);
      await turns[0]?.finish();
      await turns[1]?.finish();
      expect(texts()).toEqual(['one', '', 'two', '', 'three', '']);
      expect(chat.getSnapshot().queued).toBe(0);
    });

    it('drops the queue on stop', async () => {
      const { chat, turns } = setup({ whenBusy: 'queue' });
      void chat.send('one');
      const second = chat.send('two');
      chat.stop();
      await expect(second).resolves.toEqual({ status: 'refused' });
      await settle();
      expect(turns).toHaveLength(1);
    });

    it('stops the running turn first when told to', async () => {
      const { chat, turns, messages } = setup({ whenBusy: 'interrupt' });
      void chat.send('one');
      await turns[0]?.text('par');
      void chat.send('two');
      await settle();
      expect(messages().map(({ status }) => status)).toEqual(['complete', 'stopped', 'complete', 'pending']);
    });

    it('throws on setMessages, which would lose what arrives', () => {
      const { chat } = setup();
      void chat.send('one');
      expect(() => chat.setMessages([])).toThrow(/setMessages\(\) was called while an answer streams/);
    });
  });

  describe('retry', () => {
    it('asks again in the same place with the same key', async () => {
      const { chat, turns, inputs, messages } = setup();
      void chat.send('Hi');
      await turns[0]?.text('par');
      await turns[0]?.give({ kind: 'end', ending: 'interrupted' });
      const id = messages()[1]?.id;
      void chat.retry();
      expect(messages()[1]).toMatchObject({ id, status: 'pending', parts: [] });
      expect(inputs[1]).toMatchObject({ trigger: 'retry', turn: inputs[0]?.turn });
    });
  });

  describe('an answer that the server paused', () => {
    const pause = { type: 'finish', reason: 'paused' } as const;
    const paused = async (...chunks: readonly Chunk[]) => {
      const test = setup();
      const sent = test.chat.send('Hi');
      await test.turns[0]?.give({ kind: 'chunks', chunks: [...chunks, pause] }, { kind: 'end', ending: 'complete' });
      await sent;
      return test;
    };

    it('goes on in the same message on resume', async () => {
      const { chat, turns, inputs, messages, texts } = await paused({ type: 'text', delta: 'one ' });
      expect(inputs).toHaveLength(1);
      const resumed = chat.resume();
      expect(inputs[1]).toMatchObject({ trigger: 'continue' });
      expect(inputs[1]?.conversation.messages).toHaveLength(2);
      await turns[1]?.text('two');
      await turns[1]?.finish();
      expect(await resumed).toMatchObject({ status: 'complete' });
      expect(texts()).toEqual(['Hi', 'one two']);
      expect(messages()[1]).toMatchObject({ finishReason: 'stop' });
      expect(await chat.resume()).toEqual({ status: 'refused' });
    });

    it('does not go on while a question to the reader is open', async () => {
      const { chat, inputs } = await paused({ type: 'approval', id: 'a' });
      expect(await chat.resume()).toEqual({ status: 'refused' });
      expect(inputs).toHaveLength(1);
    });

    it('waits for the reader after a reload, because going on costs', async () => {
      const { chat } = await paused({ type: 'text', delta: 'one ' });
      const { messages } = chat.getSnapshot().conversation;
      let resume: (() => void) | undefined;
      const again = setup({
        initialMessages: messages,
        storage: { hold: (held) => ((resume = held.resume), () => undefined) },
      });
      again.chat.hold();
      resume?.();
      expect(again.inputs).toHaveLength(0);
    });
  });

  describe('regenerate and edit', () => {
    it('keeps the earlier answer as a version', async () => {
      const { chat, turns, texts } = setup();
      void chat.send('Hi');
      await turns[0]?.text('first');
      await turns[0]?.finish();
      void chat.regenerate();
      await turns[1]?.text('second');
      await turns[1]?.finish();
      expect(texts()).toEqual(['Hi', 'second']);
      chat.branches.show(chat.getSnapshot().conversation.messages[1]?.id ?? '', 0);
      expect(texts()).toEqual(['Hi', 'first']);
    });

    it('asks an edited question in the place of the old one', async () => {
      const { chat, turns, texts, messages, inputs } = setup();
      void chat.send('Hi');
      await turns[0]?.finish();
      void chat.edit(messages()[0]?.id ?? '', 'Hello');
      expect(texts()).toEqual(['Hello', '']);
      expect(inputs[1]?.conversation.messages).toHaveLength(1);
    });
  });

  describe('a turn that ends on a call of the client', () => {
    const callOf = (id: string): readonly Chunk[] => [{ type: 'tool-call', id, name: 'place', args: {}, by: 'client' }];
    const endOnCall = async (turn: HandedTurn | undefined, ...chunks: readonly Chunk[]) => {
      await turn?.give({ kind: 'chunks', chunks: [...chunks, { type: 'finish', reason: 'tool-calls' }] });
      await turn?.give({ kind: 'end', ending: 'complete' });
    };

    it('awaits the result, and then goes on with the same answer', async () => {
      const { chat, turns, inputs, messages } = setup();
      void chat.send('Where am I?');
      await endOnCall(turns[0], ...callOf('t1'));
      expect(chat.getSnapshot().status).toBe('awaiting');
      expect(turns).toHaveLength(1);

      const continued = chat.addToolResult('t1', 'Oslo');
      expect(inputs[1]).toMatchObject({ trigger: 'continue' });
      expect(inputs[1]?.conversation.messages.at(-1)).toMatchObject({
        role: 'assistant',
        parts: [{ type: 'tool', status: 'complete', result: 'Oslo' }],
      });
      expect(chat.getSnapshot().status).toBe('submitted');
      await turns[1]?.text('In Oslo.');
      await turns[1]?.finish();
      await expect(continued).resolves.toMatchObject({ status: 'complete' });
      expect(messages()).toHaveLength(2);
      expect(messages()[1]?.parts.map(({ type }) => type)).toEqual(['tool', 'text']);
    });

    it('waits for every call before it goes on', async () => {
      const { chat, turns } = setup();
      void chat.send('Hi');
      await endOnCall(turns[0], ...callOf('t1'), ...callOf('t2'));
      await expect(chat.addToolResult('t1', 1)).resolves.toEqual({ status: 'refused' });
      expect(turns).toHaveLength(1);
      void chat.addToolResult('t2', 2);
      expect(turns).toHaveLength(2);
    });

    it('runs the call by onToolCall, once, and goes on with what it gives', async () => {
      const calls: unknown[] = [];
      const { chat, turns, inputs } = setup({
        callbacks: () => ({
          onToolCall: async ({ id, name, args }) => {
            calls.push({ id, name, args });
            return 'Oslo';
          },
        }),
      });
      const sent = chat.send('Where am I?');
      await turns[0]?.give({ kind: 'chunks', chunks: callOf('t1') });
      await endOnCall(turns[0]);
      expect(calls).toEqual([{ id: 't1', name: 'place', args: {} }]);
      expect(inputs[1]).toMatchObject({ trigger: 'continue' });
      await turns[1]?.finish();
      await expect(sent).resolves.toMatchObject({ status: 'complete' });
      expect(turns).toHaveLength(2);
    });

    it('tells the model what a call threw', async () => {
      const { chat, turns, inputs } = setup({
        callbacks: () => ({
          onToolCall: () => {
            throw new Error('no permission');
          },
        }),
      });
      void chat.send('Hi');
      await endOnCall(turns[0], ...callOf('t1'));
      await settle();
      expect(inputs[1]?.conversation.messages.at(-1)).toMatchObject({
        parts: [{ status: 'failed', result: 'no permission', error: 'no permission' }],
      });
    });

    it('does not go on for calls that an earlier turn made', async () => {
      const { chat, turns } = setup();
      void chat.send('Hi');
      await endOnCall(turns[0], ...callOf('t1'));
      void chat.addToolResult('t1', 1);
      await endOnCall(turns[1], { type: 'tool-result', id: 's', name: 'server', result: 1 });
      expect(turns).toHaveLength(2);
    });

    it('keeps what stood before when a replay replaces the continued part', async () => {
      const { chat, turns, messages } = setup();
      void chat.send('Hi');
      await endOnCall(turns[0], ...callOf('t1'));
      void chat.addToolResult('t1', 1);
      await turns[1]?.text('par');
      await turns[1]?.give({ kind: 'chunks', chunks: [{ type: 'text', delta: 'partial' }], replace: true });
      await turns[1]?.finish();
      expect(messages()[1]?.parts).toMatchObject([{ type: 'tool' }, { type: 'text', text: 'partial' }]);
    });

    it('asks for approval, and goes on with the answer', async () => {
      const { chat, turns, inputs } = setup();
      void chat.send('Pay');
      await endOnCall(
        turns[0],
        { type: 'tool-call', id: 't', name: 'pay', args: {} },
        { type: 'approval', id: 'a', tool: 't' },
      );
      expect(chat.getSnapshot().status).toBe('awaiting');
      void chat.approve('a', false, { reason: 'too much' });
      expect(inputs[1]).toMatchObject({ trigger: 'continue' });
      expect(inputs[1]?.conversation.messages.at(-1)).toMatchObject({
        parts: [{ status: 'denied', approval: { approved: false, reason: 'too much' } }],
      });
    });
  });
});
