'use client';
// Who speaks, and how the message stands: the two parts of a bubble that are words of ours.
import { forwardRef } from 'react';
import type { Message } from '../../message/message.ts';
import { messageTexts } from '../../labels/texts.ts';
import { authorLabel } from '../internal/author-label.ts';
import { useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { endMark, type MarkedMessage } from '../internal/end-mark.ts';
import { Icon } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';

export interface MessageBubbleAuthorProps extends SlotProps<'span'>, LabelsOption {
  readonly message: Pick<Message, 'role'>;
}

/** Names the author. Children replace the name, which is read before the message. */
export const MessageBubbleAuthor: SlotComponent<MessageBubbleAuthorProps, HTMLSpanElement> = /* @__PURE__ */ forwardRef<
  HTMLSpanElement,
  MessageBubbleAuthorProps
>(function MessageBubbleAuthor({ message, labels, locale, children, ...rest }, ref) {
  const { say } = useWording(messageTexts, { labels, locale });
  const props = { ...rest, children: children ?? say(authorLabel[message.role]) };
  return useSlot('span', 'message-bubble-author', props, ref);
});

export interface MessageBubbleStatusProps extends Omit<SlotProps<'p'>, 'children'>, LabelsOption {
  readonly message: MarkedMessage;
  /** Goes on with an answer that its server paused: then there is a button for it. */
  readonly onResume?: (() => void) | undefined;
}

/**
 * A quiet line in words and a sign, never colour alone. Tells what was stopped, and what a limit or a filter cut
 * short. Renders nothing for a message that is whole or still grows.
 */
export const MessageBubbleStatus: SlotComponent<MessageBubbleStatusProps, HTMLParagraphElement> =
  /* @__PURE__ */ forwardRef<HTMLParagraphElement, MessageBubbleStatusProps>(function MessageBubbleStatus(
    { message, onResume, labels, locale, ...rest },
    ref,
  ) {
    const { say } = useWording(messageTexts, { labels, locale });
    const mark = endMark(message);
    const children = mark && (
      <>
        <Icon name={mark.icon} />
        {say(mark.label)}
        {onResume && message.finishReason === 'paused' && (
          <button type="button" className="rv rv-button" data-variant="outline" onClick={onResume}>
            {say('resume')}
          </button>
        )}
      </>
    );
    const line = useSlot('p', 'message-bubble-status', { ...rest, 'data-status': message.status, children }, ref);
    return mark === undefined ? null : line;
  });
