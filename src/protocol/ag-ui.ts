// AG-UI: events of agents behind one interface, as CopilotKit and many frameworks send them. An answer ends with
// `RUN_FINISHED` or `RUN_ERROR`. Fields are read in camel case and, for servers that never turned it, in snake case.
import { compact } from '../base/compact.ts';
import type { DataPart } from '../message/message.ts';
import type { Adapter, Emit } from './adapter.ts';
import { resumeEntries, runMessages, sharedState } from './ag-ui-request.ts';
import type { FinishReason } from './chunk.ts';
import { errorOf, errorOfReply } from './read-error.ts';
import {
  asObject,
  type Fields,
  firstString,
  numberField,
  objectsField,
  parseObject,
  peek,
  stringField,
} from './read-json.ts';
import {
  addArgs,
  answerCall,
  type Calls,
  claimCalls,
  endCall,
  finishTurn,
  parseArgs,
  startCall,
} from './tool-calls.ts';

export interface AgUiOptions {
  /** Tools that run in the client: name, description, parameters. */
  readonly tools?: readonly object[];
  /** What the agent should know: descriptions and values. */
  readonly context?: readonly object[];
  /** Handed on to the agent as it is. */
  readonly forwardedProps?: unknown;
}

interface AgUiState {
  readonly calls: Calls;
  /** What was told of each text, so that a snapshot of it is known under whatever id. */
  readonly texts: Map<string, string>;
  /** Messages that are not the agent's. */
  readonly others: Set<string>;
  /** What a piece without an id continues. */
  open: { text: string; reasoning: string; call: string };
  /** Calls that wait for an approval. */
  readonly asked: Set<string>;
}

/** The adapter for agents that speak AG-UI. */
export function agUi(options: AgUiOptions = {}): Adapter<AgUiState> {
  const { tools = [], context = [], forwardedProps = {} } = options;
  return Object.freeze<Adapter<AgUiState>>({
    name: 'ag-ui',
    framings: ['sse', 'ndjson'],
    accepts: ['text/event-stream', 'application/x-ndjson'],
    init: () => ({
      calls: new Map(),
      texts: new Map(),
      others: new Set(),
      open: { text: 'text', reasoning: 'reasoning', call: '' },
      asked: new Set(),
    }),
    recognise: (frame) => (/^(RUN|TEXT_MESSAGE|TOOL_CALL)_[A-Z]+$/.test(String(peek(frame)['type'])) ? 1 : 0),
    read(state, frame, emit) {
      if (frame.kind === 'comment') emit({ type: 'heartbeat' });
      if (frame.kind !== 'message' || !frame.data) return;
      const sent = parseObject(frame.data, frame.event);
      const fields = Object.fromEntries(Object.entries(sent).map(([name, value]) => [camel(name), value]));
      const run = firstString(fields, 'subagentRunId');
      const event = (stringField(fields, 'type', frame.event) ?? frame.event).replace('THINKING_TEXT', 'REASONING');
      // What is undefined is left out here, once for all.
      readEvent(state, event, fields, (chunk) => emit(compact({ ...chunk, run: chunk.run ?? run })));
    },
    end: () => 'cut',
    reject: errorOfReply,
    request: (input) => ({
      method: 'POST',
      body: compact({
        threadId: input.conversation.id,
        runId: input.turn,
        state: (sharedState(input) as DataPart | undefined)?.data ?? {},
        messages: runMessages(input),
        tools,
        context,
        forwardedProps,
        resume: resumeEntries(input),
      }),
    }),
  });
}

