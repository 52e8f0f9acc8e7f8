// One message. The parts hold no state, so a server component can render them; what needs a browser inside marks itself.
import { forwardRef, useId, type ComponentType, type ReactElement, type ReactNode } from 'react';
import type { Message, Part } from '../../message/message.ts';
import { present } from '../internal/data-attributes.ts';
import { createSlot, useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { LabelsProvider, type LabelsOption } from '../internal/labels-context.tsx';
import { SourceHighlight } from '../internal/source-highlight.tsx';
import { arrangeParts } from './arrange-parts.ts';
import { defaultParts } from './default-parts.tsx';
import { MessageBubbleAuthor, MessageBubbleStatus } from './message-bubble-author.tsx';
import type { MessageParts } from './message-parts.ts';

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
}

/** Assembled of the parts below: who speaks, what is said, how it ended. */
export const MessageBubble: SlotComponent<MessageBubbleProps, HTMLElement> = /* @__PURE__ */ forwardRef<
  HTMLElement,
  MessageBubbleProps
>(function MessageBubble({ message, parts, author, meta, footer, labels, locale, ...rest }, ref) {
  const id = useId();
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
          <MessageBubbleContent message={message} parts={parts} />
        </SourceHighlight>
        <MessageBubbleStatus message={message} />
        {footer !== undefined && footer !== null && <MessageBubbleFooter>{footer}</MessageBubbleFooter>}
      </MessageBubbleRoot>
    </LabelsProvider>
  );
});

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
    } as SlotProps<'article'>,
    ref as never,
  );
});

export const MessageBubbleHeader: SlotComponent<SlotProps<'header'>, HTMLElement> = /* @__PURE__ */ createSlot(
  'header',
  'message-bubble-header',
);

export interface MessageBubbleContentProps extends SlotProps<'div'> {
  readonly message: Message;
  readonly parts?: MessageParts | undefined;
}

/** The message's parts, each by its component. Text is plain unless `parts.text` renders markdown. Children replace all of it. */
export const MessageBubbleContent: SlotComponent<MessageBubbleContentProps, HTMLDivElement> =
  /* @__PURE__ */ forwardRef<HTMLDivElement, MessageBubbleContentProps>(function MessageBubbleContent(
    { message, parts, children, ...rest },
    ref,
  ) {
    const props = { ...rest, children: children ?? <Contents message={message} parts={parts} /> };
    return useSlot('div', 'message-bubble-content', props as SlotProps<'div'>, ref as never);
  });

interface ContentsProps {
  readonly message: Message;
  readonly parts?: MessageParts | undefined;
}

function Contents({ message, parts }: ContentsProps): ReactElement {
  const { inline, sources, phases, waiting } = arrangeParts(message);
  const Sources = parts?.source === undefined ? defaultParts.source : parts.source;
  const Status = parts?.status === undefined ? defaultParts.status : parts.status;
  return (
    <>
      {inline.map((part) => (
        <OnePart key={part.id} part={part} message={message} parts={parts} />
      ))}
      {waiting && Status && <Status parts={phases} message={message} />}
      {sources.length > 0 && Sources && <Sources parts={sources} message={message} />}
    </>
  );
}

function OnePart({ part, message, parts }: ContentsProps & { readonly part: Part }): ReactElement | null {
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
  }> | null;
  return Component ? <Component part={part} message={message} /> : null;
}

export const MessageBubbleFooter: SlotComponent<SlotProps<'footer'>, HTMLElement> = /* @__PURE__ */ createSlot(
  'footer',
  'message-bubble-footer',
);
