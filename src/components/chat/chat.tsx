'use client';
// A whole conversation in one element: the transcript, the connection's state and where the reader writes, on one
// `useChatStream`. Everything in it is also exported alone, to be put together in another way.
import {
  createContext,
  forwardRef,
  useContext,
  useMemo,
  useState,
  type Context,
  type ForwardedRef,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { ConnectionState } from '../../connection/connection-state.ts';
import {
  type Chat as ChatStore,
  type ChatOptions,
  useChatStream,
  type UseChatStreamOptions,
} from '../../hooks/use-chat-stream.ts';
import type { ComposedMessage } from '../../hooks/use-composer.ts';
import { useStore } from '../../hooks/use-store.ts';
import type { Message } from '../../message/message.ts';
import { actionTexts } from '../../labels/texts.ts';
import { Announcer, type AnnouncerProps } from '../announcer/announcer.tsx';
import { ChatInput, type ChatInputProps } from '../chat-input/chat-input.tsx';
import { ConnectionBanner } from '../connection-banner/connection-banner.tsx';
import { EmptyState } from '../empty-state/empty-state.tsx';
import { present } from '../internal/data-attributes.ts';
import { chain, createSlot, useJoinedRef, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { LabelsProvider, useWording, type LabelsOption } from '../internal/labels-context.tsx';
import { messageText } from '../internal/message-text.ts';
import { useKeptFocus } from '../internal/use-kept-focus.ts';
import { MessageActions } from '../message-actions/message-actions.tsx';
import { MessageBubble } from '../message-bubble/message-bubble.tsx';
import type { MessageParts, PartProps } from '../message-bubble/message-parts.ts';
import { MessageText } from '../message-bubble/default-parts.tsx';
import { MessageList, type MessageListProps } from '../message-list/message-list.tsx';
import { MarkdownText } from '../streaming-markdown/streaming-markdown.tsx';
import { splitOptions } from './chat-options.ts';
import { readFiles } from './read-files.ts';

export interface ChatViewProps extends Omit<SlotProps<'div'>, 'children' | 'id' | 'onError'>, LabelsOption {
  /** Replaces how parts are rendered, by type. Answers are markdown, questions plain text. The same object every time. */
  readonly parts?: MessageParts;
  /** Shown while there are no messages. Default: an `EmptyState` with the suggestions. */
  readonly empty?: ReactNode;
  /** Questions to begin with. */
  readonly suggestions?: readonly string[];
  readonly placeholder?: string;
  /** What may be attached, as `<input accept>`; `null`: nothing. Default `null`. */
  readonly accept?: string | null;
  /** How much is spoken; see `Announcer`. */
  readonly announce?: AnnouncerProps['announce'];
  /** What is kept in view as an answer grows; see `MessageList`. Default `end`. */
  readonly follow?: MessageListProps['follow'];
  /** Above the transcript: a title, a model to choose. */
  readonly header?: ReactNode;
}

/** The options of a conversation, or a chat that lives elsewhere, and how it is shown. */
export type ChatProps = ChatViewProps & (ChatOptions | { readonly chat: ChatStore });

/** `<Chat url="/chat" protocol={namedEvents()} />` is a whole conversation. It fills the height it is given. */
export const Chat: SlotComponent<ChatProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<HTMLDivElement, ChatProps>(
  function Chat({ labels, locale, ...props }, ref) {
    const [options, view] = splitOptions<ChatViewProps & { readonly chat?: ChatStore }>(props);
    return (
      <LabelsProvider labels={labels} locale={locale}>
        <Conversation {...view} options={options} forwarded={ref} />
      </LabelsProvider>
    );
  },
);

interface ConversationProps extends Omit<ChatViewProps, keyof LabelsOption> {
  readonly options: UseChatStreamOptions;
  readonly chat?: ChatStore;
  readonly forwarded: ForwardedRef<HTMLDivElement>;
}

function Conversation({
  options,
  chat: given,
  forwarded,
  parts = defaultParts,
  empty,
  suggestions,
  placeholder,
  accept,
  announce,
  follow,
  header,
  ...rest
}: ConversationProps): ReactElement {
  const { chat, messages, connection, isBusy } = useChatStream(
    given === undefined ? { whenBusy: 'queue', ...options } : { chat: given },
  );
  const [root, setRoot] = useState<HTMLDivElement | null>(null);
  const rootRef = useJoinedRef<HTMLDivElement>(forwarded, setRoot);
  useKeptFocus(root);
  const [editing, setEditing] = useState<string>();
  const newest = messages.at(-1)?.id;
  const rows = useMemo(() => ({ chat, parts, newest, editing, setEditing }), [chat, parts, newest, editing]);
  const send = async ({ text, files }: ComposedMessage) => {
    void chat.send({ text, files: await readFiles(files) });
  };
  const stopOnEscape = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing && isBusy) chat.stop();
  };

  return (
    <Announcer messages={messages} connection={connection} announce={announce}>
      <ChatRoot
        {...rest}
        ref={rootRef}
        data-streaming={present(isBusy)}
        onKeyDown={chain(rest.onKeyDown, stopOnEscape)}
      >
        {header}
        <RowsContext.Provider value={rows}>
          <MessageList
            messages={messages}
            renderMessage={renderMessage}
            follow={follow}
            empty={
              empty ?? (
                <EmptyState suggestions={suggestions} onSuggestion={(suggestion) => void chat.send(suggestion)} />
              )
            }
          />
        </RowsContext.Provider>
        <ChatFooter>
          <ConnectionBanner state={passing(connection)} onRetry={chat.status.retryNow} />
          <DraftInput
            chat={chat}
            onSend={send}
            onStop={chat.stop}
            busy={isBusy}
            whenBusy="queue"
            queued={chat.getSnapshot().queued}
            maxFiles={accept == null ? 0 : undefined}
            accept={accept ?? undefined}
            dropTarget={root}
            placeholder={placeholder}
          />
        </ChatFooter>
      </ChatRoot>
    </Announcer>
  );
}

