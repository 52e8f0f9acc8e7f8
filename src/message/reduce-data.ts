// Folds named data: one part a name and key, replaced, patched or appended to.
import { isObject } from '../base/is-object.ts';
import type { ChunkOf } from '../protocol/chunk.ts';
import { common, type Draft } from './draft.ts';
import { applyJsonPatch } from './json-patch.ts';

export function reduceData(draft: Draft, chunk: ChunkOf<'data'>): void {
  const index =
    chunk.id === undefined && chunk.op === undefined
      ? -1
      : draft.parts.findLastIndex((part) => part.type === 'data' && part.name === chunk.name && part.key === chunk.id);
  const standing = draft.parts[index];
  if (standing?.type === 'data') {
    draft.edit(index, 'data').data = mergeData(standing.data, chunk);
    return;
  }
  draft.add({
    ...common(chunk),
    key: chunk.id,
    type: 'data',
    name: chunk.name,
    data: chunk.op === 'patch' ? mergeData({}, chunk) : chunk.data,
  });
}

/** What stands, after the chunk. */
export function mergeData(standing: unknown, chunk: ChunkOf<'data'>): unknown {
  if (chunk.op === 'append') {
    if (Array.isArray(standing)) return standing.concat(chunk.data);
    if (typeof standing === 'string' && typeof chunk.data === 'string') return standing + chunk.data;
  }
  // A patch that does not fit what stands here was meant for something else: what stands is kept.
  if (chunk.op === 'patch' && Array.isArray(chunk.data)) {
    const patched = applyJsonPatch(standing, chunk.data);
    return patched === undefined ? standing : patched.value;
  }
  if (chunk.op === 'patch' && isObject(standing) && isObject(chunk.data)) return { ...standing, ...chunk.data };
  return chunk.data;
}
