// Folds text, reasoning and refusals: which part a piece goes to, what begins another, and when one has ended.
import { pick } from '../base/compact.ts';
import type { ChunkOf, ProseDeltaChunk, ProseSetChunk } from '../protocol/chunk.ts';
import { common, type Draft } from './draft.ts';
import type { Part, ProsePart } from './message.ts';
import { endImplicitPhases } from './reduce-status.ts';

export function isProse(part: Part): part is Extract<Part, ProsePart> {
  return part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal';
}

/** Sources, phases and data stand beside the text; anything else that comes between ends it. */
export function interrupts(part: Part): boolean {
  return part.type !== 'source' && part.type !== 'status' && part.type !== 'data';
}

export function reduceProse(draft: Draft, chunk: ProseDeltaChunk | ProseSetChunk): void {
  if (chunk.delta === '' && chunk.part === undefined) return;
  const index = proseIndex(draft, chunk);
  if (chunk.set !== undefined && index < 0 && alreadyTold(draft, chunk)) return;
  endImplicitPhases(draft);
  if (index >= 0) {
    const standing = draft.parts[index] as ProsePart;
    const text = chunk.set ?? standing.text + chunk.delta;
    if (text === standing.text) return;
    draft.edit(index, chunk.type).text = text;
    return;
  }
  settle(draft, chunk.part !== undefined);
  draft.add({
    ...common(chunk),
    id: chunk.part === undefined ? undefined : namedId(draft, chunk.type, chunk.part),
    type: chunk.type,
    text: chunk.set ?? chunk.delta,
    status: 'streaming',
    startedAt: draft.at,
  });
}

function namedId(draft: Draft, type: string, part: string): string {
  return `${draft.message.id}/${type}:${part}`;
}

function proseIndex(draft: Draft, chunk: ProseDeltaChunk | ProseSetChunk): number {
  if (chunk.part !== undefined) {
    const id = namedId(draft, chunk.type, chunk.part);
    return draft.parts.findLastIndex((part) => part.id === id);
  }
  const index = draft.parts.findLastIndex(interrupts);
  const part = draft.parts[index];
  return part?.type === chunk.type && part.status === 'streaming' && part.step === chunk.step && part.run === chunk.run
    ? index
    : -1;
}

/** A closing snapshot repeats what was streamed, sometimes under new ids: then there is nothing to add. */
function alreadyTold(draft: Draft, chunk: ProseSetChunk): boolean {
  // A part without text may still be one: a thought that is only there encrypted.
  if (chunk.set === '') return false;
  let all = '';
  for (const part of draft.parts) {
    if (part.type !== chunk.type) continue;
    if (part.text === chunk.set) return true;
    all += part.text;
  }
  return all !== '' && all === chunk.set;
}

export function endPart(draft: Draft, chunk: ChunkOf<'part-end'>): void {
  const index = draft.parts.findLastIndex((part) => isProse(part) && part.id === namedId(draft, part.type, chunk.part));
  const part = draft.parts[index];
  if (part === undefined || !isProse(part)) return;
  const prose = Object.assign(endProse(draft, index, part.type), pick(chunk, 'signature', 'redacted'));
  if (chunk.meta !== undefined) prose.meta = { ...prose.meta, ...chunk.meta };
}

/** Something new begins: prose that nobody will end by name has ended, and so have phases without an id. */
export function settle(draft: Draft, named = false): void {
  endImplicitPhases(draft);
  if (named) return;
  closeProse(draft, (part) => !part.id.startsWith(namedId(draft, part.type, '')));
}

export function closeProse(draft: Draft, which: (part: ProsePart) => boolean): void {
  draft.parts.forEach((part, index) => {
    if (isProse(part) && part.status === 'streaming' && which(part)) endProse(draft, index, part.type);
  });
}

function endProse(draft: Draft, index: number, type: ProsePart['type']) {
  return Object.assign(draft.edit(index, type), { status: 'complete', endedAt: draft.at } as const);
}
