// Entry point `rivulet/markdown`: streamed markdown.
export { MarkdownText, StreamingMarkdown } from './components/streaming-markdown/streaming-markdown.tsx';
export type { StreamingMarkdownProps } from './components/streaming-markdown/streaming-markdown.tsx';
