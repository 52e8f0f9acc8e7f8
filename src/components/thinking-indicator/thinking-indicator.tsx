'use client';
// What the assistant is doing before or between its words: the newest phase, how long it lasts, what it looks at.
import { forwardRef, type ReactElement, type ReactNode } from 'react';
import type { Clock } from '../../base/clock.ts';
import { useDelayed } from '../../hooks/use-delayed.ts';
import { useElapsed } from '../../hooks/use-elapsed.ts';
import type { StatusPart } from '../../message/message.ts';
import { progressTexts } from '../../labels/texts.ts';
import { present } from '../internal/data-attributes.ts';
import { createSlot, useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon } from '../internal/icons.tsx';
import { useWording, type LabelsOption, type Wording } from '../internal/labels-context.tsx';

export interface ThinkingIndicatorProps extends Omit<SlotProps<'div'>, 'children'>, LabelsOption {
  /** The phases of one answer, oldest first: its `status` parts. Without any it says "Thinking". */
  readonly phases?: readonly StatusPart[];
  /** Whether the work goes on. Default `true`. */
  readonly active?: boolean;
  /** When it began, in wall-clock milliseconds. Default: when the first phase did. */
  readonly startedAt?: number | undefined;
  /** How long the work must last before anything shows; its line is kept free meanwhile. Default 250. */
  readonly delayMs?: number;
  /** From when on the time is told. Default 2,000; `Infinity` for never. */
  readonly elapsedAfterMs?: number;
  /** `flow`: the current phase beside a moving mark. `shimmer`: the phase alone. `steps`: all phases, each with its state. Default `flow`. */
  readonly variant?: 'flow' | 'shimmer' | 'steps';
  readonly clock?: Clock;
}

/** Assembled of the parts below. It announces nothing by itself: the announcer does. */
export const ThinkingIndicator: SlotComponent<ThinkingIndicatorProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  ThinkingIndicatorProps
>(function ThinkingIndicator(
  {
    phases = [],
    active = true,
    startedAt,
    delayMs = 250,
    elapsedAfterMs = 2_000,
    variant = 'flow',
    clock,
    labels,
    locale,
    ...rest
  },
  ref,
) {
  const wording = useWording(progressTexts, { labels, locale });
  const shown = useDelayed(active, delayMs, clock) || (!active && phases.length > 0);
  const current = phases.findLast((phase) => phase.status === 'active');
  const from = startedAt ?? phases.find((phase) => phase.startedAt !== undefined)?.startedAt;
  const ended = phases.findLast((phase) => phase.endedAt !== undefined)?.endedAt ?? from;
  const elapsed = useElapsed({ from, to: active ? undefined : ended, ...(clock && { clock }) });
  const time =
    elapsed !== undefined && elapsed >= elapsedAfterMs ? (
      <ThinkingIndicatorElapsed>{elapsedText(elapsed, wording)}</ThinkingIndicatorElapsed>
    ) : null;
  let content: ReactNode = null;
  if (shown && variant === 'steps' && phases.length > 0) {
    content = (
      <>
        <ThinkingIndicatorSteps>
          {phases.map((phase) => (
            <ThinkingIndicatorStep key={phase.id} data-status={phase.status}>
              <Icon name={stepIcon[phase.status]} />
              <ThinkingIndicatorLabel>{phaseText(phase, wording)}</ThinkingIndicatorLabel>
              <StepState phase={phase} wording={wording} />
            </ThinkingIndicatorStep>
          ))}
        </ThinkingIndicatorSteps>
        {time}
      </>
    );
  } else if (shown) {
    content = (
      <>
        {variant === 'flow' && <ThinkingIndicatorMark />}
        <ThinkingIndicatorLabel>
          {current ? phaseText(current, wording) : wording.say('thinking')}
        </ThinkingIndicatorLabel>
        {time}
        <PhaseItems phase={current} />
      </>
    );
  }
  return (
    <ThinkingIndicatorRoot
      {...rest}
      ref={ref}
      data-status={active ? 'active' : 'done'}
      data-streaming={present(active)}
      data-variant={variant}
    >
      {content}
    </ThinkingIndicatorRoot>
  );
});

