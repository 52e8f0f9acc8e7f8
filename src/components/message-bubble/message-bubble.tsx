// One message. The parts hold no state, so a server component can render them; what needs a browser inside marks itself.
import { forwardRef, useId, type ComponentType, type ReactElement, type ReactNode } from 'react';
import type { Message, Part } from '../../message/message.ts';
import { ErrorNotice } from '../error-notice/error-notice.tsx';
import { present } from '../internal/data-attributes.ts';
import { createSlot, useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { LabelsProvider, type LabelsOption } from '../internal/labels-context.tsx';
import { SourceHighlight } from '../internal/source-highlight.tsx';
import { arrangeParts } from './arrange-parts.ts';
import { defaultParts } from './default-parts.tsx';
import { MessageBubbleAuthor, MessageBubbleStatus } from './message-bubble-author.tsx';
import type { Approve, MessageParts } from './message-parts.ts';

export interface MessageBubbleProps extends Omit<SlotProps<'article'>, 'children'>, LabelsOption {
  readonly message: Message;
  /** Replaces how parts are rendered, by type. */
  readonly parts?: MessageParts | undefined;
  /** The author's name. Default: from the labels. */
  readonly author?: ReactNode;
  /** Beside the author's name: a time, a model. */
  readonly meta?: ReactNode;
  /** Below the message: its actions. */
  readonly footer?: ReactNode;
  /** Answers approvals, of tools and of the server. */
  readonly onApprove?: Approve | undefined;
  /** Asks for the answer anew, where it failed or broke off. */
  readonly onRetry?: (() => void) | undefined;
  /** Goes on with an answer that broke off, or that its server paused. */
  readonly onResume?: (() => void) | undefined;
}

/** Assembled of the parts below: who speaks, what is said, how it ended. */
export const MessageBubble: SlotComponent<MessageBubbleProps, HTMLElement> = /* @__PURE__ */ forwardRef<
  HTMLElement,
  MessageBubbleProps
>(function MessageBubble(
  { message, parts, author, meta, footer, onApprove, onRetry, onResume, labels, locale, ...rest },
  ref,
) {
  const id = useId();
  const broken = message.status === 'failed' || message.status === 'interrupted';
  return (
    <LabelsProvider labels={labels} locale={locale}>
      <MessageBubbleRoot aria-labelledby={id} {...rest} message={message} ref={ref}>
        <MessageBubbleHeader>
          <MessageBubbleAuthor id={id} message={message}>
            {author}
          </MessageBubbleAuthor>
          {meta}
        </MessageBubbleHeader>
        <SourceHighlight>
          <MessageBubbleContent message={message} parts={parts} onApprove={onApprove} />
        </SourceHighlight>
        {broken ? (
          <ErrorNotice
            error={message.error ?? unknownErrors[message.status]}
            tone={message.status}
            onRetry={onRetry}
            onResume={message.status === 'interrupted' ? onResume : undefined}
          />
        ) : (
          <MessageBubbleStatus message={message} onResume={onResume} />
        )}
        {footer !== undefined && footer !== null && <MessageBubbleFooter>{footer}</MessageBubbleFooter>}
      </MessageBubbleRoot>
    </LabelsProvider>
  );
});

const unknownErrors = {
  interrupted: { code: 'closed-early', retryable: true },
  failed: { code: 'unknown', retryable: true },
} as const;

export interface MessageBubbleRootProps extends SlotProps<'article'> {
  readonly message: Pick<Message, 'role' | 'status'>;
}

export const MessageBubbleRoot: SlotComponent<MessageBubbleRootProps, HTMLElement> = /* @__PURE__ */ forwardRef<
  HTMLElement,
  MessageBubbleRootProps
>(function MessageBubbleRoot({ message, ...rest }, ref) {
  return useSlot(
    'article',
    'message-bubble',
    {
      ...rest,
      'data-role': message.role,
      'data-status': message.status,
      'data-streaming': present(message.status === 'pending' || message.status === 'streaming'),
    },
    ref,
  );
});

export const MessageBubbleHeader: SlotComponent<SlotProps<'header'>, HTMLElement> = /* @__PURE__ */ createSlot(
  'header',
  'message-bubble-header',
);

export interface MessageBubbleContentProps extends SlotProps<'div'> {
  readonly message: Message;
  readonly parts?: MessageParts | undefined;
  readonly onApprove?: Approve | undefined;
}

/** The message's parts, each by its component. Text is plain unless `parts.text` renders markdown. Children replace all of it. */
export const MessageBubbleContent: SlotComponent<MessageBubbleContentProps, HTMLDivElement> =
  /* @__PURE__ */ forwardRef<HTMLDivElement, MessageBubbleContentProps>(function MessageBubbleContent(
    { message, parts, onApprove, children, ...rest },
    ref,
  ) {
    const contents = <Contents message={message} parts={parts} onApprove={onApprove} />;
    const props = { ...rest, children: children ?? contents };
    return useSlot('div', 'message-bubble-content', props, ref);
  });

interface ContentsProps {
  readonly message: Message;
  readonly parts?: MessageParts | undefined;
  readonly onApprove?: Approve | undefined;
}

function Contents({ message, parts, onApprove }: ContentsProps): ReactElement {
  const { inline, sources, phases, waiting } = arrangeParts(message);
  const Sources = parts?.source === undefined ? defaultParts.source : parts.source;
  const Status = parts?.status === undefined ? defaultParts.status : parts.status;
  return (
    <>
      {inline.map((part) => (
        <OnePart key={part.id} part={part} message={message} parts={parts} onApprove={onApprove} />
      ))}
      {waiting && Status && <Status parts={phases} message={message} />}
      {sources.length > 0 && Sources && <Sources parts={sources} message={message} />}
    </>
  );
}

function OnePart({ part, message, parts, onApprove }: ContentsProps & { readonly part: Part }): ReactElement | null {
  if (part.type === 'data') {
    const own = parts?.data?.[part.name];
    const Data = own === undefined ? defaultParts.data[part.name] : own;
    return Data ? <Data part={part} message={message} /> : null;
  }
  if (part.type === 'source' || part.type === 'status') return null;
  const own = parts?.[part.type];
  // The type of the part chose the component, so the two agree; TypeScript cannot follow that through the map.
  const Component = (own === undefined ? defaultParts[part.type] : own) as ComponentType<{
    readonly part: Part;
    readonly message: Message;
    readonly onApprove?: Approve | undefined;
  }> | null;
  return Component ? <Component part={part} message={message} onApprove={onApprove} /> : null;
}

export const MessageBubbleFooter: SlotComponent<SlotProps<'footer'>, HTMLElement> = /* @__PURE__ */ createSlot(
  'footer',
  'message-bubble-footer',
);
