// Changes a conversation's shape: messages appended, replaced, left behind for another version and taken up again.
// Pure; what did not change keeps its identity.
import type { Branch, BranchVersion, Conversation, Message } from './message.ts';

export function appendMessages(conversation: Conversation, ...messages: readonly Message[]): Conversation {
  return { ...conversation, messages: [...conversation.messages, ...messages] };
}

/** Puts `message` where the one with its id stands. The newest message is found at once: that is where tokens go. */
export function replaceMessage(conversation: Conversation, message: Message): Conversation {
  const index = conversation.messages.findLastIndex((standing) => standing.id === message.id);
  if (index < 0 || conversation.messages[index] === message) return conversation;
  const messages = conversation.messages.slice();
  messages[index] = message;
  return { ...conversation, messages };
}

export function messageById(conversation: Conversation, id: string): Message | undefined {
  return conversation.messages.findLast((message) => message.id === id);
}

/** The id of the message before `id`; `null` where it is the first. */
export function placeBefore(conversation: Conversation, id: string): string | null {
  const index = conversation.messages.findIndex((message) => message.id === id);
  return conversation.messages[index - 1]?.id ?? null;
}

/** Which version of a message's place is shown, from 0, and how many there are. */
export function versionOf(conversation: Conversation, id: string): { readonly index: number; readonly count: number } {
  const after = placeBefore(conversation, id);
  const branch = conversation.branches.find((entry) => entry.after === after);
  return branch === undefined ? { index: 0, count: 1 } : { index: branch.active, count: branch.versions.length };
}

/**
 * Keeps what follows `after` as a version and ends the active path there, ready for another one. Where nothing follows
 * there is nothing to keep.
 */
export function forkAfter(conversation: Conversation, after: string | null): Conversation {
  const { head, version } = cut(conversation, after);
  if (version.messages.length === 0) return conversation;
  const standing = head.branches.find((branch) => branch.after === after);
  const versions =
    standing === undefined ? [version, null] : [...standing.versions.with(standing.active, version), null];
  return { ...head, branches: withBranch(head.branches, { after, versions, active: versions.length - 1 }) };
}

/** Shows another version of what follows `after`. An index that does not exist changes nothing. */
export function switchVersion(conversation: Conversation, after: string | null, index: number): Conversation {
  const standing = conversation.branches.find((branch) => branch.after === after);
  const wanted = standing?.versions[index];
  if (standing === undefined || wanted === undefined || wanted === null) return conversation;
  const { head, version } = cut(conversation, after);
  const versions = standing.versions.with(standing.active, version).with(index, null);
  return {
    ...head,
    messages: [...head.messages, ...wanted.messages],
    branches: [...withBranch(head.branches, { after, versions, active: index }), ...wanted.branches],
  };
}

/** The path up to `after`, and what follows it as a version of its own with the branches that hang on it. */
function cut(conversation: Conversation, after: string | null): { head: Conversation; version: BranchVersion } {
  const index = after === null ? -1 : conversation.messages.findIndex((message) => message.id === after);
  if (after !== null && index < 0) return { head: conversation, version: { messages: [], branches: [] } };
  const tail = conversation.messages.slice(index + 1);
  const ids = new Set(tail.map((message) => message.id));
  const hangsOnTail = (branch: Branch): boolean => branch.after !== null && ids.has(branch.after);
  return {
    head: {
      ...conversation,
      messages: conversation.messages.slice(0, index + 1),
      branches: conversation.branches.filter((branch) => !hangsOnTail(branch)),
    },
    version: { messages: tail, branches: conversation.branches.filter(hangsOnTail) },
  };
}

function withBranch(branches: readonly Branch[], branch: Branch): readonly Branch[] {
  return [...branches.filter((standing) => standing.after !== branch.after), branch];
}
