'use client';
// The rows of a thread, in runs. A run is the unit that the browser skips while it is far from the viewport: skipping
// each row alone would cost a look at thousands of them in every frame.
import {
  memo,
  type MemoExoticComponent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Message } from '../../message/message.ts';
import { messageText } from '../internal/message-text.ts';
import { MessageBubble } from '../message-bubble/message-bubble.tsx';
import type { MessageParts } from '../message-bubble/message-parts.ts';
import type { Nearby } from './nearby.ts';
import { MessageListItem, MessageListRun } from './message-list-parts.tsx';
import { PlainBubble } from './plain-bubble.tsx';

export interface RowOptions {
  readonly nearby: Nearby;
  readonly renderMessage: ((message: Message) => ReactNode) | undefined;
  readonly parts: MessageParts | undefined;
}

export interface MessageRunProps extends RowOptions {
  readonly messages: readonly Message[];
  /** How many of the last ones are near the end of the thread. */
  readonly tail: number;
}

type MessageRunComponent = MemoExoticComponent<(props: MessageRunProps) => ReactElement>;

export const MessageRun: MessageRunComponent = /* @__PURE__ */ memo(function MessageRun({
  messages,
  tail,
  ...options
}: MessageRunProps): ReactElement {
  const [run, near] = useNear(options.nearby, true);
  const { length } = messages;
  useEffect(() => {
    // By script, for a strict content policy drops inline styles from server markup. It need not follow what grows: the
    // browser remembers how tall a run was.
    if (run.current !== null) estimateHeight(run.current, messages);
    // oxlint-disable-next-line react/exhaustive-deps -- only rows that come or go matter
  }, [length, run]);
  return (
    <MessageListRun ref={run} data-state={tail > 0 ? 'tail' : undefined}>
      {messages.map((message, index) => (
        <Row key={message.id} message={message} tail={index >= length - tail} near={near} {...options} />
      ))}
    </MessageListRun>
  );
});

interface RowProps extends RowOptions {
  readonly message: Message;
  readonly tail: boolean;
  /** Whether the run is near, and the row may therefore be. */
  readonly near: boolean;
}

/** One row: rich near the viewport and at the end, plain elsewhere. What was rich once stays so, with all its state. */
const Row = /* @__PURE__ */ memo(function Row({
  message,
  tail,
  near: maybe,
  nearby,
  renderMessage,
  parts,
}: RowProps): ReactElement {
  const [row, near] = useNear(nearby, maybe || tail);
  const rich = near || tail;
  // Kept, for a row at the end is rich before it is known to be near.
  const content = useMemo(() => {
    if (!rich) return <PlainBubble message={message} />;
    return renderMessage === undefined ? <MessageBubble message={message} parts={parts} /> : renderMessage(message);
  }, [rich, message, renderMessage, parts]);
  return <MessageListItem ref={row}>{content}</MessageListItem>;
});

/** Whether the element has been near the viewport. Asks only once it may be. */
function useNear(nearby: Nearby, maybe: boolean) {
  const [near, setNear] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current === null || near || !maybe) return;
    return nearby.watch(element.current, () => setNear(true));
  }, [near, maybe, nearby]);
  return [element, near] as const;
}

const charsPerLine = 64;

/** What is between rows, and what is said, in the theme's own sizes. */
function estimateHeight(run: HTMLElement, messages: readonly Message[]): void {
  let lines = 0;
  for (const message of messages) {
    for (const line of messageText(message).split('\n')) lines += Math.max(1, Math.ceil(line.length / charsPerLine));
  }
  const rows = `${messages.length} * (2 * var(--rv-space-3) + 1.5rem)`;
  const words = `${lines} * var(--rv-text-md) * var(--rv-leading-prose)`;
  run.style.setProperty('contain-intrinsic-block-size', `auto calc(${rows} + ${words})`);
}
