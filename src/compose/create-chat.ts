// A conversation on real parts: page, clock and ids where none are given.
import { randomId } from '../base/random-id.ts';
import type { MessageTypes } from '../message/message-types.ts';
import type { Chat } from '../store/chat.ts';
import { createChatStore } from '../store/chat-store.ts';
import { type ChatOptions, checkChatOptions } from './chat-options.ts';
import { turnOpener } from './open-turn.ts';
import { platform as pagePlatform } from './platform.ts';

/** A chat whose options can change: what it is to use from the next turn on. */
export interface ConfigurableChat<Types extends MessageTypes = MessageTypes> extends Chat<Types> {
  /** `id`, `initialMessages`, `whenBusy`, `throttleMs`, `onInterrupted`, `persist`, `generateId` and `platform` stay as they were. */
  configure(options: ChatOptions<Types>): void;
}

/** A conversation that lives outside of any component. */
export function createChat<Types extends MessageTypes = MessageTypes>(
  options: ChatOptions<Types>,
): ConfigurableChat<Types>;
export function createChat(first: ChatOptions): ConfigurableChat {
  checkChatOptions(first);
  let current = first;
  const platform = { ...pagePlatform(), ...first.platform };
  const generateId = first.generateId ?? randomId;

  const chat = createChatStore(
    { openTurn: turnOpener(() => current, platform), clock: platform.clock, generateId },
    {
      id: first.id ?? generateId(),
      initialMessages: first.initialMessages,
      whenBusy: first.whenBusy,
      throttleMs: first.throttleMs,
      onInterrupted: first.onInterrupted,
      storage: first.persist || undefined,
      report: (error) => current.onDiagnostic?.(error),
      callbacks: () => current,
    },
  );
  return Object.assign(chat, {
    configure(next: ChatOptions) {
      checkChatOptions(next);
      current = next;
    },
  });
}
