'use client';
// An image whose address the policy let through, or a placeholder that says which host it would have been fetched from:
// an address may carry what the model has read to whoever serves it.
import type { ComponentPropsWithoutRef, ReactElement } from 'react';
import type { ExtraProps } from 'react-markdown';
import { useWording } from '../internal/labels-context.tsx';

export type BlockedImageProps = ComponentPropsWithoutRef<'img'> &
  ExtraProps & { readonly 'data-blocked-host'?: string };

export function BlockedImage({ node: _node, alt, ...rest }: BlockedImageProps): ReactElement | null {
  const { say } = useWording();
  const host = rest['data-blocked-host'];
  if (host !== undefined) {
    return (
      <span className="rv rv-blocked-image" data-slot="blocked-image">
        {alt} {say('imageBlocked', { host })}
      </span>
    );
  }
  return rest.src ? (
    <img loading="lazy" decoding="async" referrerPolicy="no-referrer" {...rest} alt={alt ?? ''} />
  ) : null;
}
