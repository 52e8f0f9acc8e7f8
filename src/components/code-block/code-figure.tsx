'use client';
// A code block as both `CodeBlock` and an answer's markdown show it: around text that already stands in pieces.
import {
  cloneElement,
  forwardRef,
  isValidElement,
  memo,
  useRef,
  useState,
  type ComponentPropsWithoutRef,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';
import { copyTexts } from '../../labels/texts.ts';
import type { SlotComponent, SlotProps } from '../internal/element.ts';
import { check, copy as copyPath, cross, download as downloadPath, wrap } from '../internal/icon-paths.ts';
import { IconShape } from '../internal/icon-shape.tsx';
import { useWording, type LabelsOption, type Wording } from '../internal/labels-context.tsx';
import { useCopy } from '../internal/use-copy.ts';
import type { MarkdownPlugin } from '../streaming-markdown/plugin.ts';
import {
  CodeBlockAction,
  CodeBlockContent,
  CodeBlockFold,
  CodeBlockHeader,
  CodeBlockLanguage,
  CodeBlockRoot,
} from './code-block-parts.tsx';

export interface CodeFigureProps extends Omit<SlotProps<'figure'>, 'onCopy'>, LabelsOption {
  readonly language: string | undefined;
  /** The code, in pieces of fifty lines. Only the last one grows. */
  readonly pieces: readonly string[];
  /** More is expected. */
  readonly isOpen: boolean;
  readonly plugins?: readonly MarkdownPlugin[] | undefined;
  readonly onCopy?: ((code: string) => void | Promise<void>) | undefined;
  /** Of the `pre`. */
  readonly contentProps?: ComponentPropsWithoutRef<'pre'> | undefined;
  /** The `code` element. */
  readonly children: ReactNode;
}

const copyPaths = { idle: copyPath, copied: check, copyFailed: cross };

/** Longer blocks are folded. */
const foldLines = 400;

export const CodeFigure: SlotComponent<CodeFigureProps, HTMLElement> = /* @__PURE__ */ forwardRef<
  HTMLElement,
  CodeFigureProps
>(function CodeFigure({ plugins, isOpen, ...props }, ref) {
  const { language = '', pieces } = props;
  const View = plugins?.find((plugin) => plugin.blocks && Object.hasOwn(plugin.blocks, language))?.blocks?.[language];
  const figure = <PlainFigure {...props} ref={ref} plugins={plugins} />;
  return View ? (
    <View source={pieces.join('')} isOpen={isOpen}>
      {figure}
    </View>
  ) : (
    figure
  );
});

const PlainFigure = /* @__PURE__ */ forwardRef<HTMLElement, Omit<CodeFigureProps, 'isOpen'>>(function PlainFigure(
  { language, pieces, plugins, onCopy, contentProps, children, labels, locale, ...rest },
  ref,
) {
  const { say } = useWording(copyTexts, { labels, locale });
  const content = useRef<HTMLPreElement>(null);
  const [isWrapped, setWrapped] = useState(false);
  const [isUnfolded, setUnfolded] = useState(false);
  const lines = lineCount(pieces);
  const isLong = lines > foldLines;
  return (
    <CodeBlockRoot {...rest} ref={ref} data-state={isLong && !isUnfolded ? 'closed' : 'open'}>
      <FigureHeader
        language={language}
        content={content}
        isWrapped={isWrapped}
        onWrap={setWrapped}
        onCopy={onCopy}
        say={say}
      />
      <CodeBlockContent
        {...contentProps}
        ref={content}
        aria-label={language === undefined ? say('code') : say('codeIn', { language })}
        data-wrap={isWrapped ? '' : undefined}
      >
        <CodeText language={language} pieces={pieces} plugins={plugins}>
          {children}
        </CodeText>
      </CodeBlockContent>
      {isLong && (
        <CodeBlockFold aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
          {isUnfolded ? say('codeLess') : say('codeMore', { count: lines - foldLines })}
        </CodeBlockFold>
      )}
    </CodeBlockRoot>
  );
});

interface FigureHeaderProps extends Pick<CodeFigureProps, 'language' | 'onCopy'> {
  readonly content: RefObject<HTMLPreElement | null>;
  readonly isWrapped: boolean;
  readonly onWrap: (isWrapped: boolean) => void;
  readonly say: Wording<keyof typeof copyTexts>['say'];
}

// Apart, so that it stays as it is while the code grows.
const FigureHeader = /* @__PURE__ */ memo(function FigureHeader({
  language,
  content,
  isWrapped,
  onWrap,
  onCopy,
  say,
}: FigureHeaderProps): ReactElement {
  const { outcome, copy } = useCopy({ say, write: onCopy });
  const text = () => content.current?.textContent ?? '';
  return (
    <CodeBlockHeader>
      <CodeBlockLanguage>{language ?? say('code')}</CodeBlockLanguage>
      <CodeBlockAction label={say('wrapLines')} aria-pressed={isWrapped} onClick={() => onWrap(!isWrapped)}>
        <IconShape path={wrap} isMirrored />
      </CodeBlockAction>
      <CodeBlockAction label={say('downloadCode')} onClick={() => download(text(), language)}>
        <IconShape path={downloadPath} />
      </CodeBlockAction>
      <CodeBlockAction label={say(outcome ?? 'copyCode')} onClick={() => void copy(text())}>
        <IconShape path={copyPaths[outcome ?? 'idle']} />
      </CodeBlockAction>
    </CodeBlockHeader>
  );
});

function CodeText({
  language,
  pieces,
  plugins,
  children,
}: Pick<CodeFigureProps, 'language' | 'pieces' | 'plugins' | 'children'>): ReactElement {
  const Text = plugins?.find((plugin) => plugin.text)?.text;
  if (!Text || language === undefined || !isValidElement<{ children?: ReactNode }>(children)) return <>{children}</>;
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
