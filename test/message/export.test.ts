import { describe, expect, it } from 'vitest';
import { forkAfter, appendMessages } from '../../src/message/conversation.ts';
import { exportConversation, importConversation } from '../../src/message/export.ts';
import type { Conversation, PartType } from '../../src/message/message.ts';
import { message, part, text } from '../support/messages.ts';

const types: readonly PartType[] = [
  'text',
  'reasoning',
  'refusal',
  'tool',
  'approval',
  'source',
  'file',
  'status',
  'data',
];

const question = text('Hi', { id: 'q', role: 'user' });
const answer = message({
  id: 'a',
  parts: types.map((type) => part(type)),
  usage: { input: 1 },
  usageByStep: { '': { input: 1 } },
  finishReason: 'stop',
  error: { code: 'failed', message: '', retryable: true, details: { a: 1 } },
});
const conversation: Conversation = { id: 'c', messages: [question, answer], branches: [] };
const stored = (from: Conversation = conversation): unknown => JSON.parse(JSON.stringify(exportConversation(from)));

describe('exportConversation', () => {
  it('gives plain JSON that says what it is', () => {
    expect(stored()).toMatchObject({ format: 'rivulet-conversation', version: 1, id: 'c', messages: [{}, {}] });
  });
});

describe('importConversation', () => {
  it('gives what was exported, every kind of part included', () => {
    expect(importConversation(stored())).toEqual(conversation);
  });

  it('keeps the versions', () => {
    const forked = appendMessages(forkAfter(conversation, 'q'), text('Other', { id: 'b', version: 1 }));
    expect(importConversation(stored(forked))).toEqual(forked);
  });

  it('ends an answer that was still arriving', () => {
    const arriving = text('par', { status: 'streaming' });
    const { messages } = importConversation(stored({ ...conversation, messages: [arriving] }));
    expect(messages).toMatchObject([{ status: 'interrupted', parts: [{ text: 'par', status: 'complete' }] }]);
  });

  it('leaves out fields it does not know', () => {
    const odd = { ...(stored() as object), messages: [{ ...question, html: '<b>' }] };
    expect(importConversation(odd).messages).toEqual([question]);
  });

  it.each([
    ['format', null],
    ['format', { format: 'other' }],
    ['version', { format: 'rivulet-conversation', version: 2 }],
    ['conversation.id', { ...(stored() as object), id: 1 }],
    ['conversation.messages', { ...(stored() as object), messages: {} }],
    ['conversation.messages[0].role', { ...(stored() as object), messages: [{ ...question, role: 'tool' }] }],
    ['conversation.messages[0].createdAt', { ...(stored() as object), messages: [{ ...question, createdAt: null }] }],
    ['conversation.messages[1].id', { ...(stored() as object), messages: [question, question] }],
    [
      'conversation.messages[0].parts[0].text',
      { ...(stored() as object), messages: [{ ...question, parts: [{ ...part('text'), text: 1 }] }] },
    ],
    [
      'conversation.messages[0].parts[0].type',
      { ...(stored() as object), messages: [{ ...question, parts: [{ id: 'p', type: 'script' }] }] },
    ],
    [
      'conversation.branches[0].active',
      { ...(stored() as object), branches: [{ after: null, versions: [null], active: 3 }] },
    ],
  ])('names the place that does not fit: %s', (field, value) => {
    expect(() => importConversation(value)).toThrow(
      expect.objectContaining({ code: 'invalid-option', field }) as unknown as Error,
    );
  });

  it('refuses versions that are nested without end', () => {
    let nested: object = { messages: [], branches: [] };
    for (let depth = 0; depth < 1_000; depth += 1) {
      nested = { messages: [], branches: [{ after: null, versions: [nested, null], active: 1 }] };
    }
    expect(() => importConversation({ ...(stored() as object), ...nested })).toThrow(/versions deep/);
  });
});
