'use client';
// What a model thought before it spoke. Open while it thinks, closed once it is done, unless the reader meddled.
import { forwardRef, useId, type ReactNode } from 'react';
import type { Clock } from '../../base/clock.ts';
import { useElapsed } from '../../hooks/use-elapsed.ts';
import type { ReasoningPart } from '../../message/message.ts';
import { progressTexts } from '../../labels/texts.ts';
import { present } from '../internal/data-attributes.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';
import { useOpen, type OpenOption } from '../internal/use-open.ts';

export interface ReasoningPanelProps extends Omit<SlotProps<'div'>, 'children' | 'part'>, LabelsOption, OpenOption {
  readonly part: ReasoningPart;
  /** What is shown inside. Default: the text as it came, line breaks kept. */
  readonly children?: ReactNode;
  readonly clock?: Clock;
}

/**
 * | the reader                    | while it streams | after the end |
 * | ----------------------------- | ---------------- | ------------- |
 * | did nothing                   | open             | closed        |
 * | used the button               | as chosen        | as chosen     |
 * | pressed or focused the inside | open             | open          |
 */
export const ReasoningPanel: SlotComponent<ReasoningPanelProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  ReasoningPanelProps
>(function ReasoningPanel({ part, children, open, defaultOpen, onOpenChange, clock, labels, locale, ...rest }, ref) {
  const { say } = useWording(progressTexts, { labels, locale });
  const id = useId();
  const streaming = part.status === 'streaming';
  const [isOpen, setOpen] = useOpen({ open, defaultOpen, onOpenChange }, streaming);
  const elapsed = useElapsed({
    from: part.startedAt,
    to: streaming ? undefined : (part.endedAt ?? part.startedAt),
    ...(clock && { clock }),
  });
  const seconds = elapsed === undefined ? 0 : Math.round(elapsed / 1_000);
  let title = say(streaming ? 'reasoningActive' : 'reasoning');
  if (!streaming && seconds > 0) title = say('reasoningDone', { seconds });
  const keepOpen = (): void => {
    if (streaming) setOpen(true);
  };
  return (
    <ReasoningPanelRoot
      {...rest}
      ref={ref}
      data-part="reasoning"
      data-state={isOpen ? 'open' : 'closed'}
      data-streaming={present(streaming)}
    >
      <ReasoningPanelTrigger aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <Icon name="chevronEnd" />
        <span className="rv rv-reasoning-panel-title">{title}</span>
        {streaming && seconds > 0 && (
          <span className="rv rv-reasoning-panel-elapsed">{say('thinkingElapsed', { seconds })}</span>
        )}
      </ReasoningPanelTrigger>
      <ReasoningPanelContent id={id} hidden={!isOpen} onPointerDown={keepOpen} onFocus={keepOpen}>
        {isOpen ? (children ?? part.text) : null}
      </ReasoningPanelContent>
    </ReasoningPanelRoot>
  );
});

export const ReasoningPanelRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'reasoning-panel',
);

export const ReasoningPanelTrigger: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'reasoning-panel-trigger',
  { type: 'button' },
  'rv-button',
);

export const ReasoningPanelContent: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'reasoning-panel-content',
  { dir: 'auto' },
);
