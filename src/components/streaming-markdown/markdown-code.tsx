'use client';
// What a fenced or indented block of an answer is by default.
import { useContext, type ComponentPropsWithoutRef, type ReactElement } from 'react';
import type { ExtraProps } from 'react-markdown';
import { CodeFigure } from '../code-block/code-figure.tsx';
import { codeOf, codePieces, languageOf } from './code-pieces.ts';
import { MarkdownContext } from './markdown-scope.tsx';

export type MarkdownCodeProps = ComponentPropsWithoutRef<'pre'> & ExtraProps;

export function MarkdownCode({ node, children, ...rest }: MarkdownCodeProps): ReactElement {
  const { plugins } = useContext(MarkdownContext);
  const code = codeOf(node);
  return (
    <CodeFigure
      language={languageOf(code)}
      pieces={codePieces(code).map((text) => text.value)}
      isOpen={node?.data?.isOpen === true}
      plugins={plugins}
      contentProps={rest}
    >
      {children}
    </CodeFigure>
  );
}
