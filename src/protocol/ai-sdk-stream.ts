// Reads the chunks of the AI SDK's UI message stream, whatever carried them.
import { compact } from '../base/compact.ts';
import type { Emit } from './adapter.ts';
import type { FinishReason, UsageChunk } from './chunk.ts';
import { asObject, type Fields, firstString, listField, numberField, stringField } from './read-json.ts';
import { addArgs, answerCall, type Calls, claimCalls, endCall, finishTurn, startCall } from './tool-calls.ts';

export interface UIStreamState {
  readonly calls: Calls;
  /** Whether each call is run by the provider or waits for an approval: if neither, and unanswered, it is the client's. */
  readonly settled: Set<string>;
  readonly approvals: Map<string, string>;
  /** The part that each of the stream's ids stands for now: ids are used again from step to step. */
  readonly parts: Map<string, string>;
  made: number;
  steps: number;
  step: string | undefined;
}

export function initUIStream(): UIStreamState {
  const maps = { calls: new Map(), settled: new Set<string>(), approvals: new Map(), parts: new Map() };
  return { ...maps, made: 0, steps: 0, step: undefined };
}

export function readUIChunk(state: UIStreamState, fields: Fields, send: Emit): void {
  const type = stringField(fields, 'type', 'chunk') ?? '';
  // What is undefined is left out here, once for all.
  const emit: Emit = (chunk) => send(compact({ ...chunk, step: chunk.step ?? state.step }));
  const text = (name: string): string | undefined => stringField(fields, name, type);
  const id = firstString(fields, 'toolCallId', 'id', 'approvalId') ?? '';
  const theirs = fields['providerMetadata'];
  const meta = theirs === undefined ? undefined : { providerMetadata: theirs };
  switch (type) {
    case 'start':
      send(compact({ type, id: text('messageId') }));
      readMetadata(fields, send);
      return;
    case 'message-metadata':
      readMetadata(fields, send);
      return;
    case 'start-step':
      state.step = String((state.steps += 1));
      emit({ type: 'step', phase: 'start', id: state.step });
      return;
    case 'finish-step':
    case 'reset-step':
      emit({ type: 'step', phase: type === 'finish-step' ? 'end' : 'reset', id: state.step });
      state.parts.clear();
      return;
    case 'text-start':
    case 'reasoning-start':
      state.parts.set(id, String(state.made++));
      return;
    case 'text-delta':
    case 'reasoning-delta':
      emit({ type: type === 'text-delta' ? 'text' : 'reasoning', part: partOf(state, id), delta: text('delta') ?? '' });
      return;
    case 'text-end':
    case 'reasoning-end':
      for (const citation of listField(fields, 'citations', type))
        emitCitation(state, asObject(citation) ?? {}, id, emit);
      emit({ type: 'part-end', part: partOf(state, id), meta });
      return;
    case 'tool-input-start':
      startTool(state, fields, id, emit);
      return;
    case 'tool-input-delta':
      addArgs(state.calls, id, text('inputTextDelta') ?? '', emit);
      return;
    case 'tool-input-available':
    case 'tool-input-error': {
      startTool(state, fields, id, emit);
      endCall(state.calls, id, emit, { args: fields['input'], error: text('errorText') });
      return;
    }
    case 'tool-output-available':
    case 'tool-output-error': {
      const preliminary = fields['preliminary'] === true ? true : undefined;
      const error = type === 'tool-output-error' ? true : undefined;
      answerCall(state.calls, { id, result: error ? text('errorText') : fields['output'], error, preliminary }, emit);
      return;
    }
    case 'tool-approval-request': {
      const { approvalId: _, toolCallId: __, type: ___, reason: ____, ...data } = fields;
      state.approvals.set(text('approvalId') ?? '', id);
      state.settled.add(id);
      emit({ type: 'approval', id: text('approvalId') ?? '', tool: id, message: text('reason'), data });
      return;
    }
    case 'tool-approval-response': {
      const tool = state.approvals.get(id);
      emit({ type: 'approval', id, tool, approved: fields['approved'] === true, reason: text('reason') });
      return;
    }
    case 'tool-output-denied': {
      const approval = [...state.approvals].find(([, tool]) => tool === id)?.[0] ?? '';
      emit({ type: 'approval', id: approval, tool: id, approved: false });
      return;
    }
    case 'source-url':
    case 'source-document':
      emitSource(fields, {}, emit);
      return;
    case 'file':
    case 'reasoning-file': {
      const reasoning = type === 'file' ? undefined : true;
      emit({ type: 'file', url: text('url'), mediaType: text('mediaType') ?? '', reasoning });
      return;
    }
    case 'error':
      emit({ type, message: text('errorText') });
      return;
    case 'abort':
      finishTurn(state.calls, 'aborted', text('reason'), emit);
      return;
    case 'finish':
      readMetadata(fields, send);
      finishUI(state, text('finishReason'), send);
      return;
    case 'custom':
    case 'steering-message': {
      const { type: _, ...data } = fields;
      emit({ type: 'data', name: type, data });
      return;
    }
    default:
      if (type.startsWith('data-')) {
        const transient = fields['transient'] === true ? true : undefined;
        emit({ type: 'data', name: type.slice('data-'.length), id: text('id'), data: fields['data'], transient });
      } else emit({ type: 'unknown', event: type, data: fields });
  }
}

