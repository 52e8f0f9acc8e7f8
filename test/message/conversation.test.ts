import { describe, expect, it } from 'vitest';
import { appendMessages, forkAfter, replaceMessage, switchVersion, versionOf } from '../../src/message/conversation.ts';
import type { Conversation, Message, Role } from '../../src/message/message.ts';

function message(id: string, role: Role = 'user'): Message {
  return { id, role, parts: [], status: 'complete', createdAt: 0, metadata: {}, version: 0 };
}

function conversationOf(...ids: readonly string[]): Conversation {
  return { id: 'c', messages: ids.map((id) => message(id)), branches: [] };
}

const idsOf = (conversation: Conversation) => conversation.messages.map(({ id }) => id).join(' ');

describe('replaceMessage', () => {
  it('changes the identity of that message only', () => {
    const before = conversationOf('a', 'b', 'c');
    const after = replaceMessage(before, { ...message('b'), status: 'stopped' });
    expect(after.messages[0]).toBe(before.messages[0]);
    expect(after.messages[2]).toBe(before.messages[2]);
    expect(after.messages[1]?.status).toBe('stopped');
  });

  it('returns the same conversation when nothing changes', () => {
    const before = conversationOf('a', 'b');
    expect(replaceMessage(before, before.messages[1] as Message)).toBe(before);
    expect(replaceMessage(before, message('unknown'))).toBe(before);
  });
});

describe('forkAfter and switchVersion', () => {
  it('keeps what followed as a version that can be taken up again', () => {
    const first = conversationOf('q', 'a1');
    const second = appendMessages(forkAfter(first, 'q'), message('a2'));
    expect(idsOf(second)).toBe('q a2');
    expect(versionOf(second, 'a2')).toEqual({ index: 1, count: 2 });

    const back = switchVersion(second, 'q', 0);
    expect(idsOf(back)).toBe('q a1');
    expect(versionOf(back, 'a1')).toEqual({ index: 0, count: 2 });
    expect(idsOf(switchVersion(back, 'q', 1))).toBe('q a2');
  });

  it('carries the branches that hang on a version along with it', () => {
    const first = conversationOf('q1', 'a1', 'q2', 'x');
    const nested = appendMessages(forkAfter(first, 'q2'), message('y'));
    const edited = appendMessages(forkAfter(nested, null), message('q1b'), message('b1'));
    expect(idsOf(edited)).toBe('q1b b1');
    expect(edited.branches).toHaveLength(1);

    const back = switchVersion(edited, null, 0);
    expect(idsOf(back)).toBe('q1 a1 q2 y');
    expect(versionOf(back, 'y')).toEqual({ index: 1, count: 2 });
    expect(idsOf(switchVersion(back, 'q2', 0))).toBe('q1 a1 q2 x');
  });

  it('makes no version where nothing follows, and ignores versions that do not exist', () => {
    const plain = conversationOf('q', 'a');
    expect(forkAfter(plain, 'a')).toBe(plain);
    expect(forkAfter(plain, 'unknown')).toBe(plain);
    expect(switchVersion(plain, 'q', 3)).toBe(plain);
  });

  it('survives a round trip through JSON', () => {
    const forked = appendMessages(forkAfter(conversationOf('q', 'a1'), 'q'), message('a2'));
    const restored = JSON.parse(JSON.stringify(forked)) as Conversation;
    expect(idsOf(switchVersion(restored, 'q', 0))).toBe('q a1');
  });
});
