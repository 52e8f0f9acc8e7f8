// A `Chat` in a page of some height, whose server is the test.
import { expect, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Chat, type ChatViewProps } from '../../src/chat.ts';
import { createChat } from '../../src/compose/create-chat.ts';
import type { Message } from '../../src/message/message.ts';
import type { Chat as ChatStore } from '../../src/store/chat.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { createPuppetTransport, type PuppetAttempt } from './puppet-transport.ts';

export interface ChatPage {
  readonly chat: ChatStore;
  readonly attempts: readonly PuppetAttempt[];
  readonly field: HTMLTextAreaElement;
  readonly transcript: HTMLElement;
  /** The answer that is being written. */
  answer(): HTMLElement;
  /** Waits for the request and takes it. */
  accept(): Promise<void>;
  /** Words of the answer, shown when it resolves. */
  say(words: string): Promise<void>;
  finish(): Promise<void>;
}

export async function openChat(props: ChatViewProps = {}, initialMessages: readonly Message[] = []): Promise<ChatPage> {
  const transport = createPuppetTransport();
  const chat = createChat({ url: '/chat', protocol: namedEvents(), transport, initialMessages });
  // A page may hold no more than six streams open.
  onTestFinished(() => chat.dispose());
  await render(
    <div style={{ blockSize: 560 }}>
      <Chat {...props} chat={chat} />
    </div>,
  );
  const taken = new Set<PuppetAttempt>();
  const newest = () => chat.getSnapshot().conversation.messages.at(-1);
  const until = async (condition: () => boolean): Promise<void> => {
    await expect.poll(condition, { timeout: 5_000, interval: 8 }).toBe(true);
  };
  return {
    chat,
    attempts: transport.attempts,
    field: page.getByRole('textbox', { name: 'Your message' }).element() as HTMLTextAreaElement,
    transcript: page.getByRole('region', { name: 'Conversation' }).element() as HTMLElement,
    answer: () => page.getByRole('article', { name: 'Assistant' }).last().element() as HTMLElement,
    async accept() {
      await until(() => transport.attempts.some((attempt) => !taken.has(attempt)));
      taken.add(transport.last);
      transport.last.accept();
    },
    async say(words) {
      const before = newest()?.parts;
      transport.last.push({ kind: 'message', event: 'token', data: JSON.stringify({ token: words }) });
      await until(() => newest()?.parts !== before);
    },
    async finish() {
      transport.last.push({ kind: 'message', event: 'done', data: '{}' });
      await until(() => newest()?.status === 'complete');
    },
  };
}
