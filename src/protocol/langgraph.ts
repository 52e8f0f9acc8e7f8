// LangGraph Server (Agent Server): runs that stream their state, their messages and whatever a graph sends. The stream
// ends by end of file, so its answers are unconfirmed; a run that was lost is joined again after the last event's id.
import { compact } from '../base/compact.ts';
import { pathSegment } from '../base/path-segment.ts';
import { ownId } from '../wire/frame.ts';
import type { Adapter, Emit, TurnPoint } from './adapter.ts';
import { runInput } from './langgraph-request.ts';
import { errorOf, errorOfReply } from './read-error.ts';
import { asObject, type Fields, firstString, listField, numberField, objectsField, parse, peek } from './read-json.ts';
import { addArgs, answerCall, type Calls, claimCalls, endCall, endCalls, finishTurn, startCall } from './tool-calls.ts';

export interface LangGraphOptions {
  /** The assistant or graph to run. Default `agent`. */
  readonly assistant?: string;
  /**
   * The thread of a conversation: a UUID, made by the server or at first use. `null`: runs without one, and each is
   * sent the whole conversation. Default: the conversation's id.
   */
  readonly thread?: string | null | ((conversationId: string) => string);
  /** Default `messages-tuple`, `values`, `custom`. */
  readonly streamMode?: readonly string[];
  /** The server keeps a run's events and goes on without a reader, so that it can be joined again. Default `true`. */
  readonly resumable?: boolean;
  /** Further members of the body: `config`, `context`, `metadata`, `checkpoint`, ... */
  readonly body?: Readonly<Record<string, unknown>>;
}

interface LangGraphState {
  readonly calls: Calls;
  /** The call that each index of a message's pieces stands for. */
  readonly indexes: Map<string, string>;
  /** What was told of each message's text, so that its copies are known under whatever id. */
  readonly texts: Map<string, string>;
  readonly usage: Map<string, Record<string, number>>;
  readonly asked: Set<string>;
  run: string | undefined;
  /** The id of the last event, where the server sends them. */
  last: string | undefined;
  seen: boolean;
}

/** The adapter for LangGraph Server; the url is the server's. */
export function langgraph(options: LangGraphOptions = {}): Adapter<LangGraphState> {
  const { assistant = 'agent', thread, resumable = true, body } = options;
  const streamMode = options.streamMode ?? ['messages-tuple', 'values', 'custom'];
  const runs = (conversationId: string): string => {
    const id = typeof thread === 'function' ? thread(conversationId) : (thread ?? conversationId);
    return thread === null ? '/runs' : `/threads/${pathSegment(id)}/runs`;
  };
  const ofRun = (state: LangGraphState, point: TurnPoint): string | undefined => {
    const run = state.run ?? point.message?.serverId;
    return run === undefined || thread === null
      ? undefined
      : `${runs(point.input.conversation.id)}/${pathSegment(run)}`;
  };
  return Object.freeze<Adapter<LangGraphState>>({
    name: 'langgraph',
    framings: ['sse'],
    accepts: ['text/event-stream'],
    resumeHeaders: ['last-event-id'],
    init: () => ({
      calls: new Map(),
      indexes: new Map(),
      texts: new Map(),
      usage: new Map(),
      asked: new Set(),
      run: undefined,
      last: undefined,
      seen: false,
    }),
    recognise: (frame) => {
      if (frame.kind !== 'message') return 0;
      if (frame.event === 'metadata' && 'run_id' in peek(frame)) return 1;
      return /^(values|updates|messages)([|/]|$)/.test(frame.event) ? 0.8 : 0;
    },
    read(state, frame, emit) {
      if (frame.kind === 'comment') emit({ type: 'heartbeat' });
      if (frame.kind !== 'message') return;
      const cursor = ownId(frame) || undefined;
      state.last = cursor ?? state.last;
      const [event = '', run] = frame.event.split(/\|(.*)/s);
      const data = frame.data ? parse(frame.data, event) : undefined;
      // What is undefined is left out here, once for all.
      readEvent(state, event, data, (chunk) => emit(compact({ ...chunk, cursor, run: chunk.run ?? run })));
    },
    end(state, emit) {
      if (!state.seen) return 'cut';
      endCalls(state.calls, emit);
      if (state.asked.size === 0) claimCalls(state.calls, () => true, emit);
      return 'unconfirmed';
    },
    reject: errorOfReply,
    request: ({ conversation, trigger }) => ({
      method: 'POST',
      path: `${runs(conversation.id)}/stream`,
      body: compact({
        assistant_id: assistant,
        ...runInput(conversation, trigger === 'continue', thread !== null),
        stream_mode: streamMode,
        stream_resumable: resumable && thread !== null ? true : undefined,
        on_disconnect: resumable && thread !== null ? 'continue' : 'cancel',
        if_not_exists: thread === null ? undefined : 'create',
        ...body,
      }),
    }),
    resume(state, point) {
      const path = ofRun(state, point);
      const last = state.last ?? point.cursor;
      if (!resumable || path === undefined || last === undefined) return null;
      return { method: 'GET', path: `${path}/stream`, headers: { 'last-event-id': last } };
    },
    cancel(state, point) {
      const path = ofRun(state, point);
      return path === undefined ? null : { method: 'POST', path: `${path}/cancel`, query: { action: 'interrupt' } };
    },
  });
}

