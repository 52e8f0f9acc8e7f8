// Markdown of a text that may still be arriving. The incremental engine keeps what is settled; plugins that look at the
// whole tree, and filters that look at parents, cannot be incremental, and get react-markdown on the whole text.
import type { Root as Tree } from 'hast';
import { forwardRef, memo, useMemo, type ReactElement, type ReactNode } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import { createDocument } from '../../markdown/document.ts';
import type { FootnoteOptions } from '../../markdown/footnotes.ts';
import { gfmSyntax, gfmTree } from '../../markdown/gfm.ts';
import type { Syntax } from '../../markdown/syntax.ts';
import { mayLoadImage, remoteHost, safeUrl } from '../../markdown/url-policy.ts';
import type { AllowImages } from '../../markdown/url-policy.ts';
import type { SourcePart } from '../../message/message.ts';
import { present } from '../internal/data-attributes.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import type { PartProps } from '../message-bubble/message-parts.ts';
import { bare } from './bare.ts';
import { Citation } from './citation.tsx';
import { citationTag, citeWithin } from './citations.ts';
import { defaultComponents } from './default-components.tsx';
import { createHastToReact } from './hast-to-react.ts';
import { InlineCode } from './inline-code.tsx';
import { MarkdownScope } from './markdown-scope.tsx';
import type { MarkdownPlugin } from './plugin.ts';

export interface StreamingMarkdownProps
  extends
    Omit<SlotProps<'div'>, 'children'>,
    Pick<
      Options,
      | 'components'
      | 'remarkPlugins'
      | 'rehypePlugins'
      | 'remarkRehypeOptions'
      | 'urlTransform'
      | 'allowedElements'
      | 'disallowedElements'
      | 'allowElement'
      | 'unwrapDisallowed'
      | 'skipHtml'
    > {
  /** The text so far. */
  readonly children: string;
  /** More is expected: unfinished syntax is not shown. Default `false`. */
  readonly streaming?: boolean;
  /** What shows code and math: `[highlight(), math(), mermaid()]`, each from an entry of its own. Default: none. */
  readonly plugins?: readonly MarkdownPlugin[] | undefined;
  /** What `[1]` leads to, in order. A number without a source stays text. */
  readonly sources?: readonly SourcePart[] | undefined;
  /** A citation was followed; `index` counts from 1. Its link opens as well. */
  readonly onCitation?: ((source: SourcePart, index: number) => void) | undefined;
  /** Which images load. Default: those of the page's own host. */
  readonly allowImages?: AllowImages;
  /** Marks the end of the text while it streams. Default `false`. */
  readonly caret?: boolean;
  /** Levels by which headings are lowered, so that an answer fits below the page's own. Default 0. */
  readonly headingOffset?: number;
}

const Root = /* @__PURE__ */ createSlot('div', 'streaming-markdown', { dir: 'auto' });

export const StreamingMarkdown: SlotComponent<StreamingMarkdownProps, HTMLDivElement> = /* @__PURE__ */ memo(
  forwardRef<HTMLDivElement, StreamingMarkdownProps>(function StreamingMarkdown(
    {
      children,
      streaming = false,
      components,
      remarkPlugins,
      rehypePlugins,
      remarkRehypeOptions,
      urlTransform,
      allowedElements,
      disallowedElements,
      allowElement,
      unwrapDisallowed,
      skipHtml = false,
      allowImages = false,
      caret = false,
      headingOffset = 0,
      plugins,
      sources,
      onCitation,
      ...rest
    },
    ref,
  ) {
    const hasPlugins = Boolean(plugins?.length);
    const shown = useMemo(
      () => (components === bare ? bare : { ...ownComponents(headingOffset, hasPlugins), ...components }),
      [components, headingOffset, hasPlugins],
    );
    const syntax = plugins?.find((plugin) => plugin.syntax)?.syntax;
    const citations = components === bare ? 0 : (sources?.length ?? 0);
    const transform = useMemo(() => imagePolicy(allowImages, urlTransform), [allowImages, urlTransform]);
    const whole: Options = {
      components: shown,
      remarkPlugins,
      rehypePlugins,
      remarkRehypeOptions,
      urlTransform: transform,
      allowedElements,
      disallowedElements,
      allowElement,
      unwrapDisallowed,
      skipHtml,
    };
    const content = needsWholeTree(whole) ? (
      <ReactMarkdown {...whole} {...wholeTreePlugins(whole, streaming, syntax, citations)}>
        {children}
      </ReactMarkdown>
    ) : (
      <Incremental
        text={children}
        streaming={streaming}
        components={shown}
        footnotes={remarkRehypeOptions as FootnoteOptions | undefined}
        urlTransform={transform}
        skipHtml={skipHtml ?? false}
        syntax={syntax}
        citations={citations}
      />
    );
    return (
      <Root {...rest} ref={ref} data-streaming={present(streaming)} data-caret={present(caret && streaming)}>
        {hasPlugins || citations > 0 ? (
          <MarkdownScope plugins={plugins} sources={sources} onCitation={onCitation}>
            {content}
          </MarkdownScope>
        ) : (
          content
        )}
      </Root>
    );
  }),
) as never;

