// Decides what of a message is shown where: its parts in order, but what the answer rests on once, at the end, and
// what the assistant is doing once, where the next words will appear.
import type { Message, Part, PartOf } from '../../message/message.ts';

export interface ArrangedParts {
  /** In order; without sources and phases. */
  readonly inline: readonly Exclude<Part, { readonly type: 'source' | 'status' }>[];
  readonly sources: readonly PartOf<'source'>[];
  readonly phases: readonly PartOf<'status'>[];
  /** Whether the reader waits: more is expected and no text is growing. */
  readonly waiting: boolean;
}

export function arrangeParts(message: Message): ArrangedParts {
  const inline: Exclude<Part, { readonly type: 'source' | 'status' }>[] = [];
  const sources: PartOf<'source'>[] = [];
  const phases: PartOf<'status'>[] = [];
  for (const part of message.parts) {
    if (part.type === 'source') sources.push(part);
    else if (part.type === 'status') phases.push(part);
    else if (!isMute(part)) inline.push(part);
  }
  return { inline, sources, phases, waiting: isWaiting(message, inline, phases) };
}

/** A text that ended without a word is kept for what the provider signed, and shows nothing. */
function isMute(part: Part): boolean {
  return part.type === 'text' && part.text === '' && part.status === 'complete';
}

function isWaiting(message: Message, inline: readonly Part[], phases: readonly PartOf<'status'>[]): boolean {
  if (message.status === 'pending') return true;
  if (message.status !== 'streaming') return false;
  if (phases.some((phase) => phase.status === 'active')) return true;
  const last = inline.at(-1);
  if (last === undefined) return true;
  if (last.type === 'text' || last.type === 'reasoning' || last.type === 'refusal') return last.status === 'complete';
  // A tool that runs shows so itself; a settled one is followed by thought.
  if (last.type === 'tool') return last.status === 'complete' || last.status === 'failed' || last.status === 'denied';
  return last.type !== 'approval';
}
