'use client';
// A block of code: its language, buttons to copy, wrap and download it, and folding when it is long.
import { useRef, useState, type ComponentPropsWithoutRef, type ReactElement } from 'react';
import type { ExtraProps } from 'react-markdown';
import { useWording } from '../internal/labels-context.tsx';
import { CopyButton } from './copy-button.tsx';

export type CodeBlockProps = ComponentPropsWithoutRef<'pre'> & ExtraProps;

/** Longer blocks are folded when they are complete. */
const foldLines = 400;

export function CodeBlock({ node, children, ...rest }: CodeBlockProps): ReactElement {
  const { say } = useWording();
  const ref = useRef<HTMLPreElement>(null);
  const [isWrapped, setWrapped] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const language = languageOf(node);
  const lines = lineCount(node);
  const isFolded = lines > foldLines && !isOpen;
  const text = () => ref.current?.textContent ?? '';
  return (
    <figure className="rv rv-code-block" data-slot="code-block" data-state={isFolded ? 'closed' : 'open'}>
      <figcaption className="rv-code-block-head">
        <span className="rv-code-block-language">{language ?? say('code')}</span>
        <button type="button" aria-pressed={isWrapped} onClick={() => setWrapped(!isWrapped)}>
          {say('wrapLines')}
        </button>
        <button type="button" onClick={() => download(text(), language)}>
          {say('downloadCode')}
        </button>
        <CopyButton label={say('copyCode')} text={text} />
      </figcaption>
      <pre
        {...rest}
        ref={ref}
        dir="ltr"
        // What scrolls must be reached by keyboard, and a fieldset it is not.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="group"
        aria-label={language ? say('codeIn', { language }) : say('code')}
        data-wrap={isWrapped ? '' : undefined}
      >
        {children}
      </pre>
      {lines > foldLines && (
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? say('codeLess') : say('codeMore', { count: lines - foldLines })}
        </button>
      )}
    </figure>
  );
}

function codeOf(node: CodeBlockProps['node']) {
  const code = node?.children[0];
  return code?.type === 'element' ? code : undefined;
}

function languageOf(node: CodeBlockProps['node']): string | undefined {
  const names = codeOf(node)?.properties.className;
  const name = Array.isArray(names) ? names.find((each) => String(each).startsWith('language-')) : undefined;
  return name === undefined ? undefined : String(name).slice('language-'.length);
}

// Whole chunks have fifty lines each; only the last is counted.
function lineCount(node: CodeBlockProps['node']): number {
  const texts = codeOf(node)?.children ?? [];
  const last = texts.at(-1);
  return (texts.length - 1) * 50 + (last?.type === 'text' ? last.value.split('\n').length - 1 : 0);
}

function download(text: string, language: string | undefined): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `code.${language?.replace(/[^\w-]/g, '') || 'txt'}`;
  link.click();
  URL.revokeObjectURL(url);
}
