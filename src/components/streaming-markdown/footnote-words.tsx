'use client';
// What footnotes say beside their text, in the reader's language where it is what remark-rehype says by default.
import type { ComponentPropsWithoutRef, ReactElement, ReactNode } from 'react';
import { markdownTexts } from '../../labels/texts.ts';
import { useWording } from '../internal/labels-context.tsx';

export function FootnoteLabel({ children }: { readonly children?: ReactNode }): ReactElement {
  const { say } = useWording(markdownTexts);
  return <>{children === 'Footnotes' ? say('footnotes') : children}</>;
}

export function FootnoteBack({ 'aria-label': label = '', ...rest }: ComponentPropsWithoutRef<'a'>): ReactElement {
  const { say } = useWording(markdownTexts);
  const index = /^Back to reference (.+)$/.exec(label)?.[1];
  return <a {...rest} aria-label={index ? say('footnoteBack', { index }) : label} />;
}