const stepIcon = { active: 'circle', done: 'check', failed: 'cross' } as const;
const stepLabel = { active: 'stepActive', done: 'stepDone', failed: 'stepFailed' } as const;

function StepState({
  phase,
  wording,
}: {
  readonly phase: StatusPart;
  readonly wording: Wording<keyof typeof progressTexts>;
}): ReactElement {
  return <span className="rv rv-visually-hidden">{wording.say(stepLabel[phase.status])}</span>;
}

function PhaseItems({ phase }: { readonly phase: StatusPart | undefined }): ReactElement | null {
  if (phase?.items === undefined || phase.items.length === 0) return null;
  return (
    <ThinkingIndicatorItems>
      {[...new Set(phase.items)].map((item) => (
        <ThinkingIndicatorItem key={item}>{item}</ThinkingIndicatorItem>
      ))}
    </ThinkingIndicatorItems>
  );
}

/** The server's own words come first; else its word for the state, else ours. */
function phaseText(phase: StatusPart, wording: Wording<keyof typeof progressTexts>): string {
  const text = phase.label ?? (phase.state === '' ? wording.say('thinking') : phase.state);
  if (phase.progress === undefined || phase.status !== 'active') return text;
  const percent = wording.percent(Math.min(1, Math.max(0, phase.progress)));
  return wording.say('phaseWithProgress', { phase: text, progress: wording.say('thinkingProgress', { percent }) });
}

function elapsedText(elapsedMs: number, wording: Wording<keyof typeof progressTexts>): string {
  const seconds = Math.floor(elapsedMs / 1_000);
  if (seconds < 60) return wording.say('thinkingElapsed', { seconds });
  return wording.say('thinkingElapsedMinutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}

export const ThinkingIndicatorRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'thinking-indicator',
);

export type ThinkingIndicatorMarkProps = Omit<SlotProps<'span'>, 'children'>;

/** A line of water, in one stroke. Decoration: it says nothing that the text beside it does not. */
export const ThinkingIndicatorMark: SlotComponent<ThinkingIndicatorMarkProps, HTMLSpanElement> =
  /* @__PURE__ */ forwardRef<HTMLSpanElement, ThinkingIndicatorMarkProps>(function ThinkingIndicatorMark(props, ref) {
    return useSlot(
      'span',
      'thinking-indicator-mark',
      {
        ...props,
        'aria-hidden': true,
        children: (
          <svg
            width="28"
            height="12"
            viewBox="0 0 28 12"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.75"
            strokeLinecap="round"
          >
            <path d="M-10 6c3.5-5 6.5-5 10 0s6.5 5 10 0 6.5-5 10 0 6.5 5 10 0 6.5-5 10 0 6.5 5 10 0" />
          </svg>
        ),
      },
      ref,
    );
  });

export const ThinkingIndicatorLabel: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'thinking-indicator-label',
  { dir: 'auto' },
);

export const ThinkingIndicatorElapsed: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'thinking-indicator-elapsed',
);

export const ThinkingIndicatorItems: SlotComponent<SlotProps<'ul'>, HTMLUListElement> = /* @__PURE__ */ createSlot(
  'ul',
  'thinking-indicator-items',
  { role: 'list' },
);

export const ThinkingIndicatorItem: SlotComponent<SlotProps<'li'>, HTMLLIElement> = /* @__PURE__ */ createSlot(
  'li',
  'thinking-indicator-item',
  { dir: 'auto' },
);

export const ThinkingIndicatorSteps: SlotComponent<SlotProps<'ol'>, HTMLOListElement> = /* @__PURE__ */ createSlot(
  'ol',
  'thinking-indicator-steps',
  { role: 'list' },
);

export const ThinkingIndicatorStep: SlotComponent<SlotProps<'li'>, HTMLLIElement> = /* @__PURE__ */ createSlot(
  'li',
  'thinking-indicator-step',
);
