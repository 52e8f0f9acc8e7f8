'use client';
// A file beside a message, sent or about to be: its name, its kind, a picture of it where that is safe.
import { forwardRef } from 'react';
import { composerTexts } from '../../labels/texts.ts';
import { createSlot, useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon } from '../internal/icons.tsx';
import { useWording, type LabelsOption, type Wording } from '../internal/labels-context.tsx';
import { safeHref } from '../../markdown/url-policy.ts';

/** What there is to know of a file. A `FilePart` fits. */
export interface AttachedFile {
  readonly mediaType: string;
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly base64?: string | undefined;
  /** In bytes. */
  readonly size?: number | undefined;
}

export interface AttachmentProps extends Omit<SlotProps<'div'>, 'children'>, LabelsOption {
  readonly file: AttachedFile;
  /** Shows a button that takes it away. */
  readonly onRemove?: (() => void) | undefined;
  /** Loads pictures from other hosts, which tells them that they were looked at. Default `false`. */
  readonly allowImages?: boolean;
}

export const Attachment: SlotComponent<AttachmentProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  AttachmentProps
>(function Attachment({ file, onRemove, allowImages = false, labels, locale, ...rest }, ref) {
  const { say, number } = useWording(composerTexts, { labels, locale });
  const name = file.name ?? file.mediaType;
  const picture = pictureOf(file, allowImages);
  const href = safeHref(file.url);
  const kind = [file.name === undefined ? undefined : kindOf(file), sizeText(file.size, number)];
  // Each keeps its own direction, or `TXT · 4 kB` would be read in the wrong order from right to left.
  const facts = kind.flatMap((fact) => (fact === undefined ? [] : [<bdi key={fact}>{fact}</bdi>]));
  return (
    <AttachmentRoot
      aria-label={say('attachment', { name })}
      {...rest}
      ref={ref}
      data-variant={picture === undefined ? 'file' : 'picture'}
    >
      {picture === undefined ? <Icon name="file" /> : <AttachmentPicture src={picture} alt="" />}
      <AttachmentName href={href} download={href === undefined ? undefined : (file.name ?? true)}>
        {name}
      </AttachmentName>
      {facts.length > 0 && (
        <AttachmentFacts>{facts.map((fact, index) => (index === 0 ? fact : [' · ', fact]))}</AttachmentFacts>
      )}
      {onRemove !== undefined && (
        <AttachmentRemove aria-label={say('removeAttachment', { name })} onClick={onRemove}>
          <Icon name="cross" />
        </AttachmentRemove>
      )}
    </AttachmentRoot>
  );
});

const pictureTypes: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]);

/** An address that may be loaded as a picture: what the page already holds, or what the application allows. */
function pictureOf(file: AttachedFile, allowImages: boolean): string | undefined {
  if (!pictureTypes.has(file.mediaType)) return undefined;
  if (file.base64 !== undefined) return `data:${file.mediaType};base64,${file.base64}`;
  if (file.url === undefined) return undefined;
  if (/^blob:/i.test(file.url)) return file.url;
  if (/^data:image\/(png|jpeg|gif|webp|avif)[;,]/i.test(file.url)) return file.url;
  return allowImages ? safeHref(file.url) : undefined;
}

function kindOf({ name, mediaType }: AttachedFile): string {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name ?? '')?.[1];
  return extension === undefined ? mediaType : extension.toUpperCase();
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function sizeText(size: number | undefined, number: Wording<never>['number']): string | undefined {
  if (size === undefined) return undefined;
  const step = size < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
  return number(size / 1_000 ** step, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    // The short form of bytes is not a plural in English.
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  });
}

export const AttachmentRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'attachment',
  { role: 'group' },
);

/** Decoration beside the name, so its `alt` is empty. */
export const AttachmentPicture: SlotComponent<SlotProps<'img'>, HTMLImageElement> = /* @__PURE__ */ createSlot(
  'img',
  'attachment-picture',
  { alt: '', decoding: 'async' },
);

/** A link where there is something to fetch, else plain text. */
export const AttachmentName: SlotComponent<SlotProps<'a'>, HTMLAnchorElement> = /* @__PURE__ */ forwardRef<
  HTMLAnchorElement,
  SlotProps<'a'>
>(function AttachmentName({ href, download, ...rest }, ref) {
  const props = href === undefined ? rest : { rel: 'noopener noreferrer', target: '_blank', ...rest, href, download };
  return useSlot(href === undefined ? 'span' : 'a', 'attachment-name', { dir: 'auto', ...props }, ref);
});

export const AttachmentFacts: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'attachment-facts',
);

export const AttachmentRemove: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'attachment-remove',
  { type: 'button', 'data-variant': 'icon' },
  'rv-button',
);
