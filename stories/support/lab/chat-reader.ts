// The buttons of a conversation, for the reader's acts.
import type { ChatStore, Part } from '../../../src/core.ts';
import type { LabReader } from './acts.ts';

export function chatReader(chat: Pick<ChatStore, 'stop' | 'approve' | 'getSnapshot'>): LabReader {
  return {
    stop: chat.stop,
    decide(approved) {
      const parts = chat.getSnapshot().conversation.messages.at(-1)?.parts ?? [];
      for (const id of parts.flatMap(openQuestion)) void chat.approve(id, approved);
    },
  };
}

function openQuestion(part: Part): readonly string[] {
  if (part.type === 'approval') return part.approved === undefined ? [part.approvalId] : [];
  if (part.type !== 'tool' || part.approval === undefined) return [];
  return part.approval.approved === undefined ? [part.approval.id] : [];
}
