// A conversation on the hooks alone: plain HTML in its own words and not one line of the kit's CSS or components.
import { type FormEvent, type ReactElement, useEffect, useId, useState } from 'react';
import type { Message, Part } from '../../src/core.ts';
import { useAnnouncer, useCountdown, useStickToBottom, type UseChatStreamResult } from '../../src/hooks.ts';
import './bare-chat.css';

export function BareChat({ stream }: { readonly stream: UseChatStreamResult }): ReactElement {
  const { messages, status, connection, isBusy } = stream;
  const field = useId();
  const { getViewportProps, getContentProps, atEnd, scrollToEnd } = useStickToBottom();
  const { announce, getStatusProps } = useAnnouncer();
  useEffect(() => {
    if (status === 'submitted') announce('Assistant is responding');
    if (status === 'ready' && messages.length > 0) announce('The answer is there');
  }, [status, messages.length, announce]);
  const ask = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const question = String(new FormData(event.currentTarget).get('question')).trim();
    if (question === '' || isBusy) return;
    event.currentTarget.reset();
    void stream.send(question);
  };

  return (
    <div className="bare-chat">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <section {...getViewportProps()} aria-label="Conversation" tabIndex={0}>
        <ol {...getContentProps()}>
          {messages.map((message) => (
            <li key={message.id}>
              <BareMessage message={message} stream={stream} />
            </li>
          ))}
        </ol>
      </section>
      {!atEnd && (
        <button type="button" onClick={() => scrollToEnd()}>
          Jump to the latest message
        </button>
      )}
      <p {...getStatusProps()} className="bare-status" />
      <Connection state={connection} onRetry={stream.chat.status.retryNow} />
      <form onSubmit={ask}>
        <label htmlFor={field}>Your message</label>
        <input id={field} name="question" autoComplete="off" />
        {isBusy ? (
          <button type="button" onClick={stream.stop}>
            Stop
          </button>
        ) : (
          <button type="submit">Send</button>
        )}
      </form>
    </div>
  );
}

interface BareMessageProps {
  readonly message: Message;
  readonly stream: UseChatStreamResult;
}

function BareMessage({ message, stream }: BareMessageProps): ReactElement {
  const [editing, setEditing] = useState(false);
  const { role, status } = message;
  const isOver = status !== 'pending' && status !== 'streaming';
  const branch = stream.branches.of(message.id);
  return (
    <article aria-label={role === 'user' ? 'You' : 'Assistant'} data-status={status}>
      {message.parts.map((part) => (
        <BarePart key={part.id} part={part} stream={stream} />
      ))}
      {message.error && (
        <p>
          {message.error.message}{' '}
          <button type="button" onClick={() => void stream.retry()}>
            Try again
          </button>
        </p>
      )}
      {isOver && role === 'assistant' && (
        <button type="button" disabled={stream.isBusy} onClick={() => void stream.regenerate(message.id)}>
          Answer again
        </button>
      )}
      {isOver && role === 'user' && (
        <button type="button" disabled={stream.isBusy} onClick={() => setEditing(true)}>
          Edit
        </button>
      )}
      {branch.count > 1 && (
        <fieldset aria-label={`Version ${branch.index + 1} of ${branch.count}`}>
          <button
            type="button"
            disabled={branch.index === 0}
            onClick={() => stream.branches.show(message.id, branch.index - 1)}
          >
            Previous version
          </button>
        </fieldset>
      )}
      {editing && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setEditing(false);
            void stream.edit(message.id, String(new FormData(event.currentTarget).get('words')));
          }}
        >
          <input name="words" aria-label="Edit" defaultValue={wordsOf(message)} />
        </form>
      )}
    </article>
  );
}

function BarePart({
  part,
  stream,
}: {
  readonly part: Part;
  readonly stream: UseChatStreamResult;
}): ReactElement | null {
  switch (part.type) {
    case 'text':
      return <p>{part.text}</p>;
    case 'source':
      return <p>{part.url === undefined ? part.title : <a href={part.url}>{part.title}</a>}</p>;
    case 'tool': {
      const { approval } = part;
      return (
        <p>
          {part.name}: {part.status}
          {approval !== undefined && approval.approved === undefined && (
            <>
              {' '}
              {approval.message}{' '}
              <button type="button" onClick={() => void stream.approve(approval.id, true)}>
                Allow
              </button>
            </>
          )}
        </p>
      );
    }
    default:
      return null;
  }
}

interface ConnectionProps {
  readonly state: UseChatStreamResult['connection'];
  onRetry(): void;
}

function Connection({ state, onRetry }: ConnectionProps): ReactElement | null {
  const seconds = useCountdown(state.status === 'waiting' ? state.retryAt : undefined);
  if (state.status === 'offline') return <p>You are offline</p>;
  if (state.status !== 'waiting') return null;
  return (
    <p>
      {state.cause.status === 503 ? 'The server is busy' : 'Reconnecting'}, next try in {seconds} s{' '}
      <button type="button" onClick={onRetry}>
        Try now
      </button>
    </p>
  );
}

function wordsOf({ parts }: Message): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
