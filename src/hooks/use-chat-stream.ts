'use client';
// A conversation in a component: makes a chat (or takes one), reads its snapshots, and stops it when the owner leaves.
import { useEffect, useInsertionEffect, useMemo } from 'react';
import type { ChatOptions } from '../compose/chat-options.ts';
import { createChat } from '../compose/create-chat.ts';
import type { ConnectionState } from '../connection/connection-state.ts';
import type { MessageError } from '../message/message.ts';
import type { MessageOf, MessageTypes } from '../message/message-types.ts';
import { isBusyStatus, type ChatSnapshot, type ChatStatus } from '../store/chat-snapshot.ts';
import type { Chat } from '../store/chat.ts';
import { useRegisteredStream } from './stream-registry.ts';
import { useKeyed } from './use-keyed.ts';
import { useStore } from './use-store.ts';

export type { Chat, ChatOptions };

/** Options for a chat of the component's own, or a chat that lives elsewhere. */
export type UseChatStreamOptions<Types extends MessageTypes = MessageTypes> =
  | ChatOptions<Types>
  | { readonly chat: Chat<Types> };

export interface UseChatStreamResult<Types extends MessageTypes = MessageTypes> extends Pick<
  Chat<Types>,
  | 'send'
  | 'stop'
  | 'retry'
  | 'resume'
  | 'regenerate'
  | 'edit'
  | 'addToolResult'
  | 'approve'
  | 'setMessages'
  | 'branches'
> {
  /** The active path, oldest first. A message that did not change keeps its identity. */
  readonly messages: readonly MessageOf<Types>[];
  readonly status: ChatStatus;
  /** `submitted` or `streaming`. */
  readonly isBusy: boolean;
  /** Why the newest answer is not whole. */
  readonly error: MessageError | undefined;
  readonly connection: ConnectionState;
  /** The chat itself, to share with other components or hooks. */
  readonly chat: Chat<Types>;
}

/**
 * Holds one conversation with a streaming backend. Renders at most once a frame, however many tokens arrive. Options are
 * read when a turn starts, so inline functions and objects are welcome; another `id` is another conversation.
 *
 * A chat made here stops when the component unmounts; a chat passed in lives on.
 */
export function useChatStream<Types extends MessageTypes = MessageTypes>(
  options: UseChatStreamOptions<Types>,
): UseChatStreamResult<Types>;
export function useChatStream(options: UseChatStreamOptions): UseChatStreamResult {
  const chat = useChat(options);
  const { conversation, status, error, connection } = useStore<ChatSnapshot>(chat);
  return useMemo(
    () => ({
      messages: conversation.messages,
      status,
      isBusy: isBusyStatus(status),
      error,
      connection,
      chat,
      send: chat.send,
      stop: chat.stop,
      retry: chat.retry,
      resume: chat.resume,
      regenerate: chat.regenerate,
      edit: chat.edit,
      addToolResult: chat.addToolResult,
      approve: chat.approve,
      branches: chat.branches,
      setMessages: chat.setMessages,
    }),
    [chat, conversation, status, error, connection],
  );
}

function useChat(options: UseChatStreamOptions): Chat {
  const given = 'chat' in options ? options.chat : undefined;
  const own = 'chat' in options ? undefined : options;
  // Another id is another conversation: it takes over in this very render, so that nothing of the old one shows.
  const ownChat = useKeyed([own === undefined, own?.id], () => (own === undefined ? undefined : createChat(own)));
  // Before effects and gestures of this commit can start a turn with the options of an earlier one.
  useInsertionEffect(() => {
    if (own !== undefined) ownChat?.configure(own);
  });
  useEffect(() => {
    const release = ownChat?.hold();
    return () => {
      ownChat?.dispose();
      release?.();
    };
  }, [ownChat]);

  const chat = given ?? ownChat;
  if (chat === undefined) throw new TypeError('unreachable: options hold a chat or make one');
  useRegisteredStream(chat.status);
  return chat;
}
