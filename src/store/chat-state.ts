// A chat's state and the ways it changes: a conversation, a connection, and the snapshot that is published of them.
import type { Clock } from '../base/clock.ts';
import type { ConnectionState } from '../connection/connection-state.ts';
import { messageById, replaceMessage } from '../message/conversation.ts';
import type { Conversation, Message } from '../message/message.ts';
import { type ChatSnapshot, chatSnapshotOf } from './chat-snapshot.ts';
import { createStore, type Store } from './store.ts';

export interface ChatState {
  readonly store: Store<ChatSnapshot>;
  /** The newest, published or not. */
  readonly conversation: Conversation;
  /** The message as it stands now; itself where it does not. */
  standing(message: Message): Message;
  publish(change: { readonly conversation?: Conversation; readonly connection?: ConnectionState }): void;
  publishMessage(message: Message, when?: 'frame' | 'now'): void;
}

export function createChatState(
  initial: Conversation,
  clock: Clock,
  throttleMs: number | undefined,
  queued: () => number,
): ChatState {
  const store = createStore<ChatSnapshot>(chatSnapshotOf(initial, { status: 'idle' }, 0), { clock, throttleMs });

  function set(change: Parameters<ChatState['publish']>[0], when: 'frame' | 'now') {
    const { conversation, connection } = { ...store.current, ...change };
    store.set(chatSnapshotOf(conversation, connection, queued()), when);
  }

  const state: ChatState = {
    store,
    get conversation() {
      return store.current.conversation;
    },
    standing: (message) => messageById(state.conversation, message.id) ?? message,
    publish: (change) => set(change, 'now'),
    publishMessage(message, when = 'now') {
      set({ conversation: replaceMessage(state.conversation, message) }, when);
    },
  };
  return state;
}
