// What colours code, by its language. Everything that does the work is loaded together with shiki, when code in that
// language is first shown.
import { lazyPeer, type LazyPeer } from '../lazy-peer.ts';
import type { Coloring } from './colored-lines.ts';

const colorings = new Map<string, LazyPeer<Coloring>>();

export function coloringOf(language: string): LazyPeer<Coloring> {
  let coloring = colorings.get(language);
  if (!coloring) {
    coloring = lazyPeer('highlight', 'shiki', async () => (await import('./colored-lines.ts')).loadColoring(language));
    colorings.set(language, coloring);
  }
  return coloring;
}