function readEvent(state: LangGraphState, event: string, data: unknown, emit: Emit): void {
  const fields = asObject(data) ?? {};
  switch (event) {
    case 'metadata':
      state.run = firstString(fields, 'run_id') ?? state.run;
      emit({ type: 'start', id: state.run });
      return;
    case 'messages': {
      state.seen = true;
      const [message] = Array.isArray(data) ? (data as unknown[]) : [];
      readMessage(state, flat(message), event, emit);
      return;
    }
    case 'messages/partial':
    case 'messages/complete':
      state.seen = true;
      for (const message of Array.isArray(data) ? (data as unknown[]) : [])
        readMessage(state, flat(message), event, emit);
      return;
    case 'messages/metadata':
      emit({ type: 'heartbeat' });
      return;
    case 'values': {
      state.seen = true;
      const messages = listField(fields, 'messages', event).map(flat);
      // What was said before the last question is not part of this answer.
      const asked = messages.findLastIndex(({ type }) => type === 'human');
      for (const message of messages.slice(asked + 1)) readMessage(state, message, event, emit);
      readInterrupts(state, fields, emit);
      emit({ type: 'data', name: event, data, transient: true });
      return;
    }
    case 'updates':
      state.seen = true;
      for (const update of Object.values(fields).map((value) => asObject(value) ?? {})) {
        for (const message of listField(update, 'messages', event)) readMessage(state, flat(message), event, emit);
      }
      readInterrupts(state, fields, emit);
      emit({ type: 'data', name: event, data, transient: true });
      return;
    case 'error':
      emit({ ...errorOf(fields), code: firstString(fields, 'error') });
      return;
    case 'end':
      endCalls(state.calls, emit);
      if (state.asked.size === 0) claimCalls(state.calls, () => true, emit);
      finishTurn(state.calls, state.asked.size > 0 ? 'paused' : 'stop', undefined, emit);
      return;
    case 'custom':
      state.seen = true;
      emit({ type: 'data', name: event, data });
      return;
    default:
      if (/^(debug|events|tasks|checkpoints|feedback)$/.test(event))
        emit({ type: 'data', name: event, data, transient: true });
      else emit({ type: 'unknown', event, data });
  }
}

/** Graphs that run in a process of one's own send LangChain's own form: the class's name beside its arguments. */
function flat(message: unknown): Fields {
  const fields = asObject(message) ?? {};
  const kwargs = asObject(fields['kwargs']);
  if (fields['lc'] === undefined || kwargs === undefined) return fields;
  const name = String((fields['id'] as unknown[] | undefined)?.at(-1));
  return { ...kwargs, type: kinds[name] ?? name };
}

const kinds: Readonly<Record<string, string>> = { AIMessage: 'ai', HumanMessage: 'human', ToolMessage: 'tool' };

