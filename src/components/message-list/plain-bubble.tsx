'use client';
// A message far from the viewport: who speaks and what they say, for find, selection and assistive technology.
import { useId, type ReactElement } from 'react';
import type { Message } from '../../message/message.ts';
import { messageText } from '../internal/message-text.ts';
import { MessageText } from '../message-bubble/default-parts.tsx';
import { MessageBubbleAuthor } from '../message-bubble/message-bubble-author.tsx';
import { MessageBubbleContent, MessageBubbleHeader, MessageBubbleRoot } from '../message-bubble/message-bubble.tsx';

export function PlainBubble({ message }: { readonly message: Message }): ReactElement {
  const id = useId();
  return (
    <MessageBubbleRoot message={message} aria-labelledby={id}>
      <MessageBubbleHeader>
        <MessageBubbleAuthor id={id} message={message} />
      </MessageBubbleHeader>
      <MessageBubbleContent message={message}>
        <MessageText>{messageText(message)}</MessageText>
      </MessageBubbleContent>
    </MessageBubbleRoot>
  );
}
