'use client';
// A protocol is functions, which cannot come from a server component: the chat is put together on this side of the line.
import { Chat } from 'rivulet/chat';
import type { Message } from 'rivulet/core';
import { namedEvents } from 'rivulet/protocols';

const protocol = namedEvents({ resumable: true, idempotent: true });

export function Conversation({ history }: { readonly history: readonly Message[] }) {
  return <Chat id="example" url="/api/chat" protocol={protocol} initialMessages={history} />;
}
