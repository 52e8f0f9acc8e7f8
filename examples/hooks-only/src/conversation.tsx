// A conversation in markup of one's own: the hooks give state and prop getters, and everything seen here is this file's.
import { useEffect, useRef } from 'react';
import { useAnnouncer, useChatStream, useComposer, useStickToBottom, type Message } from 'rivulet/hooks';
import { webSocketTransport } from 'rivulet/core';
import { namedEvents } from 'rivulet/protocols';
import { ConnectionLine } from './connection-line.tsx';

// One socket for all turns. The server puts an id into every message and goes on after the one it is sent.
const protocol = namedEvents({ socket: true, resumable: true });
const transport = webSocketTransport({
  ping: {
    message: '{"type":"ping"}',
    everyMs: 15_000,
    isPong: (frame) => 'data' in frame && frame.data === '{"type":"pong"}',
  },
});

export function Conversation() {
  const { messages, send, stop, retry, isBusy, status, connection } = useChatStream({
    url: '/chat',
    protocol,
    transport,
  });
  const composer = useComposer({
    onSend: ({ text }) => void send(text),
    onStop: stop,
    busy: isBusy,
    whenBusy: 'refuse',
  });
  const scroll = useStickToBottom();
  const { announce, getStatusProps } = useAnnouncer();
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== status && status === 'ready') announce('The answer is complete.');
    before.current = status;
  }, [status, announce]);

  return (
    <main>
      <h1>Hooks only</h1>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <section className="transcript" tabIndex={0} aria-label="Conversation" {...scroll.getViewportProps()}>
        <ol {...scroll.getContentProps()}>
          {messages.map((message) => (
            <Turn key={message.id} message={message} />
          ))}
        </ol>
      </section>
      {!scroll.atEnd && (
        <button type="button" onClick={() => scroll.scrollToEnd()}>
          To the newest
        </button>
      )}
      <ConnectionLine connection={connection} />
      {(status === 'interrupted' || status === 'error') && (
        <p>
          The answer is not whole.{' '}
          <button type="button" onClick={() => void retry()}>
            Try again
          </button>
        </p>
      )}
      <form {...composer.getRootProps()}>
        <label htmlFor="question">Your question</label>
        <textarea id="question" {...composer.getInputProps()} />
        <button {...composer.getActionProps()}>{composer.action === 'stop' ? 'Stop' : 'Send'}</button>
      </form>
      <div className="only-heard" {...getStatusProps()} />
    </main>
  );
}

function Turn({ message }: { readonly message: Message }) {
  return (
    <li data-role={message.role} data-status={message.status}>
      <h2>{message.role === 'user' ? 'You' : 'Answer'}</h2>
      {message.parts.map((part) => {
        switch (part.type) {
          case 'text':
            return <p key={part.id}>{part.text}</p>;
          case 'status':
            return part.status === 'active' ? <p key={part.id}>{part.label ?? part.state}…</p> : null;
          case 'source':
            return (
              <p key={part.id}>
                Source: <cite>{part.title ?? part.url}</cite>
              </p>
            );
          default:
            return null;
        }
      })}
    </li>
  );
}
