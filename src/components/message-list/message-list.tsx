'use client';
// The conversation as one scroll container: follows what grows, keeps the reader's place, and stays cheap when long.
import { forwardRef, useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { useStickToBottom } from '../../hooks/use-stick-to-bottom.ts';
import type { Message } from '../../message/message.ts';
import { transcriptTexts } from '../../labels/texts.ts';
import { useJoinedRef, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon } from '../internal/icons.tsx';
import { KeptSelection } from '../internal/kept-selection.ts';
import { LabelsProvider, useWording, type LabelsOption } from '../internal/labels-context.tsx';
import { useKeptFocus } from '../internal/use-kept-focus.ts';
import type { MessageParts } from '../message-bubble/message-parts.ts';
import { createGrouper } from './group-messages.ts';
import {
  MessageListEarlier,
  MessageListItems,
  MessageListJump,
  MessageListLog,
  MessageListRoot,
  MessageListViewport,
} from './message-list-parts.tsx';
import { MessageRun } from './message-rows.tsx';
import { createNearby } from './nearby.ts';

export interface MessageListProps extends Omit<SlotProps<'div'>, 'children'>, LabelsOption {
  readonly messages: readonly Message[];
  /**
   * Renders one message. Default: a `MessageBubble`. Hand in the same function every time: a new one renders every row
   * again. It is not called for rows far from the viewport, which show their text plainly.
   */
  readonly renderMessage?: ((message: Message) => ReactNode) | undefined;
  /** For the default rows. The same object every time, for the same reason. */
  readonly parts?: MessageParts | undefined;
  /** Shown in place of the rows while there are none. */
  readonly empty?: ReactNode;
  /** Names the transcript. Default: from the labels. */
  readonly label?: string;
  /**
   * What is kept in view as an answer grows. `end`: its end. `turn`: a new question goes to the top and stays there, and
   * the answer grows below it. Default `end`.
   */
  readonly follow?: 'end' | 'turn';
  /** Shows a button at the start that asks for older messages. Put them before the others: the reader's place stays. */
  readonly onLoadEarlier?: (() => void) | undefined;
  /** Shown after the last row, inside the scroll container. */
  readonly footer?: ReactNode;
}

/** How many rows at the end are rich from the start, also in server markup. */
const tailRows = 12;

export const MessageList: SlotComponent<MessageListProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  MessageListProps
>(function MessageList(
  { messages, renderMessage, parts, empty, label, follow = 'end', onLoadEarlier, footer, labels, locale, ...rest },
  ref,
) {
  const { say } = useWording(transcriptTexts, { labels, locale });
  const items = useRef<HTMLDivElement>(null);
  const [leftAt, setLeftAt] = useState<string | undefined>();
  const newest = messages.at(-1)?.id;
  const newestRef = useRef(newest);
  useEffect(() => {
    newestRef.current = newest;
  });
  const { getViewportProps, getContentProps, getSpacerProps, atEnd, scrollToEnd, scrollToTop } = useStickToBottom({
    onAtEndChange: (there) => setLeftAt(there ? undefined : newestRef.current),
  });
  const asked = messages.findLastIndex((message) => message.role === 'user');
  const question = messages[asked]?.id;
  const fromEnd = messages.length - 1 - asked;
  const lastQuestion = useRef(question);
  useEffect(() => {
    if (question === lastQuestion.current) return;
    lastQuestion.current = question;
    const row = follow === 'turn' && question !== undefined ? rowFromEnd(items.current, fromEnd) : undefined;
    if (row !== undefined) scrollToTop(row);
  }, [question, fromEnd, follow, scrollToTop]);
  const [nearby] = useState(createNearby);
  const [group] = useState(createGrouper);
  const [viewport, setViewport] = useState<HTMLDivElement | null>(null);
  const [root, setRoot] = useState<HTMLDivElement | null>(null);
  useKeptFocus(root);
  useEffect(() => (viewport === null ? undefined : nearby.attach(viewport)), [nearby, viewport]);
  const viewportRef = useJoinedRef<HTMLDivElement>(getViewportProps().ref, setViewport);
  const rootRef = useJoinedRef<HTMLDivElement>(ref, setRoot);
  const { ref: spacerRef } = getSpacerProps();
  const contentRef = useJoinedRef<HTMLDivElement>(getContentProps().ref, items);
  const unread = atEnd || leftAt === undefined ? 0 : countAfter(messages, leftAt);

  const jump = (): void => {
    scrollToEnd();
    focusNewest(items.current);
  };

  return (
    <LabelsProvider labels={labels} locale={locale}>
      <MessageListRoot {...rest} ref={rootRef} data-state={atEnd ? 'at-end' : 'away'}>
        <MessageListViewport ref={viewportRef} aria-label={label ?? say('transcript')}>
          {onLoadEarlier !== undefined && (
            <MessageListEarlier onClick={onLoadEarlier}>{say('loadEarlier')}</MessageListEarlier>
          )}
          {messages.length === 0 && empty}
          <MessageListLog>
            <MessageListItems ref={contentRef}>
              <KeptSelection root={root}>
                {group(messages).map(({ key, messages: rows, after }) => (
                  <MessageRun
                    key={key}
                    messages={rows}
                    tail={Math.min(rows.length, Math.max(0, tailRows - after))}
                    nearby={nearby}
                    renderMessage={renderMessage}
                    parts={parts}
                  />
                ))}
              </KeptSelection>
            </MessageListItems>
          </MessageListLog>
          {footer}
          {follow === 'turn' && <div ref={spacerRef} aria-hidden="true" />}
        </MessageListViewport>
        <MessageListJump
          hidden={atEnd}
          aria-label={unread > 0 ? say('jumpToLatestUnread', { count: unread }) : say('jumpToLatest')}
          onClick={jump}
        >
          <Icon name="arrowDown" />
          {unread > 0 && <MessageListUnread count={unread} />}
        </MessageListJump>
      </MessageListRoot>
    </LabelsProvider>
  );
});

function rowFromEnd(items: Element | null, count: number): Element | undefined {
  const rows = items?.querySelectorAll(':scope > * > *');
  return rows?.[rows.length - 1 - count];
}

/** The jump button is about to go: the focus goes where the reader wanted to be. */
function focusNewest(items: Element | null): void {
  const row = rowFromEnd(items, 0);
  if (!(row instanceof HTMLElement)) return;
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
}

function countAfter(messages: readonly Message[], id: string): number {
  const index = messages.findLastIndex((message) => message.id === id);
  return index < 0 ? 0 : messages.length - 1 - index;
}

function MessageListUnread({ count }: { readonly count: number }): ReactElement {
  const { number } = useWording(transcriptTexts);
  return (
    <span aria-hidden="true" className="rv rv-message-list-unread">
      {number(count)}
    </span>
  );
}
