'use client';
// What an answer rests on: numbered, the first few at once, the rest behind a button. Grows while it streams in.
import { forwardRef, useId, type ReactElement } from 'react';
import type { SourcePart } from '../../message/message.ts';
import { sourcesTexts } from '../../labels/texts.ts';
import { present } from '../internal/data-attributes.ts';
import { chain, createSlot, useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';
import { hostOf, safeHref } from '../../markdown/url-policy.ts';
import { useOpen, type OpenOption } from '../internal/use-open.ts';
import { useSourceHighlight } from '../internal/source-highlight.tsx';

export interface SourcesListProps extends Omit<SlotProps<'section'>, 'children'>, LabelsOption, OpenOption {
  /** In the order of their numbers. Nothing is rendered while there is none. */
  readonly sources: readonly SourcePart[];
  /** How many are shown before the reader asks for the rest. Default 5. */
  readonly visible?: number;
  /** Shows how well each source fits, where the server told. Default `false`. */
  readonly scores?: boolean;
  /** Level of the heading. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6;
}

export const SourcesList: SlotComponent<SourcesListProps, HTMLElement> = /* @__PURE__ */ forwardRef<
  HTMLElement,
  SourcesListProps
>(function SourcesList(
  { sources, visible = 5, open, defaultOpen, onOpenChange, scores = false, headingLevel = 3, labels, locale, ...rest },
  ref,
) {
  const { say } = useWording(sourcesTexts, { labels, locale });
  const [isOpen, setOpen] = useOpen({ open, defaultOpen, onOpenChange });
  const id = useId();
  if (sources.length === 0) return null;
  const hidden = Math.max(0, sources.length - visible);
  const shown = isOpen ? sources : sources.slice(0, visible);
  return (
    <SourcesListRoot aria-labelledby={`${id}-title`} {...rest} ref={ref} data-state={isOpen ? 'open' : 'closed'}>
      <SourcesListTitle id={`${id}-title`} aria-level={headingLevel}>
        {say('sources', { count: sources.length })}
      </SourcesListTitle>
      <SourcesListItems id={`${id}-items`}>
        {shown.map((source, index) => (
          <SourcesListItem
            key={source.id}
            source={source}
            index={index + 1}
            score={scores}
            labels={labels}
            locale={locale}
          />
        ))}
      </SourcesListItems>
      {hidden > 0 && (
        <SourcesListMore aria-expanded={isOpen} aria-controls={`${id}-items`} onClick={() => setOpen(!isOpen)}>
          {isOpen ? say('sourcesLess') : say('sourcesMore', { count: hidden })}
          <Icon name="chevronDown" />
        </SourcesListMore>
      )}
    </SourcesListRoot>
  );
});

export const SourcesListRoot: SlotComponent<SlotProps<'section'>, HTMLElement> = /* @__PURE__ */ createSlot(
  'section',
  'sources-list',
);

/** A heading by role, so that its level can follow the page. */
export const SourcesListTitle: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'sources-list-title',
  { role: 'heading', 'aria-level': 3 },
);

export const SourcesListItems: SlotComponent<SlotProps<'ol'>, HTMLOListElement> = /* @__PURE__ */ createSlot(
  'ol',
  'sources-list-items',
  { role: 'list' },
);

export interface SourcesListItemProps extends SlotProps<'li'>, LabelsOption {
  readonly source: SourcePart;
  /** The number that citations show, from 1. */
  readonly index: number;
  readonly score?: boolean;
}

/** One source. Children replace what it shows. */
export const SourcesListItem: SlotComponent<SourcesListItemProps, HTMLLIElement> = /* @__PURE__ */ forwardRef<
  HTMLLIElement,
  SourcesListItemProps
>(function SourcesListItem(
  { source, index, score = false, labels, locale, children, onPointerEnter, onPointerLeave, onFocus, onBlur, ...rest },
  ref,
) {
  const { highlighted, point } = useSourceHighlight(source.id);
  return useSlot(
    'li',
    'sources-list-item',
    {
      ...rest,
      onPointerEnter: chain(onPointerEnter, () => point(true)),
      onPointerLeave: chain(onPointerLeave, () => point(false)),
      onFocus: chain(onFocus, () => point(true)),
      onBlur: chain(onBlur, () => point(false)),
      'data-highlighted': present(highlighted),
      children: children ?? <SourceFacts source={source} index={index} score={score} labels={labels} locale={locale} />,
    },
    ref,
  );
});

function SourceFacts({
  source,
  index,
  score = false,
  labels,
  locale,
}: Omit<SourcesListItemProps, 'children'>): ReactElement {
  const { say, number, percent } = useWording(sourcesTexts, { labels, locale });
  const host = hostOf(source.url);
  const title = source.title ?? host ?? say('sourceUntitled');
  const where = [host === title ? undefined : host, source.kind === 'document' ? source.mediaType : undefined];
  const facts = where.filter((fact) => fact !== undefined);
  return (
    <>
      <SourcesListNumber>{number(index)}</SourcesListNumber>
      <SourcesListLink href={source.url} title={title}>
        {title}
      </SourcesListLink>
      {facts.length > 0 && <SourcesListHost>{facts.join(' · ')}</SourcesListHost>}
      {score && source.score !== undefined && (
        <SourcesListScore>{say('sourceScore', { score: percent(source.score) })}</SourcesListScore>
      )}
      {source.quote !== undefined && source.quote !== '' && <SourcesListQuote>{source.quote}</SourcesListQuote>}
    </>
  );
}

/** Seen, not heard: the list's own numbering is spoken. */
export const SourcesListNumber: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'sources-list-number',
  { 'aria-hidden': true },
);

/** A link where the address may be followed, else plain text. Opens beside the conversation and tells nobody where from. */
export const SourcesListLink: SlotComponent<SlotProps<'a'>, HTMLAnchorElement> = /* @__PURE__ */ forwardRef<
  HTMLAnchorElement,
  SlotProps<'a'>
>(function SourcesListLink({ href, ...rest }, ref) {
  const safe = safeHref(href);
  return useSlot(
    safe === undefined ? 'span' : 'a',
    'sources-list-link',
    safe === undefined
      ? { dir: 'auto', ...rest }
      : { dir: 'auto', target: '_blank', rel: 'noopener noreferrer', ...rest, href: safe },
    ref,
  );
});

export const SourcesListHost: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'sources-list-host',
);

export const SourcesListScore: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'sources-list-score',
);

export const SourcesListQuote: SlotComponent<SlotProps<'p'>, HTMLParagraphElement> = /* @__PURE__ */ createSlot(
  'p',
  'sources-list-quote',
  { dir: 'auto' },
);

export const SourcesListMore: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'sources-list-more',
  { type: 'button' },
  'rv-button',
);
