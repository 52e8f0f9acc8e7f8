// Folds phases, what a server says that it is doing: named ones until they are ended, others until something else comes.
import { pick } from '../base/compact.ts';
import type { ChunkOf } from '../protocol/chunk.ts';
import { common, type Draft } from './draft.ts';
import type { StatusPart } from './message.ts';

export function endImplicitPhases(draft: Draft): void {
  endPhases(draft, (part) => part.key === undefined);
}

export function endPhases(draft: Draft, which: (part: StatusPart) => boolean): void {
  draft.parts.forEach((part, index) => {
    if (part.type !== 'status' || part.status !== 'active' || !which(part)) return;
    const phase = draft.edit(index, 'status');
    phase.status = 'done';
    phase.endedAt = draft.at;
  });
}

export function reduceStatus(draft: Draft, chunk: ChunkOf<'status'>): void {
  const index = draft.parts.findLastIndex(
    (part) =>
      part.type === 'status' &&
      (chunk.id === undefined
        ? part.key === undefined && part.state === chunk.state && part.status === 'active'
        : part.key === chunk.id),
  );
  if (chunk.id === undefined) endPhases(draft, (part) => part.key === undefined && part !== draft.parts[index]);
  const facts = pick(chunk, 'state', 'label', 'progress', 'items', 'data');
  const status = chunk.phase !== 'end' ? 'active' : chunk.ok === false ? 'failed' : 'done';
  const ended = status === 'active' ? undefined : { endedAt: draft.at };
  if (index >= 0) {
    Object.assign(draft.edit(index, 'status'), facts, { status }, ended);
    return;
  }
  draft.add({
    ...common(chunk),
    ...facts,
    key: chunk.id,
    type: 'status',
    state: chunk.state,
    status,
    startedAt: draft.at,
    ...ended,
  });
}
