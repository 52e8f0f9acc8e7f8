'use client';
// A block of code: its language, buttons to wrap, download and copy it, and folding when it is long. A plugin may show
// the text, or the whole block, in a way of its own.
import { createElement, forwardRef, useMemo, type ReactElement } from 'react';
import { chunked } from '../../markdown/lines.ts';
import type { SlotComponent, SlotProps } from '../internal/element.ts';
import type { LabelsOption } from '../internal/labels-context.tsx';
import type { MarkdownPlugin } from '../streaming-markdown/plugin.ts';
import { CodeFigure } from './code-figure.tsx';

export interface CodeBlockProps extends Omit<SlotProps<'figure'>, 'children' | 'onCopy'>, LabelsOption {
  readonly code: string;
  /** Shown, and what plugins and downloads go by: `ts`. */
  readonly language?: string | undefined;
  /** More is expected: nothing is drawn from it yet. Default `false`. */
  readonly streaming?: boolean;
  /** As in `StreamingMarkdown`: `[highlight()]`. Default: none. */
  readonly plugins?: readonly MarkdownPlugin[] | undefined;
  /** Puts the code on the clipboard. Default: the browser's clipboard. */
  readonly onCopy?: ((code: string) => void | Promise<void>) | undefined;
}

export const CodeBlock: SlotComponent<CodeBlockProps, HTMLElement> = /* @__PURE__ */ forwardRef<
  HTMLElement,
  CodeBlockProps
>(function CodeBlock({ code, language, streaming = false, ...rest }, ref) {
  const pieces = useMemo(() => piecesOf(code), [code]);
  return (
    <CodeFigure {...rest} ref={ref} language={language} pieces={pieces} isOpen={streaming}>
      {codeOf(pieces, language)}
    </CodeFigure>
  );
});

function piecesOf(code: string): readonly string[] {
  const { chunks, value } = chunked([], code);
  const pieces = chunks.map((chunk) => chunk.value);
  return value === '' ? pieces : [...pieces, value];
}

/** Long code in blocks of lines, as arguments: a piece never moves, so it needs no key. */
function codeOf(pieces: readonly string[], language: string | undefined): ReactElement {
  const className = language === undefined ? undefined : `language-${language}`;
  const lines = pieces.length > 1 ? pieces.map((piece) => createElement('span', linesProps, piece)) : pieces;
  return createElement('code', { className }, ...lines);
}

const linesProps = { className: 'rv-code-lines' };
