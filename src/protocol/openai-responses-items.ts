// The items of a Responses output: messages with what they cite, thoughts, calls of every kind. An item comes in events of its
// own, and once more in the closing copy of the whole.
import { compact } from '../base/compact.ts';
import type { Emit } from './adapter.ts';
import { type Fields, firstString, numberField, objectsField, stringField } from './read-json.ts';
import { answerCall, type Arguments, type Calls, endCall, parseArgs, startCall } from './tool-calls.ts';

export interface OutputState {
  readonly calls: Calls;
  /** The call that stands at each place of the output. */
  readonly places: Map<unknown, string>;
  /** Parts whose citations were told as they came. */
  readonly cited: Set<string>;
  /** Whether any item came by an event of its own. */
  items: boolean;
}

/** Tools that the caller runs. All others run on the server. */
const clientCalls = /^(function|custom_tool|computer|local_shell|shell|apply_patch)_call$/;

export function startItem(state: OutputState, place: unknown, item: Fields, emit: Emit): string | undefined {
  state.items = true;
  const type = firstString(item, 'type') ?? '';
  if (!type.endsWith('_call')) return undefined;
  const id = firstString(item, 'call_id', 'id') ?? String(place);
  state.places.set(place, id);
  startCall(
    state.calls,
    {
      id,
      name: firstString(item, 'name') ?? type.slice(0, -'_call'.length),
      by: clientCalls.test(type) ? 'client' : 'server',
      meta: compact({ type, server_label: item['server_label'] }),
    },
    emit,
  );
  return id;
}

export function endItem(state: OutputState, place: unknown, item: Fields, emit: Emit): void {
  const id = startItem(state, place, item, emit);
  const type = item['type'];
  if (type === 'message') endMessage(state, place, item, emit);
  else if (type === 'reasoning') endThought(place, item, emit);
  else if (type === 'mcp_approval_request') {
    emit({ type: 'approval', id: firstString(item, 'id') ?? '', message: firstString(item, 'name'), data: item });
  }
  if (id === undefined) return;
  endCall(state.calls, id, emit, argsOf(item));
  const { output, error, results, outputs, result, status } = item;
  if (clientCalls.test(String(type))) return;
  if (typeof result === 'string') {
    emit({ type: 'file', base64: result, mediaType: `image/${firstString(item, 'output_format') ?? 'png'}` });
  }
  const failed = (error ?? undefined) !== undefined || status === 'failed' ? true : undefined;
  answerCall(state.calls, { id, result: error ?? output ?? results ?? outputs ?? { status }, error: failed }, emit);
}

function argsOf(item: Fields): Arguments {
  if (typeof item['arguments'] === 'string') return parseArgs(item['arguments']);
  const { input, action, queries, code, operation } = item;
  return { args: input ?? action ?? operation ?? compact({ queries, code }) };
}

function endMessage(state: OutputState, place: unknown, item: Fields, emit: Emit): void {
  const phase = firstString(item, 'phase');
  objectsField(item, 'content', 'message').forEach((content, index) => {
    const part = `${String(place)}.${index}`;
    const isRefusal = content['type'] === 'refusal';
    const set = stringField(content, isRefusal ? 'refusal' : 'text', 'message') ?? '';
    if (set !== '') emit({ type: isRefusal ? 'refusal' : 'text', part, set });
    if (!state.cited.has(part)) {
      for (const annotation of objectsField(content, 'annotations', 'message')) emitCitation(annotation, part, emit);
    }
    emit({ type: 'part-end', part, meta: phase === undefined ? undefined : { phase } });
  });
}

/** A thought that is only there encrypted is a part without text. */
function endThought(place: unknown, item: Fields, emit: Emit): void {
  const signature = firstString(item, 'encrypted_content');
  const written = [
    ...objectsField(item, 'summary', 'reasoning').map((piece, index) => [`s${index}`, piece] as const),
    ...objectsField(item, 'content', 'reasoning').map((piece, index) => [`r${index}`, piece] as const),
  ];
  if (written.length === 0 && signature !== undefined) written.push(['s0', {}]);
  written.forEach(([mark, piece], index) => {
    const part = `${String(place)}.${mark}`;
    emit({ type: 'reasoning', part, set: stringField(piece, 'text', 'reasoning') ?? '' });
    const isLast = index === written.length - 1;
    emit({ type: 'part-end', part, signature: isLast ? signature : undefined, meta: { itemId: item['id'] } });
  });
}

export function emitCitation(annotation: Fields, part: string, emit: Emit): void {
  const url = firstString(annotation, 'url');
  // A file is cited at one place, not over a stretch.
  const place = numberField(annotation, 'index', 'annotation');
  emit({
    type: 'source',
    id: url === undefined ? firstString(annotation, 'file_id') : undefined,
    kind: url === undefined ? 'document' : 'url',
    url,
    title: firstString(annotation, 'title', 'filename'),
    at: compact({
      part,
      start: numberField(annotation, 'start_index', 'annotation') ?? place,
      end: numberField(annotation, 'end_index', 'annotation') ?? place,
    }),
    data: annotation,
  });
}
