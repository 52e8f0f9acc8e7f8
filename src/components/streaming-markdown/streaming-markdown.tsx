// Markdown of a text that may still be arriving, by react-markdown with GitHub's extensions. No raw HTML, and only the
// links that react-markdown's own URL policy lets through; images of other hosts are not loaded.
import { forwardRef, memo, type ReactElement } from 'react';
import ReactMarkdown, { type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { present } from '../internal/data-attributes.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import type { PartProps } from '../message-bubble/message-parts.ts';

export interface StreamingMarkdownProps extends Omit<SlotProps<'div'>, 'children'>, Pick<Options, 'components'> {
  /** The text so far. */
  readonly children: string;
  /** More is expected. Default `false`. */
  readonly streaming?: boolean;
}

const remarkPlugins = [remarkGfm];

/** An image's address may carry what the model has read to whoever serves it, so its description stands in its place. */
const withoutImages: Options['components'] = { img: ({ alt }) => (alt ? <em>{alt}</em> : null) };

const Root = /* @__PURE__ */ createSlot('div', 'streaming-markdown', { dir: 'auto' });

export const StreamingMarkdown: SlotComponent<StreamingMarkdownProps, HTMLDivElement> = /* @__PURE__ */ memo(
  forwardRef<HTMLDivElement, StreamingMarkdownProps>(function StreamingMarkdown(
    { children, streaming = false, components, ...rest },
    ref,
  ) {
    return (
      <Root {...rest} ref={ref} data-streaming={present(streaming)}>
        <ReactMarkdown remarkPlugins={remarkPlugins} components={{ ...withoutImages, ...components }}>
          {children}
        </ReactMarkdown>
      </Root>
    );
  }),
) as never;

/** Shows a message's text as markdown: `<MessageBubble parts={{ text: MarkdownText }} />`. */
export function MarkdownText({ part }: PartProps<'text'>): ReactElement {
  return <StreamingMarkdown streaming={part.status === 'streaming'}>{part.text}</StreamingMarkdown>;
}
