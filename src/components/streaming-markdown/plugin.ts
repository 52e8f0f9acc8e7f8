// What a plugin of StreamingMarkdown may do. Plugins stand in entries of their own (`rivulet/highlight`, `rivulet/math`,
// `rivulet/mermaid`) and load what they need when it is first shown.
import type { ComponentType, ReactNode } from 'react';
import type { Syntax } from '../../markdown/syntax.ts';

export interface MarkdownPlugin {
  readonly name: string;
  /** Grammar beside CommonMark and GFM. Of several plugins only the first one's counts. */
  readonly syntax?: Syntax;
  /** Shows the text inside a code block. */
  readonly text?: ComponentType<CodeTextProps>;
  /** Shows a whole code block, by its language. */
  readonly blocks?: Readonly<Record<string, ComponentType<CodeViewProps>>>;
  /** Shows inline code that the syntax gave a language, by that language. */
  readonly inline?: Readonly<Record<string, ComponentType<InlineViewProps>>>;
}

export interface CodeTextProps {
  readonly language: string;
  /** The code so far, in pieces of fifty lines. Only the last one grows. */
  readonly pieces: readonly string[];
  /** The text as it would stand there without the plugin. */
  readonly children: ReactNode;
}

export interface CodeViewProps {
  readonly source: string;
  /** The fence has not been closed: more may come, or the text ended without it. */
  readonly isOpen: boolean;
  /** The code block as it would stand there without the plugin. */
  readonly children: ReactNode;
}

export interface InlineViewProps extends CodeViewProps {
  /** It stands for itself, on a line of its own. */
  readonly isDisplay: boolean;
}
