// Markdown of a text that may still be arriving. The incremental engine keeps what is settled; plugins that look at the
// whole tree, and filters that look at parents, cannot be incremental, and get react-markdown on the whole text.
import { forwardRef, memo, useMemo, type ReactElement, type ReactNode } from 'react';
import ReactMarkdown, { type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { createDocument } from '../../markdown/document.ts';
import type { FootnoteOptions } from '../../markdown/footnotes.ts';
import { mayLoadImage, remoteHost, safeUrl } from '../../markdown/url-policy.ts';
import type { AllowImages } from '../../markdown/url-policy.ts';
import { present } from '../internal/data-attributes.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import type { PartProps } from '../message-bubble/message-parts.ts';
import { bare } from './bare.ts';
import { defaultComponents } from './default-components.tsx';
import { createHastToReact } from './hast-to-react.ts';

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
      ...rest
    },
    ref,
  ) {
    const shown = useMemo(
      () => (components === bare ? bare : { ...defaultComponents(headingOffset), ...components }),
      [components, headingOffset],
    );
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
    return (
      <Root {...rest} ref={ref} data-streaming={present(streaming)} data-caret={present(caret && streaming)}>
        {needsWholeTree(whole) ? (
          <ReactMarkdown {...whole} remarkPlugins={[remarkGfm, ...(remarkPlugins ?? [])]}>
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
          />
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
}: IncrementalProps): ReactElement {
  const document = useMemo(() => createDocument({ footnotes: footnotes ?? {} }), [footnotes]);
  const toReact = useMemo(
    () => createHastToReact({ components, urlTransform, skipHtml, ownPre: defaultComponents(0).pre }),
    [components, urlTransform, skipHtml],
  );
  document.set(text);
  const content: ReactNode = toReact(document.snapshot(streaming).blocks);
  return <>{content}</>;
}

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

/** The caller's transform or ours, then the policy for images, which no transform can lift. */
function imagePolicy(
  allowImages: AllowImages,
  urlTransform: Options['urlTransform'],
): NonNullable<Options['urlTransform']> {
  return (url, key, node) => {
    const safe = urlTransform ? urlTransform(url, key, node) : safeUrl(url);
    if (key !== 'src' || node.tagName !== 'img' || !safe || mayLoadImage(safe, allowImages)) return safe;
    node.properties['data-blocked-host'] = remoteHost(safe);
    return undefined;
  };
}

/** Shows a message's text as markdown: `<MessageBubble parts={{ text: MarkdownText }} />`. */
export function MarkdownText({ part }: PartProps<'text'>): ReactElement {
  return <StreamingMarkdown streaming={part.status === 'streaming'}>{part.text}</StreamingMarkdown>;
}
