// Decides when an answer that a server sends again from the start may take the place of what is on screen: not before
// it shows at least as much, so that nothing shrinks or flickers.
import type { Message, Part } from '../message/message.ts';
import { reduceMessage } from '../message/reduce.ts';
import type { Chunk } from '../protocol/chunk.ts';

export interface Replay {
  /** All that was replayed so far, to be applied to an empty message in one go. */
  readonly chunks: readonly Chunk[];
  /** Takes more of it; `true` once it covers what stands. */
  add(chunks: readonly Chunk[], at: number): boolean;
}

/**
 * Folds the replay behind the visible message. `standing` is what is visible, asked for when it matters; without it
 * nobody can say what is covered, so that only the whole answer may replace it. `base` is what an answer began with.
 */
export function createReplay(standing: (() => Message) | undefined, base?: Message): Replay {
  const chunks: Chunk[] = [];
  let behind: Message | undefined;
  let covered = false;
  return {
    chunks,
    add(more, at) {
      for (const chunk of more) chunks.push(chunk);
      if (covered || !standing) return covered;
      const visible = standing();
      behind = reduceMessage(behind ?? base ?? { ...visible, parts: [], status: 'pending' }, more, at);
      covered = covers(behind.parts, visible.parts);
      return covered;
    },
  };
}

/**
 * Whether everything that `visible` shows is in `parts`, each kind in its order. Phases are left out: what a server was
 * doing when it made an answer is often not replayed, and a phase that vanishes takes nothing from the answer.
 */
export function covers(parts: readonly Part[], visible: readonly Part[]): boolean {
  const shown = visible.filter(isContent);
  const types = new Set(shown.map((part) => part.type));
  for (const type of types) {
    const ours = parts.filter((part) => part.type === type);
    const theirs = shown.filter((part) => part.type === type);
    if (ours.length < theirs.length) return false;
    for (const [index, part] of theirs.entries()) if (!coversPart(ours[index], part)) return false;
  }
  return true;
}

function isContent(part: Part): boolean {
  return part.type !== 'status';
}

function coversPart(part: Part | undefined, visible: Part): boolean {
  if (part?.type !== visible.type) return false;
  // Lengths first: a long text is compared once, when it can be covered at all.
  if ('text' in part && 'text' in visible) {
    return part.text.length >= visible.text.length && part.text.startsWith(visible.text);
  }
  if (part.type === 'tool' && visible.type === 'tool') {
    return part.argsText.length >= visible.argsText.length && toolProgress[part.status] >= toolProgress[visible.status];
  }
  return true;
}

const toolProgress = { streaming: 0, called: 1, awaiting: 2, denied: 3, complete: 3, failed: 3 } as const;
