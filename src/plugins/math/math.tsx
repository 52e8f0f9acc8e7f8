// The plugin that shows formulas: `$x$`, `$$x$$` and fenced code in the language `math`.
import type { ReactElement } from 'react';
import type { CodeViewProps, MarkdownPlugin } from '../../components/streaming-markdown/plugin.ts';
import { MathView } from './math-view.tsx';
import { mathSyntax } from './syntax.ts';

const MathBlock = (props: CodeViewProps): ReactElement => <MathView {...props} isDisplay />;

const plugin: MarkdownPlugin = /* @__PURE__ */ Object.freeze({
  name: 'math',
  syntax: mathSyntax,
  inline: { math: MathView },
  blocks: { math: MathBlock },
});

/** Shows formulas with KaTeX. Always the same object, so it may be called while rendering. */
export const math = (): MarkdownPlugin => plugin;
