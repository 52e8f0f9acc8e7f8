'use client';
// Which source the reader points at, shared by an answer's citations and its list of sources. Optional: without the
// provider nothing is highlighted and everything else works.
import { createContext, useContext, useMemo, useState, type ReactElement, type ReactNode } from 'react';

interface Highlight {
  readonly source: string | undefined;
  point(source: string | undefined): void;
}

const HighlightContext = /* @__PURE__ */ createContext<Highlight>({ source: undefined, point: () => undefined });

export function SourceHighlight({ children }: { readonly children?: ReactNode }): ReactElement {
  const [source, point] = useState<string | undefined>();
  const value = useMemo(() => ({ source, point }), [source]);
  return <HighlightContext.Provider value={value}>{children}</HighlightContext.Provider>;
}

export interface HighlightTarget {
  readonly highlighted: boolean;
  /** Called by the element's own events; `false` when the pointer or the focus leaves. */
  point(on: boolean): void;
}

export function useSourceHighlight(source: string | undefined): HighlightTarget {
  const highlight = useContext(HighlightContext);
  return {
    highlighted: source !== undefined && highlight.source === source,
    point: (on) => highlight.point(on ? source : undefined),
  };
}
