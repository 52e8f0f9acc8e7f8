// Anthropic Messages: blocks that start, grow and stop. An answer ends with `message_stop`; a stream that ends without
// it is a cut, and cannot be resumed.
import { compact } from '../base/compact.ts';
import { anthropicMessages, systemOf } from './anthropic-request.ts';
import type { Adapter, Emit } from './adapter.ts';
import type { FinishReason, UsageChunk } from './chunk.ts';
import { errorOf, errorOfReply } from './read-error.ts';
import {
  asObject,
  type Fields,
  firstString,
  numberField,
  objectField,
  parseObject,
  peek,
  stringField,
} from './read-json.ts';
import { addArgs, answerCall, type Calls, endCall, finishTurn, startCall } from './tool-calls.ts';

export interface AnthropicOptions {
  readonly model?: string;
  readonly system?: string;
  /** The API wants a limit. Default 4096. */
  readonly maxTokens?: number;
  /** Tool definitions, as the API wants them. */
  readonly tools?: readonly object[];
  /** Further members of the body: `thinking`, `temperature`, `tool_choice`, ... */
  readonly body?: Readonly<Record<string, unknown>>;
  /** The `anthropic-version` header. Default `2023-06-01`. */
  readonly version?: string;
}

interface Block {
  /** The part that a text or a thought is, or the id of a tool call. */
  readonly part?: string;
  readonly call?: string;
  signature?: string;
  readonly redacted?: string;
  readonly citations: object[];
  /** Arguments that came with the start; pieces that follow replace them. */
  input?: unknown;
}

interface AnthropicState {
  calls: Calls;
  readonly blocks: Map<unknown, Block>;
  /** The message that is being sent. Its id names the step, so that a message that starts over voids it. */
  step: string | undefined;
  usage: Fields;
  stop: string | undefined;
}

/** Where the server runs code: an answer that goes on has to go on there. */
const containerKey = 'anthropicContainer';

/** The adapter for the Anthropic Messages API. */
export function anthropic(options: AnthropicOptions = {}): Adapter<AnthropicState> {
  const { model, system, maxTokens = 4096, tools, body, version = '2023-06-01' } = options;
  return Object.freeze<Adapter<AnthropicState>>({
    name: 'anthropic',
    framings: ['sse'],
    accepts: ['text/event-stream'],
    init: () => ({ calls: new Map(), blocks: new Map(), step: undefined, usage: {}, stop: undefined }),
    recognise: (frame) => (peek(frame)['type'] === 'message_start' ? 1 : 0),
    read(state, frame, emit) {
      if (frame.kind === 'comment') emit({ type: 'heartbeat' });
      if (frame.kind !== 'message' || !frame.data) return;
      const fields = parseObject(frame.data, frame.event);
      // What is undefined is left out here, once for all.
      readEvent(state, stringField(fields, 'type', frame.event) ?? frame.event, fields, (chunk) =>
        emit(compact({ ...chunk, step: state.step })),
      );
    },
    end: () => 'cut',
    reject: errorOfReply,
    request({ conversation, trigger }) {
      const continued = trigger === 'continue' ? conversation.messages.at(-1) : undefined;
      return {
        method: 'POST',
        headers: { 'anthropic-version': version },
        body: compact({
          model,
          max_tokens: maxTokens,
          system: systemOf(conversation, system),
          messages: anthropicMessages(conversation, continued),
          container: continued?.metadata[containerKey],
          tools,
          stream: true,
          ...body,
        }),
      };
    },
  });
}

function readEvent(state: AnthropicState, event: string, fields: Fields, emit: Emit): void {
  switch (event) {
    case 'message_start': {
      const message = objectField(fields, 'message', event) ?? {};
      // A gateway that tried again sends a second message into the same stream: what came before is void.
      if (state.step !== undefined) emit({ type: 'step', phase: 'reset', id: state.step });
      state.calls = new Map();
      state.blocks.clear();
      state.usage = {};
      state.step = firstString(message, 'id');
      emit({ type: 'start', id: state.step, model: firstString(message, 'model') });
      readUsage(state, message, emit);
      return;
    }
    case 'content_block_start':
      startBlock(state, fields['index'], objectField(fields, 'content_block', event) ?? {}, emit);
      return;
    case 'content_block_delta': {
      const block = state.blocks.get(fields['index']);
      if (block !== undefined) growBlock(state, block, objectField(fields, 'delta', event) ?? {}, emit);
      return;
    }
    case 'content_block_stop':
      stopBlock(state, state.blocks.get(fields['index']), emit);
      return;
    case 'message_delta': {
      const delta = objectField(fields, 'delta', event) ?? {};
      state.stop = stringField(delta, 'stop_reason', event) ?? state.stop;
      const explanation = firstString(asObject(delta['stop_details']) ?? {}, 'explanation');
      if (explanation !== undefined) emit({ type: 'refusal', delta: explanation });
      const container = firstString(asObject(delta['container']) ?? {}, 'id');
      if (container !== undefined) emit({ type: 'meta', meta: { [containerKey]: container } });
      readUsage(state, fields, emit);
      return;
    }
    case 'message_stop':
      finishTurn(
        state.calls,
        state.stop === undefined ? 'unknown' : (reasons[state.stop] ?? 'other'),
        state.stop,
        emit,
      );
      return;
    case 'ping':
      emit({ type: 'heartbeat' });
      return;
    case 'error':
      emit(errorOf(fields));
      return;
    default:
      emit({ type: 'unknown', event, data: fields });
  }
}

const reasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  pause_turn: 'paused',
  refusal: 'content-filter',
};

function startBlock(state: AnthropicState, index: unknown, block: Fields, emit: Emit): void {
  const type = stringField(block, 'type', 'content_block_start') ?? '';
  const part = String(index);
  const set = (made: Omit<Block, 'citations'>): Block => {
    const whole = { ...made, citations: [] };
    state.blocks.set(index, whole);
    return whole;
  };
  if (type === 'text') {
    growBlock(state, set({ part }), { type: 'text_delta', text: block['text'] }, emit);
  } else if (type === 'thinking' || type === 'redacted_thinking') {
    const signature = firstString(block, 'signature');
    set(compact({ part, signature, redacted: firstString(block, 'data') }));
    emit({ type: 'reasoning', part, delta: stringField(block, 'thinking', type) ?? '' });
  } else if (type.endsWith('tool_use')) {
    const call = firstString(block, 'id') ?? part;
    const server = firstString(block, 'server_name');
    const isClients = type === 'tool_use';
    set({ call, input: block['input'] });
    startCall(
      state.calls,
      {
        id: call,
        name: firstString(block, 'name') ?? '',
        by: isClients ? 'client' : 'server',
        meta: isClients ? undefined : compact({ type, server_name: server }),
      },
      emit,
    );
  } else if (type.endsWith('tool_result')) {
    const result = block['content'];
    const failed = block['is_error'] === true || firstString(asObject(result) ?? {}, 'type')?.endsWith('_error');
    const id = firstString(block, 'tool_use_id') ?? '';
    answerCall(state.calls, { id, result, error: failed === true ? true : undefined }, emit);
  } else {
    emit({ type: 'unknown', event: `content block ${type}`, data: block });
  }
}

function growBlock(state: AnthropicState, block: Block, delta: Fields, emit: Emit): void {
  const record = 'content_block_delta';
  const { part = '' } = block;
  switch (delta['type']) {
    case 'text_delta': {
      const text = stringField(delta, 'text', record) ?? '';
      if (text !== '') emit({ type: 'text', part, delta: text });
      return;
    }
    case 'thinking_delta':
      emit({ type: 'reasoning', part, delta: stringField(delta, 'thinking', record) ?? '' });
      return;
    case 'signature_delta':
      block.signature = (block.signature ?? '') + (stringField(delta, 'signature', record) ?? '');
      return;
    case 'input_json_delta':
      addArgs(state.calls, block.call ?? '', stringField(delta, 'partial_json', record) ?? '', emit);
      return;
    case 'citations_delta': {
      const citation = objectField(delta, 'citation', record) ?? {};
      block.citations.push(citation);
      const url = firstString(citation, 'url', 'source');
      emit({
        type: 'source',
        id: url === undefined ? `document ${String(citation['document_index'])}` : undefined,
        kind: url === undefined ? 'document' : 'url',
        url,
        title: firstString(citation, 'title', 'document_title'),
        quote: firstString(citation, 'cited_text'),
        at: { part },
        data: citation,
      });
      return;
    }
    default:
      emit({ type: 'unknown', event: `delta ${String(delta['type'])}`, data: delta });
  }
}

function stopBlock(state: AnthropicState, block: Block | undefined, emit: Emit): void {
  if (block?.part !== undefined) {
    const { part, signature, redacted, citations } = block;
    emit({ type: 'part-end', part, signature, redacted, meta: citations.length > 0 ? { citations } : undefined });
  }
  if (block?.call === undefined) return;
  const streamed = state.calls.get(block.call)?.args !== '';
  endCall(state.calls, block.call, emit, streamed ? undefined : { args: block.input ?? {} });
}

/** Counts are told more than once, not all of them each time. Input is told without what came from the cache. */
function readUsage(state: AnthropicState, fields: Fields, emit: Emit): void {
  const told = objectField(fields, 'usage', 'usage');
  if (told === undefined) return;
  state.usage = { ...state.usage, ...told };
  const count = (name: string): number | undefined => numberField(state.usage, name, 'usage');
  const cached = count('cache_read_input_tokens');
  const fresh = count('input_tokens');
  const usage: UsageChunk = {
    type: 'usage',
    input: fresh === undefined ? undefined : fresh + (cached ?? 0) + (count('cache_creation_input_tokens') ?? 0),
    output: count('output_tokens'),
    reasoning: numberField(asObject(state.usage['output_tokens_details']) ?? {}, 'thinking_tokens', 'usage'),
    cached,
  };
  emit(compact(usage));
}
