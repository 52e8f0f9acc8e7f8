'use client';
// What stands where a conversation will be: a welcome, and ways to begin.
import { forwardRef, type ReactNode } from 'react';
import { transcriptTexts } from '../../labels/texts.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';

export interface EmptyStateProps extends Omit<SlotProps<'div'>, 'title'>, LabelsOption {
  /** Default: from the labels. `null` for none. */
  readonly heading?: ReactNode;
  readonly hint?: ReactNode;
  /** Questions to begin with. */
  readonly suggestions?: readonly string[];
  readonly onSuggestion?: ((suggestion: string) => void) | undefined;
  /** Level of the heading. Default 2. */
  readonly headingLevel?: 1 | 2 | 3 | 4 | 5 | 6;
}

/** Children come last. */
export const EmptyState: SlotComponent<EmptyStateProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  EmptyStateProps
>(function EmptyState(
  { heading, hint, suggestions = [], onSuggestion, headingLevel = 2, labels, locale, children, ...rest },
  ref,
) {
  const { say } = useWording(transcriptTexts, { labels, locale });
  return (
    <EmptyStateRoot {...rest} ref={ref}>
      {heading !== null && <EmptyStateTitle aria-level={headingLevel}>{heading ?? say('emptyTitle')}</EmptyStateTitle>}
      {hint !== null && <EmptyStateHint>{hint ?? say('emptyHint')}</EmptyStateHint>}
      {suggestions.length > 0 && (
        <EmptyStateSuggestions>
          {suggestions.map((suggestion) => (
            <li className="rv" key={suggestion}>
              <EmptyStateSuggestion onClick={() => onSuggestion?.(suggestion)}>{suggestion}</EmptyStateSuggestion>
            </li>
          ))}
        </EmptyStateSuggestions>
      )}
      {children}
    </EmptyStateRoot>
  );
});

export const EmptyStateRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'empty-state',
);

/** A heading by role, so that its level can follow the page. */
export const EmptyStateTitle: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'empty-state-title',
  { role: 'heading', 'aria-level': 2, dir: 'auto' },
);

export const EmptyStateHint: SlotComponent<SlotProps<'p'>, HTMLParagraphElement> = /* @__PURE__ */ createSlot(
  'p',
  'empty-state-hint',
  { dir: 'auto' },
);

export const EmptyStateSuggestions: SlotComponent<SlotProps<'ul'>, HTMLUListElement> = /* @__PURE__ */ createSlot(
  'ul',
  'empty-state-suggestions',
  { role: 'list' },
);

export const EmptyStateSuggestion: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'empty-state-suggestion',
  { type: 'button', dir: 'auto', 'data-variant': 'outline' },
  'rv-button',
);
