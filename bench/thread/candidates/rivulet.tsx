// Ours: the parts that `Chat` is made of, given messages by the page as the others are.
import { memo, useMemo } from 'react';
import {
  Announcer,
  ChatInput,
  MessageActions,
  MessageBubble,
  MessageList,
  MessageText,
  type Message,
  type PartProps,
} from '../../../src/components.ts';
import { MarkdownText } from '../../../src/markdown.ts';
import '../../../src/styles/styles.css';
import type { ViewProps } from '../candidate.ts';
import type { BenchMessage } from '../messages.ts';

/** As in `Chat`: answers are markdown, questions are shown as they were typed. */
function Text(props: PartProps<'text'>) {
  return props.message.role === 'assistant' ? (
    <MarkdownText {...props} />
  ) : (
    <MessageText>{props.part.text}</MessageText>
  );
}

const parts = { text: Text };
const nothing = (): void => undefined;
const known = new WeakMap<BenchMessage, Message>();

/** What the store of a chat hands to its view: a finished message stays the same object. */
function messageOf(given: BenchMessage, streaming: boolean): Message {
  const old = known.get(given);
  if (old !== undefined) return old;
  const status = streaming ? 'streaming' : 'complete';
  const made: Message = {
    id: given.id,
    role: given.role,
    parts: [{ id: `${given.id}/0`, type: 'text', text: given.text, status }],
    status,
    createdAt: 0,
    metadata: {},
    version: 0,
  };
  known.set(given, made);
  return made;
}

function renderMessage(message: Message) {
  return (
    <MessageBubble
      message={message}
      parts={parts}
      footer={message.status === 'complete' && <MessageActions message={message} onRegenerate={nothing} />}
    />
  );
}

const Input = memo(ChatInput);

export default function View({ messages, streaming }: ViewProps) {
  const shown = useMemo(
    () => messages.map((one, index) => messageOf(one, streaming && index === messages.length - 1)),
    [messages, streaming],
  );
  return (
    <Announcer messages={shown}>
      <div style={{ display: 'flex', flexDirection: 'column', height: '100vh' }}>
        <MessageList messages={shown} renderMessage={renderMessage} style={{ flex: 1 }} />
        <Input onSend={nothing} busy={streaming} />
      </div>
    </Announcer>
  );
}
