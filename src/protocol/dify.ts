// Dify's service API: chat, agent, chatflow, completion and workflow apps over SSE. The event's name stands in the JSON;
// the SSE name is only ever `ping`, and may be wrong. Requests are built in `dify-request.ts`.
import { compact } from '../base/compact.ts';
import type { Frame } from '../wire/frame.ts';
import type { Adapter, Emit } from './adapter.ts';
import type { FinishReason } from './chunk.ts';
import { readDifyStep } from './dify-steps.ts';
import { isNew, readThought, type ThoughtState } from './dify-thoughts.ts';
import { conversationMeta, type DifyOptions, remembered, requestOf } from './dify-request.ts';
import { textOf } from './read-conversation.ts';
import {
  type Fields,
  firstString,
  invalid,
  numberField,
  objectField,
  objectsField,
  parseBody,
  parseObject,
  peek,
  stringField,
} from './read-json.ts';

interface DifyState extends ThoughtState {
  /** A chat app. Its `message_end` and its workflow's end come in either order. */
  chat: boolean;
  started: boolean;
  taskId: string | undefined;
  runId: string | undefined;
  messageEnded: boolean;
  /** Set by the end of the workflow. */
  finish: FinishReason | undefined;
  sawUsage: boolean;
  text: string;
  /** Where the text may have a hole: how long it was at each loss. */
  losses: number[];
}

/** The adapter for Dify. The url is the API's, such as `https://api.dify.ai/v1`: the endpoints are appended to it. */
export function dify(options: DifyOptions): Adapter<DifyState> {
  const { user, app = 'chat' } = options;
  return Object.freeze<Adapter<DifyState>>({
    name: 'dify',
    framings: ['sse'],
    accepts: ['text/event-stream'],
    init: () => ({
      chat: false,
      started: false,
      taskId: undefined,
      runId: undefined,
      messageEnded: false,
      finish: undefined,
      sawUsage: false,
      text: '',
      losses: [],
      thoughtAt: 0,
      told: new Set(),
    }),
    recognise,
    read: readFrame,
    /**
     * Either end of a chatflow says that the answer is whole; only its figures or its sources may be missing. A text that
     * was followed over a loss, and that no output mended, may have a hole.
     */
    end(state, emit) {
      if (!state.messageEnded && state.finish === undefined) return 'cut';
      if (state.losses.length > 0) return 'unconfirmed';
      emitFinish(state, emit);
      return 'complete';
    },
    reject({ status, body }) {
      const fields = parseBody(body);
      return compact({
        type: 'error',
        status,
        message: firstString(fields, 'message'),
        code: firstString(fields, 'code'),
      });
    },
    request: (input) => requestOf(input, { ...options, app }),
    resume(state, { message }) {
      const run = state.runId ?? remembered(message, 'difyRun');
      // Asked only where the connection is lost, or given up as stalled.
      state.text ||= textOf(message);
      state.losses.push(state.text.length);
      return run === undefined ? null : { method: 'GET', path: `/workflow/${run}/events`, query: { user } };
    },
    cancel(state) {
      if (state.taskId === undefined) return null;
      const of = app === 'workflow' ? '/workflows/tasks' : `/${app}-messages`;
      return { method: 'POST', path: `${of}/${state.taskId}/stop`, body: { user } };
    },
  });
}

function recognise(frame: Frame): number {
  const fields = peek(frame);
  if (typeof fields['event'] === 'string') {
    return ['task_id', 'message_id', 'conversation_id', 'workflow_run_id'].some((name) => name in fields) ? 1 : 0.3;
  }
  return frame.kind === 'message' && frame.event === 'ping' && frame.data === null ? 0.3 : 0;
}

function readFrame(state: DifyState, frame: Frame, emit: Emit): void {
  if (frame.kind === 'comment') emit({ type: 'heartbeat' });
  if (frame.kind !== 'message') return;
  if (frame.data === null || frame.data === '') {
    if (frame.event === 'ping') emit({ type: 'heartbeat' });
    return;
  }
  const fields = parseObject(frame.data, frame.event);
  const event = stringField(fields, 'event', frame.event);
  if (event === undefined) throw invalid(frame.event, 'event', 'a string');
  readStart(state, fields, event, emit);
  readEvent(state, fields, event, emit);
}

function readStart(state: DifyState, fields: Fields, event: string, emit: Emit): void {
  const conversation = stringField(fields, 'conversation_id', event) || undefined;
  const task = stringField(fields, 'task_id', event);
  state.runId = idOf(stringField(fields, 'workflow_run_id', event)) ?? state.runId;
  state.taskId ??= idOf(task);
  state.chat ||= conversation !== undefined;
  if (state.started || task === undefined) return;
  state.started = true;
  const id = stringField(fields, 'message_id', event);
  const meta = conversationMeta(conversation, state.runId);
  emit(compact({ type: 'start', id, thread: conversation, meta }));
}

/** Ids become parts of addresses; what is more than an id is none. */
function idOf(value: string | undefined): string | undefined {
  return value !== undefined && /^[\w-]+$/.test(value) ? value : undefined;
}

