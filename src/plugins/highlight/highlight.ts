// The plugin that colours code.
import type { MarkdownPlugin } from '../../components/streaming-markdown/plugin.ts';
import { HighlightedCode } from './highlighted-code.tsx';

const plugin: MarkdownPlugin = /* @__PURE__ */ Object.freeze({ name: 'highlight', text: HighlightedCode });

/** Colours code with shiki, line by line as it arrives. Always the same object, so it may be called while rendering. */
export const highlight = (): MarkdownPlugin => plugin;