function camel(name: string): string {
  return name.replace(/(?!^)_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function readEvent(state: AgUiState, event: string, fields: Fields, emit: Emit): void {
  const text = (name: string): string | undefined => stringField(fields, name, event);
  const { open } = state;
  const delta = event === 'STATE_DELTA' ? '' : (text('delta') ?? '');
  switch (event) {
    case 'RUN_STARTED':
      emit({ type: 'start', id: text('runId'), thread: text('threadId') });
      return;
    case 'TEXT_MESSAGE_START':
    case 'TEXT_MESSAGE_CONTENT':
    case 'TEXT_MESSAGE_CHUNK':
      open.text = text('messageId') ?? open.text;
      if ((text('role') ?? 'assistant') !== 'assistant') state.others.add(open.text);
      if (event === 'TEXT_MESSAGE_START' || delta === '' || state.others.has(open.text)) return;
      state.texts.set(open.text, (state.texts.get(open.text) ?? '') + delta);
      emit({ type: 'text', part: open.text, delta });
      return;
    case 'REASONING_MESSAGE_START':
    case 'REASONING_MESSAGE_CONTENT':
    case 'REASONING_MESSAGE_CHUNK':
      open.reasoning = text('messageId') ?? open.reasoning;
      if (delta !== '') emit({ type: 'reasoning', part: open.reasoning, delta });
      return;
    case 'TEXT_MESSAGE_END':
      emit({ type: 'part-end', part: text('messageId') ?? open.text });
      return;
    case 'REASONING_MESSAGE_END':
      emit({ type: 'part-end', part: text('messageId') ?? open.reasoning });
      return;
    case 'REASONING_ENCRYPTED_VALUE': {
      const id = text('entityId') ?? '';
      const call = state.calls.get(id);
      const encryptedValue = text('encryptedValue');
      if (call !== undefined) emit({ type: 'tool-start', id, name: call.name, meta: { encryptedValue } });
      else emit({ type: 'part-end', part: id, signature: encryptedValue });
      return;
    }
    case 'TOOL_CALL_START':
    case 'TOOL_CALL_ARGS':
    case 'TOOL_CALL_CHUNK':
      open.call = text('toolCallId') ?? open.call;
      startCall(state.calls, { id: open.call, name: text('toolCallName') ?? '', by: 'server' }, emit);
      addArgs(state.calls, open.call, delta, emit);
      return;
    case 'TOOL_CALL_END':
      endCall(state.calls, text('toolCallId') ?? open.call, emit);
      return;
    case 'TOOL_CALL_RESULT':
      answer(state, fields, emit);
      return;
    case 'STATE_SNAPSHOT':
      emit({ type: 'data', name: 'state', id: 'state', data: fields['snapshot'] });
      return;
    case 'STATE_DELTA':
      emit({ type: 'data', name: 'state', id: 'state', data: fields['delta'], op: 'patch' });
      return;
    case 'ACTIVITY_SNAPSHOT':
    case 'ACTIVITY_DELTA': {
      const name = text('activityType') ?? 'activity';
      const data = fields['content'] ?? fields['patch'];
      const op = event === 'ACTIVITY_DELTA' ? 'patch' : undefined;
      emit({ type: 'data', name, id: text('messageId'), data, op });
      return;
    }
    case 'MESSAGES_SNAPSHOT':
      readSnapshot(state, objectsField(fields, 'messages', event), emit);
      return;
    case 'STEP_STARTED':
    case 'STEP_FINISHED': {
      const id = text('stepName') ?? '';
      emit({ type: 'status', id, state: id, phase: event === 'STEP_STARTED' ? 'start' : 'end' });
      return;
    }
    case 'SUBAGENT_STARTED':
    case 'SUBAGENT_FINISHED':
    case 'SUBAGENT_ERROR': {
      const phase = event === 'SUBAGENT_STARTED' ? 'start' : 'end';
      const ok = event === 'SUBAGENT_ERROR' ? false : undefined;
      const label = text('description') ?? text('message');
      emit({ type: 'status', id: text('subagentRunId'), state: text('name') ?? 'subagent', label, phase, ok });
      return;
    }
    case 'RAW':
      emit({ type: 'data', name: 'raw', data: fields['event'], transient: true });
      return;
    case 'CUSTOM':
      emit({ type: 'data', name: text('name') ?? 'custom', data: fields['value'] });
      return;
    case 'RUN_FINISHED':
      finish(state, fields, emit);
      return;
    case 'RUN_ERROR':
      readUsage(fields, emit);
      emit(errorOf(fields));
      return;
    default:
      if (/^(REASONING|THINKING)_(START|END)$/.test(event)) emit({ type: 'heartbeat' });
      else emit({ type: 'unknown', event, data: fields });
  }
}

/** A snapshot tells what was told before once more. */
function answer(state: AgUiState, fields: Fields, emit: Emit): void {
  const id = stringField(fields, 'toolCallId', 'tool') ?? '';
  if (state.calls.get(id)?.state === 'answered') return;
  endCall(state.calls, id, emit);
  const error = firstString(fields, 'error');
  answerCall(
    state.calls,
    { id, result: error ?? fields['content'], error: error === undefined ? undefined : true },
    emit,
  );
}

/** The whole conversation. What follows the last question is this answer: told already, under other ids perhaps. */
function readSnapshot(state: AgUiState, messages: readonly Fields[], emit: Emit): void {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  for (const message of messages.slice(asked + 1)) {
    const part = firstString(message, 'id') ?? '';
    const content = firstString(message, 'content');
    const isTold = content !== undefined && [...state.texts.values()].includes(content);
    if (message['role'] === 'tool')
      answer(state, { ...message, toolCallId: message['toolCallId'] ?? message['tool_call_id'] }, emit);
    if (message['role'] === 'reasoning' && content !== undefined) emit({ type: 'reasoning', part, set: content });
    if (message['role'] !== 'assistant') continue;
    if (content !== undefined && !isTold) {
      state.texts.set(part, content);
      emit({ type: 'text', part, set: content });
    }
    for (const call of objectsField(message, 'toolCalls' in message ? 'toolCalls' : 'tool_calls', 'message')) {
      const { name, arguments: args } = asObject(call['function']) ?? {};
      const id = firstString(call, 'id') ?? '';
      startCall(state.calls, { id, name: String(name), by: 'server' }, emit);
      endCall(state.calls, id, emit, parseArgs(typeof args === 'string' ? args : ''));
    }
  }
}

function readUsage(fields: Fields, emit: Emit): void {
  objectsField(fields, 'usage', 'usage').forEach((usage, index) => {
    const count = (name: string): number | undefined => numberField(usage, name, 'usage');
    emit({
      type: 'usage',
      step: String(index),
      input: count('inputTokens'),
      output: count('outputTokens'),
      total: count('totalTokens'),
      reasoning: count('reasoningTokens'),
      cached: count('cachedInputTokens'),
      model: firstString(usage, 'model'),
    });
  });
}

function finish(state: AgUiState, fields: Fields, emit: Emit): void {
  readUsage(fields, emit);
  if (fields['result'] !== undefined && fields['result'] !== null)
    emit({ type: 'meta', meta: { result: fields['result'] } });
  const outcome = asObject(fields['outcome']) ?? {};
  for (const interrupt of objectsField(outcome, 'interrupts', 'outcome')) {
    const tool = firstString(interrupt, 'toolCallId');
    if (tool !== undefined) state.asked.add(tool);
    const id = firstString(interrupt, 'id') ?? '';
    emit({ type: 'approval', id, tool, message: firstString(interrupt, 'message', 'reason'), data: interrupt });
  }
  for (const id of state.calls.keys()) endCall(state.calls, id, emit);
  const kind = firstString(outcome, 'type') ?? 'success';
  if (kind === 'success') claimCalls(state.calls, (id) => !state.asked.has(id), emit);
  const reasons: Readonly<Record<string, FinishReason>> = {
    success: 'stop',
    interrupt: 'paused',
    cancelled: 'aborted',
  };
  finishTurn(state.calls, reasons[kind] ?? 'other', reasons[kind] ? undefined : kind, emit);
}
