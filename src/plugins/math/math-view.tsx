'use client';
// A formula, set by KaTeX into nodes of its own. Its source stands there until KaTeX is there, while the formula is not
// closed, and where KaTeX cannot read it.
import type katexModule from 'katex';
import type { KatexOptions } from 'katex';
import { useCallback, useEffect, useMemo, type ReactElement } from 'react';
import type { InlineViewProps } from '../../components/streaming-markdown/plugin.ts';
import { useSnapshot } from '../../hooks/use-store.ts';
import { lazyPeer } from '../lazy-peer.ts';

type Katex = typeof katexModule;

const peer = /* @__PURE__ */ lazyPeer('math', 'katex', async (): Promise<Katex> => (await import('katex')).default);

/** What a model writes must not reach out of its place, run for long, or fetch anything. */
const bounds = { trust: false, strict: 'ignore', maxSize: 20, maxExpand: 500 } satisfies KatexOptions;

const maxLength = 10_000;

function typeset(katex: Katex, source: string, displayMode: boolean): readonly Node[] | undefined {
  const host = document.createElement('span');
  try {
    katex.render(source, host, { ...bounds, displayMode, throwOnError: true });
  } catch {
    // A faulty formula, or one nested too deep: the reader gets its source.
    return undefined;
  }
  return [...host.childNodes];
}

export function MathView({ source, isDisplay, isOpen, children }: InlineViewProps): ReactElement {
  const katex = useSnapshot(peer);
  useEffect(() => {
    if (!isOpen) peer.load();
  }, [isOpen]);
  const nodes = useMemo(
    () => (katex && !isOpen && source.length <= maxLength ? typeset(katex, source, isDisplay) : undefined),
    [katex, isOpen, source, isDisplay],
  );
  const place = useCallback(
    (host: HTMLElement | null) => {
      if (!host || !nodes) return;
      host.replaceChildren(...nodes);
      // Without KaTeX's style sheet both of its forms would show: the browser then sets the MathML by itself.
      const spoken = host.querySelector('.katex-mathml');
      if (spoken && getComputedStyle(spoken).position !== 'absolute') host.querySelector('.katex-html')?.remove();
    },
    [nodes],
  );
  if (!nodes) return <>{children}</>;
  return (
    <span className="rv rv-math" data-slot="math" data-display={isDisplay ? '' : undefined} dir="ltr" ref={place} />
  );
}
