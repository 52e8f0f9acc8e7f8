// OpenAI Responses and the servers that implement it. An answer ends with `response.completed`, `.incomplete` or
// `.failed`. A background response can be joined again after any event, by the number it carries.
import { compact } from '../base/compact.ts';
import { pathSegment } from '../base/path-segment.ts';
import type { Adapter, Emit, TurnPoint } from './adapter.ts';
import { emitCitation, endItem, type OutputState, startItem } from './openai-responses-items.ts';
import { responseInput } from './openai-responses-request.ts';
import { errorOf, errorOfReply } from './read-error.ts';
import {
  asObject,
  type Fields,
  firstString,
  numberField,
  objectField,
  objectsField,
  parseObject,
  peek,
  stringField,
} from './read-json.ts';
import { addArgs, answerCall, finishTurn } from './tool-calls.ts';

export interface OpenAIResponsesOptions {
  readonly model?: string;
  /** Sent as `instructions`. */
  readonly system?: string;
  /** Tool definitions, as the API wants them. */
  readonly tools?: readonly object[];
  /** Generates in the background, so that a lost connection can be resumed. The server then keeps the response. */
  readonly background?: boolean;
  /** `false`: the server keeps nothing, and thoughts travel encrypted. */
  readonly store?: boolean;
  /** Further members of the body: `reasoning`, `text`, `tool_choice`, `previous_response_id`, ... */
  readonly body?: Readonly<Record<string, unknown>>;
}

interface ResponsesState extends OutputState {
  id: string | undefined;
  background: boolean;
  /** The number of the last event. */
  last: number | undefined;
}

/** The adapter for the OpenAI Responses API. */
export function openaiResponses(options: OpenAIResponsesOptions = {}): Adapter<ResponsesState> {
  const { model, system, tools, background, store, body } = options;
  return Object.freeze<Adapter<ResponsesState>>({
    name: 'openai-responses',
    framings: ['sse'],
    accepts: ['text/event-stream'],
    init: () => ({
      calls: new Map(),
      places: new Map(),
      cited: new Set(),
      id: undefined,
      background: background ?? false,
      last: undefined,
      items: false,
    }),
    recognise: (frame) => (String(peek(frame)['type']).startsWith('response.') ? 1 : 0),
    read(state, frame, emit) {
      if (frame.kind === 'comment') emit({ type: 'heartbeat' });
      if (frame.kind !== 'message' || !frame.data || frame.data === '[DONE]') return;
      const fields = parseObject(frame.data, frame.event);
      const event = stringField(fields, 'type', frame.event) ?? frame.event;
      const number = numberField(fields, 'sequence_number', event);
      state.last = number ?? state.last;
      // What is undefined is left out here, once for all.
      readEvent(state, event, fields, (chunk) => emit(compact({ ...chunk, cursor: number?.toString() })));
    },
    end: () => 'cut',
    reject: errorOfReply,
    request: ({ conversation }) => ({
      method: 'POST',
      body: compact({
        model,
        instructions: system,
        input: responseInput(conversation),
        tools,
        stream: true,
        background,
        store,
        include: store === false ? ['reasoning.encrypted_content'] : undefined,
        ...body,
      }),
    }),
    resume(state, { message, cursor }) {
      const path = pathOf(state, message);
      if (!path) return null;
      const query = compact({ stream: 'true', starting_after: (state.last ?? cursor)?.toString() });
      return { method: 'GET', path, query: query as Record<string, string> };
    },
    cancel(state, { message }) {
      const path = pathOf(state, message);
      return path ? { method: 'POST', path: `${path}/cancel` } : null;
    },
  });
}

/** Of a response in the background: no other can be joined again or cancelled. */
function pathOf(state: ResponsesState, message: TurnPoint['message']): string | undefined {
  const id = state.id ?? message?.serverId;
  return id === undefined || !state.background ? undefined : `/${pathSegment(id)}`;
}

/** What the pieces and the whole of a text are called, and which part of the output they belong to. */
const texts = {
  'response.output_text': { type: 'text', index: 'content_index', mark: '' },
  'response.refusal': { type: 'refusal', index: 'content_index', mark: '' },
  'response.reasoning_text': { type: 'reasoning', index: 'content_index', mark: 'r' },
  'response.reasoning_summary_text': { type: 'reasoning', index: 'summary_index', mark: 's' },
} as const;

