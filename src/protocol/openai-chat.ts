// OpenAI Chat Completions and the many servers that speak it: DeepSeek, Mistral, Groq, OpenRouter, Perplexity, xAI, vLLM,
// Azure. An answer ends with `[DONE]`; where a server leaves that out, with the `finish_reason` that came before it.
import { compact } from '../base/compact.ts';
import type { Adapter, Emit } from './adapter.ts';
import type { FinishReason, SourceChunk, UsageChunk } from './chunk.ts';
import { chatMessages, type ReasoningField } from './openai-chat-request.ts';
import { errorOf, errorOfReply } from './read-error.ts';
import {
  asObject,
  type Fields,
  firstString,
  listField,
  numberField,
  objectField,
  objectsField,
  parseObject,
  peek,
  stringField,
} from './read-json.ts';
import { addArgs, type Calls, finishTurn, startCall } from './tool-calls.ts';

export interface OpenAIChatOptions {
  readonly model?: string;
  /** Sent as the first message. */
  readonly system?: string;
  /** Tool definitions, as the API wants them. */
  readonly tools?: readonly object[];
  /** Further members of the body: `temperature`, `tool_choice`, `reasoning_effort`, ... */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Asks for token counts at the end. Turn off for servers that refuse `stream_options`. Default `true`. */
  readonly usage?: boolean;
  /** The name under which the server wants the reasoning of earlier rounds back, if it does. Default: it is not sent. */
  readonly reasoning?: ReasoningField;
}

interface ChatState {
  readonly calls: Calls;
  /** The id of the call that each index stands for now. */
  readonly indexes: Map<number, string>;
  readonly sources: Set<string>;
  id: string;
  /** The prose that is being written, numbered so that a signature finds its part. */
  prose: { type: 'text' | 'reasoning' | 'refusal'; part: string } | undefined;
  parts: number;
  text: boolean;
  /** OpenRouter's reasoning blocks, to be sent back as they were. */
  details: Record<string, unknown>[];
  finish: string | undefined;
}

const record = 'chat.completion.chunk';

/** The adapter for servers that speak OpenAI Chat Completions. */
export function openaiChat(options: OpenAIChatOptions = {}): Adapter<ChatState> {
  const { model, system, tools, body, usage = true, reasoning } = options;
  return Object.freeze<Adapter<ChatState>>({
    name: 'openai-chat',
    framings: ['sse'],
    accepts: ['text/event-stream'],
    init: () => ({
      calls: new Map(),
      indexes: new Map(),
      sources: new Set(),
      id: '',
      prose: undefined,
      parts: 0,
      text: false,
      details: [],
      finish: undefined,
    }),
    recognise: (frame) => (Array.isArray(peek(frame)['choices']) ? 0.9 : 0),
    read(state, frame, emit) {
      if (frame.kind === 'comment') emit({ type: 'heartbeat' });
      if (frame.kind !== 'message' || !frame.data?.trim()) return;
      if (frame.data.trim() === '[DONE]') finish(state, emit);
      else readChunk(state, parseObject(frame.data, record), emit);
    },
    end(state, emit) {
      if (state.finish === undefined) return 'cut';
      finish(state, emit);
      return 'complete';
    },
    reject: errorOfReply,
    request: ({ conversation }) => ({
      method: 'POST',
      body: compact({
        model,
        messages: [
          ...(system === undefined ? [] : [{ role: 'system', content: system }]),
          ...chatMessages(conversation, reasoning),
        ],
        tools,
        stream: true,
        stream_options: usage ? { include_usage: true } : undefined,
        ...body,
      }),
    }),
  });
}

function finish(state: ChatState, emit: Emit): void {
  endProse(state, emit);
  const raw = state.finish;
  const reason = raw === undefined ? 'unknown' : (reasons[raw] ?? 'other');
  finishTurn(state.calls, reason, raw === reason ? undefined : raw, emit);
}

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  length: 'length',
  model_length: 'length',
  max_tokens: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  abort: 'aborted',
};

