'use client';
// An image whose address the policy let through, or a placeholder that says which host it would have been fetched from:
// an address may carry what the model has read to whoever serves it.
import { useState, type ComponentPropsWithoutRef, type MouseEvent, type ReactElement } from 'react';
import type { ExtraProps } from 'react-markdown';
import { markdownTexts } from '../../labels/texts.ts';
import { useWording } from '../internal/labels-context.tsx';

export type BlockedImageProps = ComponentPropsWithoutRef<'img'> &
  ExtraProps & {
    readonly 'data-blocked-host'?: string;
    /** The address, where the reader may load it. */
    readonly 'data-blocked-src'?: string;
  };

export function BlockedImage({
  node: _node,
  alt,
  src,
  'data-blocked-host': host,
  'data-blocked-src': blocked,
  ...rest
}: BlockedImageProps): ReactElement | null {
  const { say } = useWording(markdownTexts);
  const [asked, setAsked] = useState<string | undefined>();
  const shown = src ?? (asked === blocked ? asked : undefined);
  if (shown) {
    // Lazy also on a server: React hints at no image that is.
    return <img loading="lazy" decoding="async" referrerPolicy="no-referrer" {...rest} src={shown} alt={alt ?? ''} />;
  }
  if (host === undefined) return null;
  const load = (event: MouseEvent) => {
    // It may stand inside a link.
    event.preventDefault();
    setAsked(blocked);
  };
  return (
    <span className="rv rv-blocked-image" data-slot="blocked-image">
      {/* Drawn here, since the set of icons is larger than all of this. */}
      <svg className="rv rv-icon" aria-hidden="true" viewBox="0 0 16 16" fill="none" stroke="currentColor">
        <path d="M2.5 3.5h11v9h-11zM2.5 10.5l3-3 2.5 2.5 2-2 3.5 3.5" />
      </svg>
      <span dir="auto">{alt ? say('imageBlockedOf', { alt, host }) : say('imageBlocked', { host })}</span>
      {blocked !== undefined && (
        <button type="button" onClick={load}>
          {say('imageLoad')}
        </button>
      )}
    </span>
  );
}