/** What is being written is the chat's: it outlives the page where the chat does. On its own, so that a key renders only this. */
function DraftInput({ chat, ...props }: ChatInputProps & { readonly chat: ChatStore }): ReactElement {
  const draft = useStore(chat.draft);
  return <ChatInput {...props} value={draft} onValueChange={chat.draft.set} />;
}

interface RowsInForce {
  readonly chat: ChatStore;
  readonly parts: MessageParts;
  /** Only the newest answer can be asked for anew or gone on with. */
  readonly newest: string | undefined;
  /** The question that is being put in other words. */
  readonly editing: string | undefined;
  setEditing(messageId: string | undefined): void;
}

/** What rows need besides their message, so that the function that renders them stays the same. */
const RowsContext: Context<RowsInForce | undefined> = /* @__PURE__ */ createContext<RowsInForce | undefined>(undefined);

function renderMessage(message: Message): ReactElement {
  return <ChatMessage message={message} />;
}

/** A message with what can be done about it. */
function ChatMessage({ message }: { readonly message: Message }): ReactElement | null {
  const rows = useContext(RowsContext);
  if (rows === undefined) return null;
  const { chat, parts, newest, editing, setEditing } = rows;
  if (message.id === editing) return <ChatEditor message={message} {...rows} />;
  const isOver = message.status !== 'pending' && message.status !== 'streaming';
  const isAnswer = message.role === 'assistant';
  const isNewest = message.id === newest;
  return (
    <MessageBubble
      message={message}
      parts={parts}
      onApprove={(approvalId, approved) => void chat.approve(approvalId, approved)}
      onRetry={isNewest ? () => void chat.retry() : undefined}
      onResume={isNewest ? () => void chat.resume() : undefined}
      footer={
        isOver && (
          <MessageActions
            message={message}
            branch={chat.branches.of(message.id)}
            onBranch={(index) => chat.branches.show(message.id, index)}
            onRegenerate={isAnswer ? () => void chat.regenerate(message.id) : undefined}
            onEdit={isAnswer ? undefined : () => setEditing(message.id)}
          />
        )
      }
    />
  );
}

/** A question in the place where it stands; Escape leaves it as it was. */
function ChatEditor({ message, chat, setEditing }: RowsInForce & { readonly message: Message }): ReactElement {
  const { say } = useWording(actionTexts);
  return (
    <ChatInput
      label={say('edit')}
      defaultValue={messageText(message)}
      autoFocus
      onSend={({ text }) => {
        setEditing(undefined);
        void chat.edit(message.id, text);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        setEditing(undefined);
      }}
    />
  );
}

/** What the model writes is markdown; what the reader wrote is shown as it was typed. */
function ChatText(props: PartProps<'text'>): ReactElement {
  return props.message.role === 'assistant' ? (
    <MarkdownText {...props} />
  ) : (
    <MessageText>{props.part.text}</MessageText>
  );
}

const defaultParts: MessageParts = { text: ChatText };

/** What ended an answer is told beside it; the banner tells what may pass by itself. */
function passing(state: ConnectionState): ConnectionState {
  return state.status === 'closed' || state.status === 'interrupted' ? { status: 'idle' } : state;
}

export const ChatRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot('div', 'chat');
export const ChatFooter: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'chat-footer',
);