function readChunk(state: ChatState, fields: Fields, emit: Emit): void {
  const choice = objectsField(fields, 'choices', record).find((entry) => (entry['index'] ?? 0) === 0);
  const usage = objectField(fields, 'usage', record);
  // Groq says in a place of its own why it stopped early.
  const failed = [fields, asObject(fields['x_groq']) ?? {}].find(({ error, object }) => error || object === 'error');
  if (fields['choices'] === undefined && usage === undefined && failed === undefined) {
    emit({ type: 'unknown', event: firstString(fields, 'type', 'object') ?? '', data: fields });
    return;
  }
  start(state, fields, emit);
  readSources(state, fields, emit);
  if (choice !== undefined) readChoice(state, choice, emit);
  if (usage !== undefined) emit(usageOf(usage));
  if (failed !== undefined) emit(errorOf(failed));
}

function start(state: ChatState, fields: Fields, emit: Emit): void {
  const id = firstString(fields, 'id');
  if (id === undefined || id === state.id) return;
  state.id = id;
  emit(compact({ type: 'start', id, model: firstString(fields, 'model') }));
}

function readChoice(state: ChatState, choice: Fields, emit: Emit): void {
  // Some servers close with the whole message: it is the text only where none was streamed.
  const whole = objectField(choice, 'message', record);
  const delta = objectField(choice, 'delta', record) ?? (state.text ? undefined : whole) ?? {};
  write(state, 'reasoning', firstString(delta, 'reasoning_content', 'reasoning') ?? '', emit);
  keepDetails(state, delta, emit);
  readContent(state, delta, emit);
  write(state, 'refusal', stringField(delta, 'refusal', record) ?? '', emit);
  for (const annotation of objectsField(delta, 'annotations', record)) readAnnotation(state, annotation, emit);
  for (const image of objectsField(delta, 'images', record)) {
    const url = firstString(asObject(image['image_url']) ?? {}, 'url');
    if (url !== undefined) emit({ type: 'file', url, mediaType: /^data:([^;,]+)/.exec(url)?.[1] ?? 'image/*' });
  }
  for (const call of objectsField(delta, 'tool_calls', record)) readCall(state, call, emit);
  const finish = stringField(choice, 'finish_reason', record);
  // Some servers send an empty one with every piece.
  if (finish !== '' && finish !== 'null') state.finish = finish ?? state.finish;
}

function readContent(state: ChatState, delta: Fields, emit: Emit): void {
  if (!Array.isArray(delta['content'])) {
    write(state, 'text', stringField(delta, 'content', record) ?? '', emit);
    return;
  }
  for (const piece of objectsField(delta, 'content', record)) {
    if (piece['type'] === 'thinking') {
      const thoughts = objectsField(piece, 'thinking', record);
      write(state, 'reasoning', thoughts.map((thought) => stringField(thought, 'text', record) ?? '').join(''), emit);
    } else if (piece['type'] === 'text') {
      write(state, 'text', stringField(piece, 'text', record) ?? '', emit);
    } else if (piece['type'] !== 'reference') {
      emit({ type: 'unknown', event: `content ${String(piece['type'])}`, data: piece });
    }
  }
}

function write(state: ChatState, type: 'text' | 'reasoning' | 'refusal', delta: string, emit: Emit): void {
  if (delta === '') return;
  if (type === 'text') state.text = true;
  if (state.prose?.type !== type) {
    endProse(state, emit);
    state.prose = { type, part: String(state.parts++) };
  }
  emit({ type, part: state.prose.part, delta });
}

function endProse(state: ChatState, emit: Emit): void {
  if (state.prose === undefined) return;
  const details = state.prose.type === 'reasoning' ? state.details.splice(0) : [];
  emit(
    compact({
      type: 'part-end',
      part: state.prose.part,
      meta: details.length > 0 ? { reasoning_details: details } : undefined,
    }),
  );
  state.prose = undefined;
}