interface IncrementalProps {
  readonly text: string;
  readonly streaming: boolean;
  readonly components: NonNullable<Options['components']>;
  readonly footnotes: FootnoteOptions | undefined;
  readonly urlTransform: NonNullable<Options['urlTransform']>;
  readonly skipHtml: boolean;
  readonly syntax: Syntax | undefined;
  readonly citations: number;
}

// The document is a cache of what it is given: the same text gives the same blocks, whatever it was given before. So it
// may be filled while rendering, and a render that React throws away does no harm.
function Incremental({
  text,
  streaming,
  components,
  footnotes,
  urlTransform,
  skipHtml,
  syntax,
  citations,
}: IncrementalProps): ReactElement {
  const document = useMemo(() => createDocument({ footnotes: footnotes ?? {}, syntax }), [footnotes, syntax]);
  const toReact = useMemo(
    () => createHastToReact({ components, urlTransform, skipHtml, citations, own: ownComponents(0, true) }),
    [components, urlTransform, skipHtml, citations],
  );
  document.set(text);
  const content: ReactNode = toReact(document.snapshot(streaming).blocks);
  return <>{content}</>;
}

/** Without plugins code within a line is nothing but its element. */
const ownComponents = (headingOffset: number, hasPlugins: boolean): Components =>
  ({
    ...defaultComponents(headingOffset),
    ...(hasPlugins ? { code: InlineCode } : undefined),
    [citationTag]: Citation,
  }) as Components;

/** Options of remark-rehype that concern footnotes alone. */
const footnoteKeys: ReadonlySet<string> = new Set([
  'clobberPrefix',
  'footnoteLabel',
  'footnoteLabelTagName',
  'footnoteLabelProperties',
  'footnoteBackLabel',
  'footnoteBackContent',
]);

function needsWholeTree(options: Options): boolean {
  return Boolean(
    options.remarkPlugins?.length ||
    options.rehypePlugins?.length ||
    options.allowedElements ||
    options.disallowedElements ||
    options.allowElement ||
    Object.keys(options.remarkRehypeOptions ?? {}).some((key) => !footnoteKeys.has(key)),
  );
}

/** What react-markdown needs to know of the syntax and of citations, beside the caller's own plugins. */
function wholeTreePlugins(
  { remarkPlugins, rehypePlugins }: Options,
  streaming: boolean,
  syntax: Syntax | undefined,
  citations: number,
): Options {
  const addSyntax = function (this: { data(): Record<string, unknown[] | undefined> }): void {
    const data = this.data();
    (data['micromarkExtensions'] ??= []).push(gfmSyntax(), ...(syntax ? [syntax.micromark] : []));
    (data['fromMarkdownExtensions'] ??= []).push(...gfmTree, ...(syntax ? [syntax.tree] : []));
  };
  return {
    remarkPlugins: [addSyntax as never, ...(remarkPlugins ?? [])],
    rehypePlugins: [...(rehypePlugins ?? []), () => (tree: Tree) => finishTree(tree, streaming, citations)],
  };
}

function finishTree(tree: Tree, streaming: boolean, citations: number): void {
  const last = tree.children.findLast((node) => node.type === 'element');
  if (streaming && last?.tagName === 'pre') last.data = { ...last.data, isOpen: true };
  if (citations > 0) citeWithin(tree, citations);
}

/** The caller's transform or ours, then the policy for images, which no transform can lift. */
function imagePolicy(
  allowImages: AllowImages,
  urlTransform: Options['urlTransform'],
): NonNullable<Options['urlTransform']> {
  return (url, key, node) => {
    const safe = urlTransform ? urlTransform(url, key, node) : safeUrl(url);
    if (key !== 'src' || node.tagName !== 'img' || !safe) return safe;
    const verdict = mayLoadImage(safe, allowImages);
    if (verdict === true) return safe;
    node.properties['data-blocked-host'] = remoteHost(safe);
    if (verdict === 'click') node.properties['data-blocked-src'] = safe;
    return undefined;
  };
}

/** Shows a message's text as markdown, `[1]` as a link to its sources: `<MessageBubble parts={{ text: MarkdownText }} />`. */
export function MarkdownText({ part, message }: PartProps<'text'>): ReactElement {
  const sources = useMemo(() => message.parts.filter((each) => each.type === 'source'), [message.parts]);
  return (
    <StreamingMarkdown streaming={part.status === 'streaming'} sources={sources}>
      {part.text}
    </StreamingMarkdown>
  );
}
