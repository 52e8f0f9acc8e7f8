'use client';
// A citation in the text: a link to the source with its number.
import { useContext, type ReactElement } from 'react';
import type { ExtraProps } from 'react-markdown';
import { InlineCitation } from '../inline-citation/inline-citation.tsx';
import { MarkdownContext } from './markdown-scope.tsx';

export function Citation({ children }: ExtraProps & { readonly children?: string }): ReactElement {
  const { sources, onCitation } = useContext(MarkdownContext);
  const index = Number(children);
  const source = sources?.[index - 1];
  return (
    <InlineCitation
      index={index}
      source={source}
      onClick={source && onCitation ? () => onCitation(source, index) : undefined}
    />
  );
}
