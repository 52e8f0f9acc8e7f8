'use client';
// A message far from the viewport: who speaks and what they say, for find, selection and assistive technology. Looks and
// reads like a bubble of plain text, but is one component: a thread has thousands of them.
import { useId, type ReactElement } from 'react';
import type { Message } from '../../message/message.ts';
import { messageTexts } from '../../labels/texts.ts';
import { authorLabel } from '../internal/author-label.ts';
import { useWording } from '../internal/labels-context.tsx';
import { messageText } from '../internal/message-text.ts';

export function PlainBubble({ message }: { readonly message: Message }): ReactElement {
  const { say } = useWording(messageTexts);
  const id = useId();
  return (
    <article
      aria-labelledby={id}
      className="rv rv-message-bubble"
      data-slot="message-bubble"
      data-role={message.role}
      data-status={message.status}
    >
      <header className="rv rv-message-bubble-header">
        <span id={id} className="rv rv-message-bubble-author">
          {say(authorLabel[message.role])}
        </span>
      </header>
      <div className="rv rv-message-bubble-content">
        <div dir="auto" className="rv rv-message-text">
          {messageText(message)}
        </div>
      </div>
    </article>
  );
}
