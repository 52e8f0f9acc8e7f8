// Entry point `rivulet/markdown`: streamed markdown.
export { CodeBlock } from './components/code-block/code-block.tsx';
export type { CodeBlockProps } from './components/code-block/code-block.tsx';
export {
  CodeBlockAction,
  CodeBlockContent,
  CodeBlockFold,
  CodeBlockHeader,
  CodeBlockLanguage,
  CodeBlockRoot,
} from './components/code-block/code-block-parts.tsx';
export { MarkdownText, StreamingMarkdown } from './components/streaming-markdown/streaming-markdown.tsx';
export type { StreamingMarkdownProps } from './components/streaming-markdown/streaming-markdown.tsx';
export { bare } from './components/streaming-markdown/bare.ts';
export type {
  CodeTextProps,
  CodeViewProps,
  InlineViewProps,
  MarkdownPlugin,
} from './components/streaming-markdown/plugin.ts';
export type { AllowImages } from './markdown/url-policy.ts';
