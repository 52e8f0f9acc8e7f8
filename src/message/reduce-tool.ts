// Folds the chunks of tool calls and approvals: one part a call, found by the call's id.
import { compact } from '../base/compact.ts';
import type { ChunkOf } from '../protocol/chunk.ts';
import { common, type Draft } from './draft.ts';
import type { ToolPart } from './message.ts';
import { createPartialJson, type PartialJson } from './partial-json.ts';

type ToolChunk = ChunkOf<'tool-start' | 'tool-args' | 'tool-call' | 'tool-result' | 'approval'>;

export function reduceToolChunk(draft: Draft, chunk: ToolChunk): void {
  switch (chunk.type) {
    case 'tool-start': {
      const tool = draft.edit(ensure(draft, chunk.id, chunk), 'tool');
      const { name, by, title, parent, meta } = chunk;
      Object.assign(tool, compact({ name, by, title, parent, meta: meta && { ...tool.meta, ...meta } }));
      return;
    }
    case 'tool-args': {
      const index = ensure(draft, chunk.id, chunk);
      const standing = draft.parts[index] as ToolPart;
      if (standing.status !== 'streaming' || chunk.delta === '') return;
      const reader = readerOf(standing);
      const tool = draft.edit(index, 'tool');
      tool.argsText += chunk.delta;
      reader.push(chunk.delta);
      const args = reader.read();
      if (args !== undefined) tool.args = args;
      readers.set(tool, reader);
      return;
    }
    case 'tool-call': {
      const tool = draft.edit(ensure(draft, chunk.id, chunk), 'tool');
      const { name, args, by, meta, error } = chunk;
      Object.assign(tool, compact({ name, by, error, meta: meta && { ...tool.meta, ...meta } }));
      // Arguments that do not parse keep what could be read of them.
      if (error === undefined || args !== undefined) tool.args = args;
      if (tool.argsText === '' && args !== undefined) tool.argsText = JSON.stringify(args);
      if (error !== undefined) {
        tool.status = 'failed';
      } else if (tool.status === 'streaming') {
        tool.status = 'called';
      }
      return;
    }
    case 'tool-result': {
      const tool = draft.edit(ensure(draft, chunk.id, chunk), 'tool');
      if (chunk.name !== undefined) tool.name = chunk.name;
      tool.result = chunk.result;
      tool.preliminary = chunk.preliminary === true;
      if (chunk.error === true) {
        tool.status = 'failed';
        tool.error = typeof chunk.result === 'string' ? chunk.result : '';
      } else if (!tool.preliminary) {
        tool.status = 'complete';
      }
      return;
    }
    case 'approval': {
      const { id, message, data, approved, reason } = chunk;
      const told = compact({ message, data, approved, reason });
      if (chunk.tool !== undefined) {
        const tool = draft.edit(ensure(draft, chunk.tool, chunk), 'tool');
        // An answer repeats nothing of the question.
        tool.approval = { ...tool.approval, ...told, id };
        if (approved === false) tool.status = 'denied';
        else if (tool.status !== 'complete') tool.status = approved === true ? 'called' : 'awaiting';
        return;
      }
      const index = draft.parts.findIndex((part) => part.type === 'approval' && part.approvalId === id);
      if (index < 0) draft.add({ type: 'approval', approvalId: id, ...told });
      else if (approved !== undefined) Object.assign(draft.edit(index, 'approval'), told);
      return;
    }
    default:
      chunk satisfies never;
  }
}

/**
 * The readers of arguments that are arriving, so that a delta costs its own length. Only a memory of work done: a part
 * without one, after a reload say, is read again from its text, and so is a part that a reader has gone past.
 */
const readers = new WeakMap<ToolPart, PartialJson>();

function readerOf(part: ToolPart): PartialJson {
  const known = readers.get(part);
  if (known?.length === part.argsText.length) return known;
  const reader = createPartialJson();
  reader.push(part.argsText);
  return reader;
}

/** The part of this call, made where none stands: some formats send a result or arguments without a start. */
function ensure(draft: Draft, callId: string, chunk: ToolChunk): number {
  const index = draft.parts.findLastIndex((part) => part.type === 'tool' && part.callId === callId);
  if (index >= 0) return index;
  return draft.add({
    type: 'tool',
    id: `${draft.message.id}/tool:${callId}`,
    callId,
    name: '',
    by: 'server',
    status: 'streaming',
    argsText: '',
    ...common(chunk),
  });
}
