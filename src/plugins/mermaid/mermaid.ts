// The plugin that draws fenced code in the language `mermaid`.
import type { MarkdownPlugin } from '../../components/streaming-markdown/plugin.ts';
import { DiagramView } from './diagram-view.tsx';

const plugin: MarkdownPlugin = /* @__PURE__ */ Object.freeze({ name: 'mermaid', blocks: { mermaid: DiagramView } });

/** Draws diagrams with Mermaid, once their fence is closed. Always the same object, so it may be called while rendering. */
export const mermaid = (): MarkdownPlugin => plugin;