const reasons: readonly string[] = ['stop', 'length', 'tool-calls', 'content-filter', 'other', 'unknown'];

/** Only now is it known whose the open calls are: the stream does not say it, and a server answers its own. */
export function finishUI(state: UIStreamState, raw: string | undefined, emit: Emit): void {
  claimCalls(state.calls, (id) => !state.settled.has(id), emit);
  const known = raw === undefined ? 'unknown' : reasons.includes(raw) ? (raw as FinishReason) : 'other';
  finishTurn(state.calls, known, raw === known ? undefined : raw, emit);
}

function partOf(state: UIStreamState, id: string): string {
  const part = state.parts.get(id) ?? String(state.made++);
  state.parts.set(id, part);
  return part;
}

function startTool(state: UIStreamState, fields: Fields, id: string, emit: Emit): void {
  const { dynamic, providerExecuted, providerMetadata } = fields;
  const meta = compact({ dynamic: dynamic === true ? true : undefined, providerExecuted, providerMetadata });
  if (providerExecuted === true) state.settled.add(id);
  startCall(
    state.calls,
    {
      id,
      name: firstString(fields, 'toolName') ?? '',
      by: 'server',
      title: firstString(fields, 'title'),
      meta: Object.keys(meta).length > 0 ? meta : undefined,
    },
    emit,
  );
}

function emitCitation(state: UIStreamState, citation: Fields, id: string, emit: Emit): void {
  const at = compact({
    part: partOf(state, id),
    start: numberField(citation, 'startIndex', 'citation'),
    end: numberField(citation, 'endIndex', 'citation'),
    quote: firstString(citation, 'citedText'),
  });
  emitSource(asObject(citation['source']) ?? {}, { at }, emit);
}

function emitSource(source: Fields, more: object, emit: Emit): void {
  const filename = firstString(source, 'filename');
  const url = firstString(source, 'url');
  emit({
    type: 'source',
    id: firstString(source, 'sourceId', 'id'),
    kind: url === undefined ? 'document' : 'url',
    url,
    title: firstString(source, 'title'),
    mediaType: firstString(source, 'mediaType'),
    data: filename === undefined ? undefined : { filename },
    ...more,
  });
}

/** Counts are not part of the format; servers put them into the metadata, under the SDK's own names. */
function readMetadata(fields: Fields, emit: Emit): void {
  const meta = asObject(fields['messageMetadata']);
  if (meta === undefined) return;
  emit({ type: 'meta', meta });
  const usage = asObject(meta['totalUsage'] ?? meta['usage']);
  if (usage === undefined) return;
  const count = (name: string, detail: string, part: string): number | undefined =>
    numberField(asObject(usage[detail]) ?? {}, part, 'usage') ?? numberField(usage, name, 'usage');
  const told: UsageChunk = {
    type: 'usage',
    input: numberField(usage, 'inputTokens', 'usage'),
    output: numberField(usage, 'outputTokens', 'usage'),
    total: numberField(usage, 'totalTokens', 'usage'),
    reasoning: count('reasoningTokens', 'outputTokenDetails', 'reasoningTokens'),
    cached: count('cachedInputTokens', 'inputTokenDetails', 'cacheReadTokens'),
  };
  emit(compact(told));
}
