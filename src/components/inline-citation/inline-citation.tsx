'use client';
// A number in the text that leads to what the sentence rests on.
import { forwardRef } from 'react';
import type { SourcePart } from '../../message/message.ts';
import { citationTexts } from '../../labels/texts.ts';
import { present } from '../internal/data-attributes.ts';
import { chain, useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';
import { hostOf, safeHref } from '../../markdown/url-policy.ts';
import { useSourceHighlight } from '../internal/source-highlight.tsx';

export interface InlineCitationProps extends SlotProps<'a'>, LabelsOption {
  /** The number shown, from 1. */
  readonly index: number;
  /** What it stands for, once it has arrived. Until then the number is plain text. */
  readonly source?: SourcePart | undefined;
}

/** Pointing at it highlights the source in the list, and the other way round. Children replace the number. */
export const InlineCitation: SlotComponent<InlineCitationProps, HTMLAnchorElement> = /* @__PURE__ */ forwardRef<
  HTMLAnchorElement,
  InlineCitationProps
>(function InlineCitation(
  { index, source, labels, locale, children, onPointerEnter, onPointerLeave, onFocus, onBlur, ...rest },
  ref,
) {
  const { say, number } = useWording(citationTexts, { labels, locale });
  const { highlighted, point } = useSourceHighlight(source?.id);
  const href = safeHref(source?.url);
  const title = source?.title ?? hostOf(source?.url);
  const name = title === undefined ? say('citation', { index }) : say('citationOf', { index, title });
  const link = { href, target: '_blank', rel: 'noopener noreferrer' };
  return useSlot(
    href === undefined ? 'span' : 'a',
    'inline-citation',
    {
      ...(href === undefined ? { role: source === undefined ? undefined : 'note' } : link),
      'aria-label': href === undefined && source === undefined ? undefined : name,
      title,
      ...rest,
      onPointerEnter: chain(onPointerEnter, () => point(true)),
      onPointerLeave: chain(onPointerLeave, () => point(false)),
      onFocus: chain(onFocus, () => point(true)),
      onBlur: chain(onBlur, () => point(false)),
      'data-highlighted': present(highlighted),
      children: children ?? number(index),
    },
    ref,
  );
});
