'use client';
// Who speaks, and how the message stands: the two parts of a bubble that are words of ours.
import { forwardRef } from 'react';
import type { Message, MessageStatus } from '../../message/message.ts';
import { authorLabel } from '../internal/author-label.ts';
import { useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon, type IconName } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';

export interface MessageBubbleAuthorProps extends SlotProps<'span'>, LabelsOption {
  readonly message: Pick<Message, 'role'>;
}

/** Names the author. Children replace the name, which is read before the message. */
export const MessageBubbleAuthor: SlotComponent<MessageBubbleAuthorProps, HTMLSpanElement> = /* @__PURE__ */ forwardRef<
  HTMLSpanElement,
  MessageBubbleAuthorProps
>(function MessageBubbleAuthor({ message, labels, locale, children, ...rest }, ref) {
  const { say } = useWording({ labels, locale });
  const props = { ...rest, children: children ?? say(authorLabel[message.role]) };
  return useSlot('span', 'message-bubble-author', props, ref);
});

/** What is worth a mark: how a message that is not simply whole ended. */
const marks: Partial<Record<MessageStatus, { readonly icon: IconName; readonly label: MarkLabel }>> = {
  unconfirmed: { icon: 'circle', label: 'statusUnconfirmed' },
  stopped: { icon: 'stop', label: 'statusStopped' },
  interrupted: { icon: 'warning', label: 'statusInterrupted' },
  failed: { icon: 'error', label: 'statusFailed' },
};

type MarkLabel = 'statusUnconfirmed' | 'statusStopped' | 'statusInterrupted' | 'statusFailed';

export interface MessageBubbleStatusProps extends Omit<SlotProps<'p'>, 'children'>, LabelsOption {
  readonly message: Pick<Message, 'status'>;
}

/** A quiet line in words and a sign, never colour alone. Renders nothing for a message that is whole or still grows. */
export const MessageBubbleStatus: SlotComponent<MessageBubbleStatusProps, HTMLParagraphElement> =
  /* @__PURE__ */ forwardRef<HTMLParagraphElement, MessageBubbleStatusProps>(function MessageBubbleStatus(
    { message, labels, locale, ...rest },
    ref,
  ) {
    const { say } = useWording({ labels, locale });
    const mark = marks[message.status];
    const children = mark && (
      <>
        <Icon name={mark.icon} />
        {say(mark.label)}
      </>
    );
    const line = useSlot('p', 'message-bubble-status', { ...rest, 'data-status': message.status, children }, ref);
    return mark === undefined ? null : line;
  });
