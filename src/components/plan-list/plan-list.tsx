'use client';
// What the assistant means to do, and how far it is.
import { forwardRef, useId } from 'react';
import { progressTexts } from '../../labels/texts.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon, type IconName } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';

export interface PlanStep {
  readonly id: string;
  readonly label: string;
  readonly status: 'pending' | 'active' | 'done' | 'failed';
  /** A second, quieter line. */
  readonly detail?: string;
}

const states = {
  pending: { icon: 'circle', label: 'stepPending' },
  active: { icon: 'circle', label: 'stepActive' },
  done: { icon: 'check', label: 'stepDone' },
  failed: { icon: 'cross', label: 'stepFailed' },
} as const satisfies Record<PlanStep['status'], { readonly icon: IconName; readonly label: string }>;

export interface PlanListProps extends Omit<SlotProps<'section'>, 'children'>, LabelsOption {
  readonly steps: readonly PlanStep[];
  /** Default: "Plan". */
  readonly heading?: string;
  /** Level of the heading. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6;
}

export const PlanList: SlotComponent<PlanListProps, HTMLElement> = /* @__PURE__ */ forwardRef<
  HTMLElement,
  PlanListProps
>(function PlanList({ steps, heading, headingLevel = 3, labels, locale, ...rest }, ref) {
  const { say } = useWording(progressTexts, { labels, locale });
  const id = useId();
  if (steps.length === 0) return null;
  const done = steps.filter((step) => step.status === 'done').length;
  return (
    <PlanListRoot aria-labelledby={id} {...rest} ref={ref}>
      <PlanListTitle id={id} aria-level={headingLevel}>
        {heading ?? say('plan')}
      </PlanListTitle>
      <PlanListProgress>{say('planProgress', { done, count: steps.length })}</PlanListProgress>
      <PlanListItems>
        {steps.map((step) => (
          <PlanListItem
            key={step.id}
            data-status={step.status}
            aria-current={step.status === 'active' ? 'step' : undefined}
          >
            <Icon name={states[step.status].icon} />
            <span dir="auto" className="rv rv-plan-list-label">
              {step.label}
            </span>
            <span className="rv rv-visually-hidden">{say(states[step.status].label)}</span>
            {step.detail !== undefined && <PlanListDetail>{step.detail}</PlanListDetail>}
          </PlanListItem>
        ))}
      </PlanListItems>
    </PlanListRoot>
  );
});

export const PlanListRoot: SlotComponent<SlotProps<'section'>, HTMLElement> = /* @__PURE__ */ createSlot(
  'section',
  'plan-list',
);

/** A heading by role, so that its level can follow the page. */
export const PlanListTitle: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'plan-list-title',
  { role: 'heading', 'aria-level': 3 },
);

export const PlanListProgress: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'plan-list-progress',
);

export const PlanListItems: SlotComponent<SlotProps<'ol'>, HTMLOListElement> = /* @__PURE__ */ createSlot(
  'ol',
  'plan-list-items',
  { role: 'list' },
);

export const PlanListItem: SlotComponent<SlotProps<'li'>, HTMLLIElement> = /* @__PURE__ */ createSlot(
  'li',
  'plan-list-item',
);

export const PlanListDetail: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'plan-list-detail',
  { dir: 'auto' },
);