function readEvent(state: DifyState, fields: Fields, event: string, emit: Emit): void {
  const data = objectField(fields, 'data', event) ?? {};
  const said = (): string => stringField(fields, 'answer', event) ?? stringField(data, 'text', event) ?? '';
  switch (event) {
    case 'ping':
    case 'workflow_started':
    case 'tts_message_end':
      emit({ type: 'heartbeat' });
      return;
    // A chat's answer, or a workflow's text.
    case 'message':
    case 'agent_message':
    case 'text_chunk':
      addText(state, said(), emit);
      return;
    case 'message_replace':
    case 'text_replace':
      setText(state, said(), emit);
      return;
    case 'agent_thought':
      readThought(state, fields, emit);
      return;
    case 'message_end':
      readMessageEnd(state, objectField(fields, 'metadata', event) ?? {}, emit);
      for (const file of objectsField(fields, 'files', event)) readFile(state, file, emit);
      state.messageEnded = true;
      if (state.runId === undefined || state.finish !== undefined) emitFinish(state, emit);
      return;
    case 'message_file':
      readFile(state, fields, emit);
      return;
    case 'workflow_finished':
      readWorkflowEnd(state, data, emit);
      return;
    case 'workflow_paused':
      emit({ type: 'finish', reason: 'paused' });
      return;
    case 'error':
      emit(
        compact({
          type: 'error',
          message: firstString(fields, 'message'),
          code: firstString(fields, 'code'),
          status: numberField(fields, 'status', event),
        }),
      );
      return;
    case 'tts_message':
      emit({ type: 'data', name: 'tts', data: { audio: fields['audio'] }, transient: true });
      return;
    default:
      if (!readDifyStep(event, data, emit)) emit({ type: 'unknown', event, data: fields });
  }
}

/** The end of file speaks for an answer with a hole: see `end`. */
function emitFinish(state: DifyState, emit: Emit): void {
  if (state.losses.length > 0) return;
  emit({ type: 'finish', reason: state.finish ?? 'stop' });
}

function addText(state: DifyState, delta: string, emit: Emit): void {
  if (delta === '') return;
  state.text += delta;
  emit({ type: 'text', delta });
}

function setText(state: DifyState, set: string, emit: Emit): void {
  state.losses = [];
  if (set === state.text) return;
  state.text = set;
  emit({ type: 'text', set });
}

function readFile(state: DifyState, fields: Fields, emit: Emit): void {
  const url = firstString(fields, 'url', 'remote_url');
  if (url === undefined || fields['belongs_to'] === 'user' || !isNew(state.told, `file:${url}`)) return;
  const kind = firstString(fields, 'type');
  const isMedia = kind === 'image' || kind === 'audio' || kind === 'video';
  const mediaType = firstString(fields, 'mime_type') ?? (isMedia ? `${kind}/*` : 'application/octet-stream');
  emit(compact({ type: 'file', url, mediaType, name: firstString(fields, 'filename') }));
}

function readMessageEnd(state: DifyState, metadata: Fields, emit: Emit): void {
  for (const found of objectsField(metadata, 'retriever_resources', 'message_end')) {
    const score = numberField(found, 'score', 'message_end');
    const [id, title, quote] = [
      firstString(found, 'segment_id'),
      firstString(found, 'document_name'),
      firstString(found, 'content'),
    ];
    emit(compact({ type: 'source', kind: 'document', id, title, quote, score, data: found }));
  }
  const usage = objectField(metadata, 'usage', 'message_end');
  if (usage === undefined) return;
  state.sawUsage = true;
  const price = Number(usage['total_price'] ?? Number.NaN);
  emit(
    compact({
      type: 'usage',
      input: numberField(usage, 'prompt_tokens', 'message_end'),
      output: numberField(usage, 'completion_tokens', 'message_end'),
      total: numberField(usage, 'total_tokens', 'message_end'),
      cost: Number.isFinite(price) ? price : undefined,
    }),
  );
}

function readWorkflowEnd(state: DifyState, data: Fields, emit: Emit): void {
  const status = stringField(data, 'status', 'workflow_finished');
  const outputs = objectField(data, 'outputs', 'workflow_finished') ?? {};
  const total = numberField(data, 'total_tokens', 'workflow_finished');
  // Over several model calls the workflow's sum is all there is; a chat message has told its own.
  if (total !== undefined && !state.sawUsage) emit({ type: 'usage', total });
  if (status === 'failed') {
    emit(compact({ type: 'error', code: status, message: firstString(data, 'error') }));
    return;
  }
  // After a resumed stream this mends what was said while nobody listened.
  const answer = state.chat ? outputs['answer'] : onlyText(outputs);
  if (typeof answer === 'string' && answer !== '' && (state.chat || isTold(state, answer)))
    setText(state, answer, emit);
  if (!state.chat) emit({ type: 'data', name: 'outputs', data: outputs });
  state.finish = status === 'stopped' ? 'aborted' : 'stop';
  if (!state.chat || state.messageEnded) emitFinish(state, emit);
}

/** Whether this is what was told, but for what was said in the losses. A workflow may tell more than its output. */
function isTold({ text, losses }: DifyState, whole: string): boolean {
  if (losses.length === 0) return text === '';
  let from = 0;
  return [0, ...losses].every((start, index) => {
    const piece = text.slice(start, losses[index]);
    const at = whole.indexOf(piece, from);
    from = at + piece.length;
    return at >= 0;
  });
}

/** A workflow whose one output is a text answers with it. */
function onlyText(outputs: Fields): unknown {
  const values = Object.values(outputs);
  return values.length === 1 ? values[0] : undefined;
}
