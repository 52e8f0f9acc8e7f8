'use client';
// The text of a code block in colours, as soon as shiki and the language are there.
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import type { CodeTextProps } from '../../components/streaming-markdown/plugin.ts';
import { useSnapshot } from '../../hooks/use-store.ts';
import { coloringOf } from './coloring.ts';

export function HighlightedCode({ language, pieces, children }: CodeTextProps): ReactElement {
  const peer = coloringOf(language);
  const begin = useSnapshot(peer);
  // A language may still be growing as long as no line has followed it.
  const hasCode = pieces.some((piece) => piece !== '');
  useEffect(() => {
    if (hasCode) peer.load();
  }, [peer, hasCode]);
  // A cache of what it is given, filled while rendering: the same pieces give the same elements.
  const lines = useMemo(() => begin?.(), [begin]);
  const shown = lines?.show(pieces);
  // What is left is coloured in the next frames.
  const [, setCount] = useState(0);
  const count = shown?.count ?? 0;
  const isWaiting = shown !== undefined && count < pieces.length;
  useEffect(() => {
    if (!isWaiting) return;
    const frame = requestAnimationFrame(() => setCount(count));
    return () => cancelAnimationFrame(frame);
  }, [isWaiting, count]);
  return <>{shown?.nodes ?? children}</>;
}
