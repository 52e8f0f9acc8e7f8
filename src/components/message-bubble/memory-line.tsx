'use client';
// The one line that a change of the assistant's memory gets.
import { forwardRef } from 'react';
import { messageTexts } from '../../labels/texts.ts';
import { useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';

export interface MemoryLineProps extends Omit<SlotProps<'p'>, 'children'>, LabelsOption {
  /** The part's data. A text, or an object's `text`, `content` or `summary`, is shown beside the label. */
  readonly data?: unknown;
}

export const MemoryLine: SlotComponent<MemoryLineProps, HTMLParagraphElement> = /* @__PURE__ */ forwardRef<
  HTMLParagraphElement,
  MemoryLineProps
>(function MemoryLine({ data, labels, locale, ...rest }, ref) {
  const { say } = useWording(messageTexts, { labels, locale });
  const text = textOf(data);
  const children = (
    <>
      <Icon name="memory" />
      <span dir="auto">{text === undefined ? say('memoryUpdated') : say('memoryUpdatedWith', { text })}</span>
    </>
  );
  return useSlot('p', 'memory-line', { ...rest, children }, ref);
});

function textOf(data: unknown): string | undefined {
  if (typeof data === 'string' && data !== '') return data;
  if (typeof data !== 'object' || data === null) return undefined;
  for (const key of ['text', 'content', 'summary']) {
    const value: unknown = (data as Record<string, unknown>)[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
