// What a storage sees of a chat, and a chat of its storage.
import type { Clock } from '../base/clock.ts';
import type { StreamError } from '../base/errors.ts';
import { createListeners } from '../base/listeners.ts';
import type { Conversation, Message } from '../message/message.ts';
import type { TurnInput } from '../protocol/adapter.ts';

/** Keeps a chat across reloads. Made by `chatStorage` or `localChatStorage`. */
export interface ChatStorage {
  /** Restores the chat and stores it as it changes, until the result is called. */
  hold(chat: StoredChat): () => void;
}

/** What has to be known to go on with an answer on another page. Plain JSON. */
export interface PendingTurn {
  readonly key: string;
  readonly trigger: TurnInput['trigger'];
  /** The answer as it was when the turn began. */
  readonly base: Message;
  readonly cursor?: string | undefined;
}

/** All that is kept of a chat. */
export interface ChatContent {
  readonly conversation: Conversation;
  /** The turn that runs, or was interrupted and can be gone on with. */
  readonly pending: PendingTurn | undefined;
  readonly draft: string;
}

export interface StoredChat {
  readonly id: string;
  readonly clock: Clock;
  /** The newest, published or not. */
  content(): ChatContent;
  /** Something of the content changed, perhaps. */
  subscribe(listener: () => void): () => void;
  /** Resolves when the turn that runs has ended. */
  readonly running: Promise<unknown> | undefined;
  /** Nothing was asked or changed since the chat was made or restored. */
  readonly isUntouched: boolean;
  restore(content: ChatContent): void;
  /** Goes on with the turn that was restored. */
  resume(): void;
  report(error: StreamError): void;
}

/** What the reader has written and not sent; a store, for `useStore(chat.draft)`. */
export interface DraftStore {
  getSnapshot(): string;
  getServerSnapshot(): string;
  subscribe(listener: () => void): () => void;
  set(text: string): void;
}

export function createDraftStore(): DraftStore {
  const listeners = createListeners();
  let draft = '';
  return {
    getSnapshot: () => draft,
    getServerSnapshot: () => '',
    subscribe: listeners.add,
    set(text) {
      if (text === draft) return;
      draft = text;
      listeners.notify();
    },
  };
}