function readEvent(state: ResponsesState, event: string, fields: Fields, emit: Emit): void {
  const dot = event.lastIndexOf('.');
  const step = event.slice(dot + 1);
  const text = texts[event.slice(0, dot) as keyof typeof texts];
  const place = fields['output_index'];
  if (text !== undefined && (step === 'delta' || step === 'done')) {
    const part = `${String(place)}.${text.mark}${String(fields[text.index] ?? 0)}`;
    if (step === 'delta') emit({ type: text.type, part, delta: stringField(fields, 'delta', event) ?? '' });
    else
      emit({
        type: text.type,
        part,
        set: stringField(fields, text.type === 'refusal' ? 'refusal' : 'text', event) ?? '',
      });
    return;
  }
  if (/\.(function_call_arguments|custom_tool_call_input|mcp_call_arguments)\.delta$/.test(event)) {
    addArgs(state.calls, state.places.get(place) ?? '', stringField(fields, 'delta', event) ?? '', emit);
    return;
  }
  switch (event) {
    case 'response.created':
      start(state, objectField(fields, 'response', event) ?? {}, emit);
      return;
    case 'response.output_item.added':
      startItem(state, place, objectField(fields, 'item', event) ?? {}, emit);
      return;
    case 'response.output_item.done':
      endItem(state, place, objectField(fields, 'item', event) ?? {}, emit);
      return;
    case 'response.output_text.annotation.added': {
      const part = `${String(place)}.${String(fields['content_index'] ?? 0)}`;
      state.cited.add(part);
      emitCitation(objectField(fields, 'annotation', event) ?? {}, part, emit);
      return;
    }
    case 'response.image_generation_call.partial_image': {
      const result = { base64: stringField(fields, 'partial_image_b64', event) };
      answerCall(state.calls, { id: state.places.get(place) ?? '', result, preliminary: true }, emit);
      return;
    }
    case 'response.completed':
    case 'response.incomplete':
    case 'response.cancelled':
    case 'response.failed':
      finish(state, objectField(fields, 'response', event) ?? {}, emit);
      return;
    case 'error':
      emit(errorOf(fields));
      return;
    default:
      // What is left of the known events repeats what others say, or says that something is going on.
      if (
        /^(keepalive|response\.(queued|in_progress|(content_part|reasoning_summary_part)\.\w+|\w+_(call|list_tools|arguments|input|code)\.\w+))$/.test(
          event,
        )
      ) {
        emit({ type: 'heartbeat' });
      } else emit({ type: 'unknown', event, data: fields });
  }
}

function start(state: ResponsesState, response: Fields, emit: Emit): void {
  state.id = firstString(response, 'id') ?? state.id;
  if (response['background'] === true) state.background = true;
  emit({ type: 'start', id: state.id, model: firstString(response, 'model') });
}

function finish(state: ResponsesState, response: Fields, emit: Emit): void {
  if (state.id === undefined) start(state, response, emit);
  // The closing copy of the output is the answer where no item was streamed.
  if (!state.items)
    objectsField(response, 'output', 'response').forEach((item, place) => endItem(state, place, item, emit));
  const usage = objectField(response, 'usage', 'response');
  if (usage !== undefined) emitUsage(usage, emit);
  const status = firstString(response, 'status');
  if (status === 'failed') emit(errorOf(response));
  else if (status === 'incomplete') {
    const why = firstString(asObject(response['incomplete_details']) ?? {}, 'reason');
    finishTurn(
      state.calls,
      why === 'max_output_tokens' ? 'length' : why === 'content_filter' ? 'content-filter' : 'other',
      why,
      emit,
    );
  } else finishTurn(state.calls, status === 'cancelled' ? 'aborted' : 'stop', undefined, emit);
}

function emitUsage(usage: Fields, emit: Emit): void {
  const count = (name: string, fields: Fields = usage): number | undefined => numberField(fields, name, 'usage');
  emit({
    type: 'usage',
    input: count('input_tokens'),
    output: count('output_tokens'),
    total: count('total_tokens'),
    reasoning: count('reasoning_tokens', asObject(usage['output_tokens_details'])),
    cached: count('cached_tokens', asObject(usage['input_tokens_details'])),
  });
}