/** Blocks arrive in pieces that share an index. A block without text is encrypted: it still belongs to a part. */
function keepDetails(state: ChatState, delta: Fields, emit: Emit): void {
  for (const piece of objectsField(delta, 'reasoning_details', record)) {
    const standing = state.details.at(-1);
    if (standing === undefined || standing['type'] !== piece['type'] || standing['index'] !== piece['index']) {
      if (state.prose?.type !== 'reasoning') {
        endProse(state, emit);
        state.prose = { type: 'reasoning', part: String(state.parts++) };
        emit({ type: 'reasoning', part: state.prose.part, delta: '' });
      }
      state.details.push({ ...piece });
      continue;
    }
    for (const [name, value] of Object.entries(piece)) {
      const grows = name === 'text' || name === 'summary' || name === 'data';
      if (grows && typeof value === 'string') standing[name] = String(standing[name] ?? '') + value;
      else if (value !== null) standing[name] = value;
    }
  }
}

/** A piece may lack its index or its id, servers number from anywhere, and one sends several calls under one index. */
function readCall(state: ChatState, piece: Fields, emit: Emit): void {
  const fn = objectField(piece, 'function', record) ?? {};
  const name = firstString(fn, 'name');
  const sent = firstString(piece, 'id');
  const index =
    numberField(piece, 'index', record) ?? (sent === undefined ? state.indexes.size - 1 : state.indexes.size);
  let id = state.indexes.get(index);
  if (id === undefined || (sent !== undefined && sent !== id && name !== undefined)) {
    id = sent ?? `call_${index}`;
    state.indexes.set(index, id);
  }
  endProse(state, emit);
  startCall(state.calls, { id, name: name ?? '', by: 'client' }, emit);
  const args = fn['arguments'];
  if (args !== undefined && args !== null)
    addArgs(state.calls, id, typeof args === 'string' ? args : JSON.stringify(args), emit);
}

/** Perplexity repeats its list with every chunk. */
function readSources(state: ChatState, fields: Fields, emit: Emit): void {
  const told = (source: SourceChunk): void => {
    if (source.url === undefined || state.sources.has(source.url)) return;
    state.sources.add(source.url);
    emit(source);
  };
  for (const result of listField(fields, 'search_results', record)) {
    const entry = asObject(result) ?? {};
    told(
      compact({
        type: 'source',
        kind: 'url',
        url: firstString(entry, 'url'),
        title: firstString(entry, 'title'),
        data: entry,
      }),
    );
  }
  for (const url of listField(fields, 'citations', record)) {
    if (typeof url === 'string') told({ type: 'source', kind: 'url', url });
  }
}

function readAnnotation(state: ChatState, annotation: Fields, emit: Emit): void {
  const citation = asObject(annotation['url_citation']);
  if (citation === undefined) return;
  const url = firstString(citation, 'url');
  const at = compact({
    part: state.prose?.part,
    start: numberField(citation, 'start_index', record),
    end: numberField(citation, 'end_index', record),
  });
  emit(compact({ type: 'source', kind: 'url', url, title: firstString(citation, 'title'), at }));
}

function usageOf(usage: Fields): UsageChunk {
  const inputs = asObject(usage['prompt_tokens_details']) ?? {};
  const outputs = asObject(usage['completion_tokens_details']) ?? {};
  const input = numberField(usage, 'prompt_tokens', record);
  const total = numberField(usage, 'total_tokens', record);
  const reasoning = numberField(outputs, 'reasoning_tokens', record);
  const sent = numberField(usage, 'completion_tokens', record);
  // xAI counts reasoning beside the completion, not in it; the total tells.
  const apart = sent !== undefined && total === (input ?? 0) + sent + (reasoning ?? 0);
  const cost = usage['cost'] ?? usage['estimated_cost'];
  return compact({
    type: 'usage',
    input,
    output: apart ? sent + (reasoning ?? 0) : sent,
    total,
    reasoning,
    cached: numberField(inputs, 'cached_tokens', record) ?? numberField(usage, 'prompt_cache_hit_tokens', record),
    cost: typeof cost === 'number' ? cost : undefined,
  });
}
