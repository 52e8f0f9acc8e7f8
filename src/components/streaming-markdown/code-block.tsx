'use client';
// A block of code: its language, buttons to copy, wrap and download it, and folding when it is long. A plugin may show
// the text, or the whole block, in a way of its own.
import {
  cloneElement,
  isValidElement,
  useContext,
  useRef,
  useState,
  type ComponentPropsWithoutRef,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { ExtraProps } from 'react-markdown';
import { useWording } from '../internal/labels-context.tsx';
import { codeOf, codePieces, languageOf } from './code-pieces.ts';
import { CopyButton } from './copy-button.tsx';
import { MarkdownContext } from './markdown-scope.tsx';

export type CodeBlockProps = ComponentPropsWithoutRef<'pre'> & ExtraProps;

/** Longer blocks are folded. */
const foldLines = 400;

export function CodeBlock(props: CodeBlockProps): ReactElement {
  const { plugins } = useContext(MarkdownContext);
  const { node } = props;
  const code = codeOf(node);
  const language = languageOf(code) ?? '';
  const View = plugins?.find((plugin) => plugin.blocks && Object.hasOwn(plugin.blocks, language))?.blocks?.[language];
  if (!View) return <CodeFigure {...props} />;
  const source = codePieces(code)
    .map((text) => text.value)
    .join('');
  return (
    <View source={source} isOpen={node?.data?.isOpen === true}>
      <CodeFigure {...props} />
    </View>
  );
}

function CodeFigure({ node, children, ...rest }: CodeBlockProps): ReactElement {
  const { say } = useWording();
  const ref = useRef<HTMLPreElement>(null);
  const [isWrapped, setWrapped] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const code = codeOf(node);
  const language = languageOf(code);
  const pieces = codePieces(code).map((text) => text.value);
  const lines = lineCount(pieces);
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
        <CodeText language={language} pieces={pieces}>
          {children}
        </CodeText>
      </pre>
      {lines > foldLines && (
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? say('codeLess') : say('codeMore', { count: lines - foldLines })}
        </button>
      )}
    </figure>
  );
}

interface CodeTextProps {
  readonly language: string | undefined;
  readonly pieces: readonly string[];
  /** The `code` element. */
  readonly children: ReactNode;
}

function CodeText({ language, pieces, children }: CodeTextProps): ReactNode {
  const { plugins } = useContext(MarkdownContext);
  const Text = plugins?.find((plugin) => plugin.text)?.text;
  if (!Text || language === undefined || !isValidElement<{ children?: ReactNode }>(children)) return children;
  return cloneElement(
    children,
    undefined,
    <Text language={language} pieces={pieces}>
      {children.props.children}
    </Text>,
  );
}

/** Whole pieces have fifty lines each; only the last is counted. */
function lineCount(pieces: readonly string[]): number {
  const last = pieces.at(-1) ?? '';
  return Math.max(0, pieces.length - 1) * 50 + last.split('\n').length - 1;
}

function download(text: string, language: string | undefined): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `code.${language?.replace(/[^\w-]/g, '') || 'txt'}`;
  link.click();
  URL.revokeObjectURL(url);
}
