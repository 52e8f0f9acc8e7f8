// What a chat shows at one moment, and how its status follows from its newest message.
import type { ConnectionState } from '../connection/connection-state.ts';
import type { Conversation, Message, MessageError } from '../message/message.ts';

/**
 * | status      | the newest message                                               |
 * | ----------- | ---------------------------------------------------------------- |
 * | ready       | none, or an answer that is complete, unconfirmed or stopped      |
 * | submitted   | is asked for, and nothing of it has arrived                      |
 * | streaming   | is arriving                                                      |
 * | awaiting    | ended on a client tool call without a result, or an open approval |
 * | interrupted | was cut, and could not be resumed                                |
 * | error       | failed                                                           |
 *
 * Reconnecting is the connection's to tell, not the chat's.
 */
export type ChatStatus = 'ready' | 'submitted' | 'streaming' | 'awaiting' | 'interrupted' | 'error';

export interface ChatSnapshot<M = Message> {
  readonly conversation: Conversation<M>;
  readonly status: ChatStatus;
  /** Of the newest message, where it has one. */
  readonly error: MessageError | undefined;
  /** Of the turn that runs, else of the last one. */
  readonly connection: ConnectionState;
  /** Messages that wait for the running turn to end. */
  readonly queued: number;
}

export function chatStatusOf(message: Message | undefined): ChatStatus {
  if (message === undefined || message.role !== 'assistant') return 'ready';
  switch (message.status) {
    case 'pending':
      return 'submitted';
    case 'streaming':
      return 'streaming';
    case 'interrupted':
      return 'interrupted';
    case 'failed':
      return 'error';
    case 'complete':
    case 'unconfirmed':
    case 'stopped':
      return message.parts.some(isOpenPart) && message.status !== 'stopped' ? 'awaiting' : 'ready';
    default:
      return message.status satisfies never;
  }
}

export function isBusyStatus(status: ChatStatus): boolean {
  return status === 'submitted' || status === 'streaming';
}

/** A call or a question that waits for the client. */
export function isOpenPart(part: Message['parts'][number]): boolean {
  if (part.type === 'tool') return part.status === 'awaiting' || (part.status === 'called' && part.by === 'client');
  return part.type === 'approval' && part.approved === undefined;
}

export function chatSnapshotOf(conversation: Conversation, connection: ConnectionState, queued: number): ChatSnapshot {
  const last = conversation.messages.at(-1);
  const status = chatStatusOf(last);
  return { conversation, status, error: isBusyStatus(status) ? undefined : last?.error, connection, queued };
}
