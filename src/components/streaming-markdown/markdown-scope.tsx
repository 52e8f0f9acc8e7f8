'use client';
// What the parts of one StreamingMarkdown share: its plugins, and the sources that its citations lead to.
import { createContext, useMemo, type Context, type ReactElement, type ReactNode } from 'react';
import type { SourcePart } from '../../message/message.ts';
import type { MarkdownPlugin } from './plugin.ts';

export interface MarkdownScopeValue {
  readonly plugins?: readonly MarkdownPlugin[] | undefined;
  readonly sources?: readonly SourcePart[] | undefined;
  readonly onCitation?: ((source: SourcePart, index: number) => void) | undefined;
}

export const MarkdownContext: Context<MarkdownScopeValue> = /* @__PURE__ */ createContext<MarkdownScopeValue>({});

export function MarkdownScope({
  plugins,
  sources,
  onCitation,
  children,
}: MarkdownScopeValue & { readonly children?: ReactNode }): ReactElement {
  const value = useMemo(() => ({ plugins, sources, onCitation }), [plugins, sources, onCitation]);
  return <MarkdownContext.Provider value={value}>{children}</MarkdownContext.Provider>;
}
