// Makes messages: a question from what the user gave, an answer that is still to come, an answer as it was before it came.
import type { FilePart, Message, Part, Role } from './message.ts';

export interface MessageFacts {
  readonly id: string;
  readonly createdAt: number;
  readonly version?: number;
}

export function createMessage(role: Role, { id, createdAt, version = 0 }: MessageFacts): Message {
  const status = role === 'assistant' ? 'pending' : 'complete';
  return { id, role, parts: [], status, createdAt, metadata: {}, version };
}

/** The same place, as it was before anything of the answer arrived. */
export function emptied({ role, ...facts }: Message): Message {
  return createMessage(role, facts);
}

/** The parts of a message that a user wrote: the text, then files, then whatever else was given. */
export function writtenParts(
  messageId: string,
  text: string | undefined,
  files: readonly Omit<FilePart, 'type' | 'id'>[] = [],
  others: readonly Part[] = [],
): readonly Part[] {
  const parts: Part[] = [];
  if (text !== undefined && text !== '') parts.push({ type: 'text', id: `${messageId}/0`, text, status: 'complete' });
  for (const file of files) parts.push({ ...file, type: 'file', id: `${messageId}/${parts.length}` });
  return [...parts, ...others];
}
