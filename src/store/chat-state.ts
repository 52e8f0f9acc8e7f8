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
  /** Before the next paint, publishes what `change` makes of the message then; runs once, when somebody looks. */
  deferMessage(message: Message, change: (standing: Message) => Message): void;
}

export function createChatState(
  initial: Conversation,
  clock: Clock,
  throttleMs: number | undefined,
  queued: () => number,
): ChatState {
  const store = createStore<ChatSnapshot>(chatSnapshotOf(initial, { status: 'idle' }, 0), { clock, throttleMs });

  function set(change: Parameters<ChatState['publish']>[0], when: 'frame' | 'now') {
    const { current } = store;
    const { conversation, connection } = { ...current, ...change };
    const isSame =
      conversation === current.conversation && connection === current.connection && queued() === current.queued;
    // What was set for the next frame is due now, even where nothing is added to it.
    store.set(isSame ? current : chatSnapshotOf(conversation, connection, queued()), when);
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
    deferMessage(message, change) {
      store.defer((snapshot) => {
        const standing = messageById(snapshot.conversation, message.id);
        if (standing === undefined) return snapshot;
        const conversation = replaceMessage(snapshot.conversation, change(standing));
        return chatSnapshotOf(conversation, snapshot.connection, snapshot.queued);
      });
    },
  };
  return state;
}
