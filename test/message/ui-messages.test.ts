import { describe, expect, it } from 'vitest';
import type { Message, Part } from '../../src/message/message.ts';
import { fromUIMessages, toUIMessages, type UIMessage } from '../../src/message/ui-messages.ts';

function answer(...parts: readonly Part[]): Message {
  return {
    id: 'm',
    role: 'assistant',
    parts,
    status: 'complete',
    createdAt: 5,
    metadata: { createdAt: 5 },
    version: 0,
  };
}

const text = (id: string, step?: string): Part => ({
  type: 'text',
  id,
  text: id,
  status: 'complete',
  ...(step && { step }),
});
const tool = (facts: Partial<Part>): Part =>
  ({
    type: 'tool',
    id: 'm/tool:t',
    callId: 't',
    name: 'f',
    by: 'server',
    status: 'complete',
    argsText: '{"a":1}',
    args: { a: 1 },
    result: 2,
    ...facts,
  }) as Part;
const partsOf = (...parts: readonly Part[]) => toUIMessages([answer(...parts)])[0]?.parts;

describe('toUIMessages', () => {
  it('begins a step where the model was called again, also where nobody said so', () => {
    expect(partsOf(text('a', '1'), tool({ step: '1' }), text('b', '2'))?.map(({ type }) => type)).toEqual([
      'step-start',
      'text',
      'tool-f',
      'step-start',
      'text',
    ]);
    expect(partsOf(text('a'), tool({}), text('b'))?.map(({ type }) => type)).toEqual([
      'step-start',
      'text',
      'tool-f',
      'step-start',
      'text',
    ]);
  });

  it.each([
    [{ status: 'streaming', result: undefined }, { state: 'input-streaming' }],
    [
      { status: 'called', result: undefined },
      { state: 'input-available', input: { a: 1 } },
    ],
    [
      { status: 'called', preliminary: true },
      { state: 'output-available', preliminary: true, output: 2 },
    ],
    [{ status: 'complete' }, { state: 'output-available', output: 2 }],
    [
      { status: 'failed', error: 'no' },
      { state: 'output-error', errorText: 'no' },
    ],
    [
      { status: 'awaiting', approval: { id: 'p' } },
      { state: 'approval-requested', approval: { id: 'p' } },
    ],
    [
      { status: 'called', approval: { id: 'p', approved: true } },
      { state: 'approval-responded', approval: { id: 'p', approved: true } },
    ],
    [{ status: 'denied', approval: { id: 'p', approved: false } }, { state: 'output-denied' }],
  ])('tells the state of a tool: %j', (facts, expected) => {
    expect(partsOf(tool(facts as Partial<Part>))?.[1]).toMatchObject({ type: 'tool-f', toolCallId: 't', ...expected });
  });

  it('gives a file the address or the content it has, and leaves phases out', () => {
    const file: Part = { type: 'file', id: 'x', mediaType: 'image/png', base64: 'aGk=', name: 'x.png' };
    const phase: Part = { type: 'status', id: 'y', state: 'searching', status: 'done' };
    expect(partsOf(file, phase)).toEqual([
      { type: 'step-start' },
      { type: 'file', mediaType: 'image/png', filename: 'x.png', url: 'data:image/png;base64,aGk=' },
    ]);
  });
});

describe('fromUIMessages', () => {
  it('gives back what toUIMessages made', () => {
    const source: Part = {
      type: 'source',
      id: 'm/source:s',
      kind: 'url',
      url: 'https://a.example/',
      title: 'A',
      quote: 'q',
      at: [{ start: 1, end: 2 }],
      step: '2',
    };
    const message = answer(
      { type: 'reasoning', id: 'm/0', text: 'hm', status: 'complete', signature: 's', redacted: 'r', step: '1' },
      tool({ step: '1', meta: { dynamic: true, providerExecuted: true } }),
      { ...text('m/2', '2'), meta: { providerMetadata: { x: { y: 1 } } } },
      { type: 'refusal', id: 'm/3', text: 'no', status: 'complete', step: '2' },
      source,
      { type: 'file', id: 'm/5', mediaType: 'image/png', url: 'https://a.example/x.png', reasoning: true, step: '2' },
      { type: 'data', id: 'm/6', name: 'chart', key: 'c', data: [1], step: '2' },
    );
    expect(fromUIMessages(toUIMessages([message]))).toEqual([message]);
  });

  it('makes a call that nobody answered the client’s', () => {
    const parts = [{ type: 'tool-f', toolCallId: 't', state: 'input-available', input: {} }];
    expect(fromUIMessages([{ id: 'm', role: 'assistant', parts }])[0]?.parts).toMatchObject([
      { by: 'client', status: 'called' },
    ]);
  });

  it('keeps the text of messages from before version 5, and their date', () => {
    const old = { id: 'm', role: 'user', content: 'hi', createdAt: '2026-01-01T00:00:00Z' } as unknown as UIMessage;
    expect(fromUIMessages([old])).toMatchObject([{ parts: [{ text: 'hi' }], createdAt: 1767225600000 }]);
  });

  it('keeps parts that it does not know as data', () => {
    const parts = [{ type: 'custom', kind: 'x.y' }];
    expect(fromUIMessages([{ id: 'm', role: 'assistant', parts }])[0]?.parts).toMatchObject([
      { type: 'data', name: 'custom', data: { kind: 'x.y' } },
    ]);
  });
});
