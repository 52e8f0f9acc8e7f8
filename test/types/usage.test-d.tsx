// Code as users write it, for the compiler alone: what it must accept, and after `@ts-expect-error` what it must refuse.
// Compiled against the packed declarations by test/package/declarations.test.ts, never run.
import { createRef, type ReactElement } from 'react';
import {
  Chat,
  createChat,
  type Message,
  MessageBubble,
  namedEvents,
  type PartOf,
  StreamingMarkdown,
  streamChat,
  useChatStream,
  useConnectionStatus,
  useEventStream,
} from 'rivulet';
import type { StandardSchema } from 'rivulet/core';
import type { Adapter } from 'rivulet/protocols';
import { fetchEventSourceTransport } from 'rivulet/fetch-event-source';
import { zhCN } from 'rivulet/labels/zh-CN';
import { scriptedTransport } from 'rivulet/testing';

// A library of custom elements on the same page tells the compiler of its tags; React knows nothing of them.
declare global {
  interface HTMLElementTagNameMap {
    'some-inspector': HTMLElement;
  }
}

declare const schema: StandardSchema<{ readonly amount: number }>;

export function Prices(): ReactElement {
  const { latest, events, stream } = useEventStream({
    url: '/prices',
    events: { price: schema, note: (value) => String(value) },
    onEvent(event) {
      if (event.type === 'price') event.data.amount.toFixed(2);
      // @ts-expect-error -- a note is text
      if (event.type === 'note') void event.data.amount;
      // @ts-expect-error -- no event has this name
      if (event.type === 'notice') throw new Error();
    },
  });
  const { quality, retryAt } = useConnectionStatus(stream);
  const at: number | undefined = retryAt;
  return (
    <p title={String(at)}>
      {latest?.type} {events.length} {quality.level}
    </p>
  );
}

export function Amounts(): ReactElement {
  const { latest } = useEventStream({
    url: '/prices',
    events: { price: schema },
    select: ({ data }) => data.amount,
  });
  const amount: number | undefined = latest;
  return <p>{amount}</p>;
}

export function Own(): ReactElement {
  const { messages, send, status } = useChatStream({
    url: '/chat',
    protocol: namedEvents(),
    onToolCall: ({ name, args }) => (name === 'time' ? new Date() : args),
    onFinish: ({ message, status }) => void [message.id, status],
  });
  const outcome = send({ text: 'Hello', files: [{ mediaType: 'image/png', url: 'data:image/png;base64,' }] });
  void outcome.then(({ status, message, error }) => [status, message?.parts, error?.code]);
  // @ts-expect-error -- there is no such status
  const isDone = status === 'done';
  return <p>{isDone ? '' : messages.map(textOf).join('')}</p>;
}

function textOf(message: Message): string {
  return message.parts
    .filter((part): part is PartOf<'text'> => part.type === 'text')
    .map(({ text }) => text)
    .join('');
}

// @ts-expect-error -- which format it is must be said
export const withoutProtocol: ReactElement = <Chat url="/chat" />;

const root = createRef<HTMLDivElement>();
export const whole: ReactElement = (
  <Chat
    ref={root}
    className="mine"
    url="/chat"
    protocol={namedEvents()}
    labels={zhCN}
    locale="zh-CN"
    transport={fetchEventSourceTransport()}
    parts={{ tool: ({ part }) => <code>{part.name}</code> }}
  />
);

export const shown: ReactElement = (
  <MessageBubble
    message={{ id: 'a', role: 'user', parts: [], status: 'complete', createdAt: 0, metadata: {}, version: 0 }}
  />
);

export const text: ReactElement = (
  <StreamingMarkdown streaming components={{ a: ({ href, children }) => <a href={href}>{children}</a> }}>
    **Bold**
  </StreamingMarkdown>
);

export async function withoutReact(): Promise<void> {
  const protocol: Adapter = namedEvents({ resumable: true });
  const chat = createChat({ transport: scriptedTransport({}), protocol });
  await chat.send('Hello');
  for await (const chunk of streamChat({ url: 'http://localhost/chat', protocol, message: 'Hello' })) {
    if (chunk.type === 'text' && 'delta' in chunk) chunk.delta?.toUpperCase();
    // @ts-expect-error -- a chunk's type is one of a closed list
    if (chunk.type === 'token') throw new Error();
  }
}
