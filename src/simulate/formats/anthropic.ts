// Anthropic Messages: blocks that start, grow and stop. The script's tools are run by the server, as those of an MCP
// server are.
import type { FinishReason, Json } from '../../protocol/chunk.ts';
import type { ScriptSource } from '../script.ts';
import { fieldsOf, textOf } from './ask.ts';
import { readMessages } from './client-tools.ts';
import type { DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { halves } from './openai-chat.ts';
import { openWith } from './open-with.ts';
import { writePlainSse } from './sse.ts';
import { createTally } from './tally.ts';

export const anthropic: Format = {
  name: 'anthropic',
  contentType: 'text/event-stream',
  routes: [{ method: 'POST', path: '/v1/messages' }],
  heartbeat: 'event: ping\ndata: {"type": "ping"}\n\n',
  write: writePlainSse,
  readQuestion(body) {
    const asked = readMessages(
      fieldsOf(body)?.['messages'],
      ({ content }) => textOf(content),
      () => 0,
    );
    return asked && { conversation: '', text: asked.text };
  },
  createEncoder,
  number: (body) => body,
  writeRefusal: (status, message) =>
    JSON.stringify({ type: 'error', error: { type: refusals[status] ?? 'api_error', message } }),
};

const refusals: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

const reasons: Partial<Record<FinishReason, string>> = {
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  paused: 'pause_turn',
};

function event(type: string, fields: Readonly<Record<string, Json>>): DraftRecord {
  return { event: type, body: { type, ...fields } };
}

function createEncoder({ answerId, question }: EncodeContext): Encoder {
  const tally = createTally(question.text);
  const blocks = createBlocks(answerId);
  const opening = (): DraftRecord[] => {
    const usage = { input_tokens: tally.input, output_tokens: 1 };
    const head = { id: `msg_${answerId}`, type: 'message', role: 'assistant', model: 'simulated', content: [] };
    return [event('message_start', { message: { ...head, stop_reason: null, stop_sequence: null, usage } })];
  };
  return openWith(opening, (step) => {
    tally.count(step);
    switch (step.type) {
      case 'reasoning':
        return blocks.write(
          'thinking',
          step.tokens.map((thinking) => ({ type: 'thinking_delta', thinking })),
        );
      case 'text':
        return blocks.write(
          'text',
          step.tokens.map((text) => ({ type: 'text_delta', text })),
        );
      case 'sources': {
        const citations = step.sources.map((source, index) => citationOf(source, index));
        return blocks.write(
          'text',
          citations.map((citation) => ({ type: 'citations_delta', citation })),
        );
      }
      case 'tool': {
        const { id, name, args, result } = step;
        const call = { type: 'mcp_tool_use', id, name, server_name: 'simulated', input: {} };
        const pieces = halves(JSON.stringify(args)).map((partial_json) => ({ type: 'input_json_delta', partial_json }));
        const content = [{ type: 'text', text: JSON.stringify(result) }];
        return [
          ...blocks.whole(call, pieces),
          ...blocks.whole({ type: 'mcp_tool_result', tool_use_id: id, is_error: false, content }, []),
        ];
      }
      case 'finish': {
        const delta = { stop_reason: reasons[step.reason] ?? 'end_turn', stop_sequence: null };
        return [
          ...blocks.close(),
          event('message_delta', { delta, usage: { output_tokens: tally.output } }),
          event('message_stop', {}),
        ];
      }
      case 'error':
        return [event('error', { error: { type: step.code, message: step.message } })];
      default:
        return [];
    }
  });
}

interface Blocks {
  /** Goes on with the open block of this type, or opens one. */
  write(type: 'text' | 'thinking', deltas: readonly Json[]): readonly DraftRecord[];
  whole(block: Readonly<Record<string, Json>>, deltas: readonly Json[]): readonly DraftRecord[];
  close(): readonly DraftRecord[];
}

function createBlocks(answerId: string): Blocks {
  let index = -1;
  let open: 'text' | 'thinking' | undefined;
  const grow = (deltas: readonly Json[]): readonly DraftRecord[] =>
    deltas.map((delta) => event('content_block_delta', { index, delta }));
  const start = (block: Json): DraftRecord =>
    event('content_block_start', { index: (index += 1), content_block: block });
  const close = (): readonly DraftRecord[] => {
    const signature = open === 'thinking' ? grow([{ type: 'signature_delta', signature: `signed-${answerId}` }]) : [];
    const stop = open === undefined ? [] : [...signature, event('content_block_stop', { index })];
    open = undefined;
    return stop;
  };
  return {
    close,
    write(type, deltas) {
      if (open === type) return grow(deltas);
      const records = [...close(), start(type === 'text' ? { type, text: '' } : { type, thinking: '', signature: '' })];
      open = type;
      return [...records, ...grow(deltas)];
    },
    whole: (block, deltas) => [...close(), start(block), ...grow(deltas), event('content_block_stop', { index })],
  };
}

function citationOf({ title, url, quote, page = 1 }: ScriptSource, index: number): Json {
  if (url !== undefined)
    return { type: 'web_search_result_location', cited_text: quote, url, title, encrypted_index: '' };
  return {
    type: 'page_location',
    cited_text: quote,
    document_index: index,
    document_title: title,
    start_page_number: page,
    end_page_number: page + 1,
  };
}