/** A whole message is a copy of what was streamed, or the text where nothing was. */
function readMessage(state: LangGraphState, message: Fields, event: string, emit: Emit): void {
  const { type, tool_call_id: answered, content } = message;
  if (type === 'tool') {
    const error = message['status'] === 'error' ? true : undefined;
    answerCall(state.calls, { id: String(answered), name: firstString(message, 'name'), result: content, error }, emit);
    return;
  }
  if (type !== 'ai' && type !== 'AIMessageChunk') return;
  const part = firstString(message, 'id') ?? 'message';
  const isPiece = event === 'messages' && (type === 'AIMessageChunk' || 'tool_call_chunks' in message);
  const { text, thoughts, signature } = contentOf(message);
  const told = state.texts.get(part);
  if (told === undefined && !isPiece && text !== '' && [...state.texts.values()].includes(text)) return;
  if (thoughts !== '')
    emit(isPiece ? { type: 'reasoning', part, delta: thoughts } : { type: 'reasoning', part, set: thoughts });
  if (signature !== undefined) emit({ type: 'part-end', part, signature });
  if (text !== '' && told !== text) {
    state.texts.set(part, isPiece ? (told ?? '') + text : text);
    emit(isPiece ? { type: 'text', part, delta: text } : { type: 'text', part, set: text });
  }
  // Models that do not stream a call's arguments give it whole, in one piece.
  const pieces = isPiece ? objectsField(message, 'tool_call_chunks', 'message') : [];
  readCallPieces(state, pieces, part, emit);
  if (pieces.length === 0) readCalls(state, message, event !== 'messages/partial', emit);
  readUsage(state, message, part, isPiece, emit);
}

function contentOf(message: Fields): { text: string; thoughts: string; signature: string | undefined } {
  const { content } = message;
  let text = typeof content === 'string' ? content : '';
  let thoughts = firstString(asObject(message['additional_kwargs']) ?? {}, 'reasoning_content') ?? '';
  let signature: string | undefined;
  for (const block of Array.isArray(content)
    ? (content as unknown[]).map((one) => asObject(one) ?? { text: one })
    : []) {
    if (block['type'] === 'thinking' || block['type'] === 'reasoning') {
      thoughts += firstString(block, 'thinking', 'reasoning') ?? '';
      signature = firstString(block, 'signature') ?? signature;
    } else text += firstString(block, 'text') ?? '';
  }
  return { text, thoughts, signature };
}

function readCallPieces(state: LangGraphState, pieces: readonly Fields[], part: string, emit: Emit): void {
  for (const piece of pieces) {
    const place = `${part} ${String(piece['index'])}`;
    const id = firstString(piece, 'id') ?? state.indexes.get(place);
    if (id === undefined) continue;
    state.indexes.set(place, id);
    startCall(state.calls, { id, name: firstString(piece, 'name') ?? '', by: 'server' }, emit);
    addArgs(state.calls, id, firstString(piece, 'args') ?? '', emit);
  }
}

function readCalls(state: LangGraphState, message: Fields, isWhole: boolean, emit: Emit): void {
  for (const call of objectsField(message, 'tool_calls', 'message')) {
    const id = firstString(call, 'id') ?? '';
    startCall(state.calls, { id, name: firstString(call, 'name') ?? '', by: 'server' }, emit);
    if (isWhole) endCall(state.calls, id, emit, { args: call['args'] });
  }
}

/** Pieces each carry their share; a whole message carries the sum. */
function readUsage(state: LangGraphState, message: Fields, step: string, isPiece: boolean, emit: Emit): void {
  const usage = asObject(message['usage_metadata']);
  if (usage === undefined) return;
  const before = isPiece ? state.usage.get(step) : undefined;
  const count = (fields: unknown, name: string, ours: string): number | undefined => {
    const told = numberField(asObject(fields) ?? {}, name, 'usage_metadata');
    return told === undefined ? before?.[ours] : told + (before?.[ours] ?? 0);
  };
  const sum = compact({
    input: count(usage, 'input_tokens', 'input'),
    output: count(usage, 'output_tokens', 'output'),
    total: count(usage, 'total_tokens', 'total'),
    reasoning: count(usage['output_token_details'], 'reasoning', 'reasoning'),
    cached: count(usage['input_token_details'], 'cache_read', 'cached'),
  });
  state.usage.set(step, sum as Record<string, number>);
  emit({ type: 'usage', step, ...sum });
}

function readInterrupts(state: LangGraphState, fields: Fields, emit: Emit): void {
  for (const interrupt of objectsField(fields, '__interrupt__', 'values')) {
    const { value } = interrupt;
    const id = firstString(interrupt, 'id', 'interrupt_id') ?? String(state.asked.size);
    if (state.asked.has(id)) continue;
    state.asked.add(id);
    const message =
      typeof value === 'string' ? value : firstString(asObject(value) ?? {}, 'message', 'question', 'description');
    emit({ type: 'approval', id, message, data: value });
  }
}
