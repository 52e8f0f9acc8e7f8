// OpenAI Responses: numbered events of items that are added, grow and are done. The script's tools are run by the server,
// as those of an MCP server are. A background response can be had again after any of its events, by the event's number.
import type { FinishReason, Json } from '../../protocol/chunk.ts';
import type { ScriptSource } from '../script.ts';
import { fieldsOf, textOf } from './ask.ts';
import { readMessages } from './client-tools.ts';
import type { Cursor, DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { halves } from './openai-chat.ts';
import { openWith } from './open-with.ts';
import { writePlainSse } from './sse.ts';
import { createTally, type Tally } from './tally.ts';

type Item = Readonly<Record<string, Json>>;

export const openaiResponses: Format = {
  name: 'openai-responses',
  contentType: 'text/event-stream',
  routes: [
    { method: 'POST', path: '/v1/responses' },
    { method: 'GET', path: '/v1/responses/:id' },
  ],
  heartbeat: ': keep-alive\n\n',
  write: writePlainSse,
  readQuestion(body) {
    const fields = fieldsOf(body);
    const input = fields?.['input'];
    const variant = fields?.['background'] === true ? 'background' : 'foreground';
    if (typeof input === 'string') return { conversation: '', text: input, variant };
    const asked = readMessages(
      input,
      ({ content }) => textOf(content),
      () => 0,
    );
    return asked && { conversation: '', text: asked.text, variant };
  },
  readCursor,
  keeps: ({ variant }) => variant === 'background',
  createEncoder,
  number: (body) => body,
  writeRefusal: (_status, message) =>
    JSON.stringify({ error: { message, type: 'server_error', param: null, code: 'server_error' } }),
};

function readCursor(path: string, query: URLSearchParams): Cursor | undefined {
  const [, answer] = /^\/v1\/responses\/resp_(\w+)$/.exec(path) ?? [];
  // The numbers of events are those of records.
  return answer === undefined ? undefined : { answer, index: Number(query.get('starting_after') ?? -1) };
}

function createEncoder(context: EncodeContext): Encoder {
  const { answerId, question } = context;
  const tally = createTally(question.text);
  const items = createItems(answerId);
  let number = 0;
  const numbered = (events: readonly Item[]): readonly DraftRecord[] =>
    events.map((event) => {
      const { type, ...fields } = event;
      const record = { event: String(type), body: { type: String(type), sequence_number: number, ...fields } };
      number += 1;
      return record;
    });
  const response = (status: string, rest: Item = {}): Item => ({
    id: `resp_${answerId}`,
    object: 'response',
    created_at: 0,
    status,
    background: question.variant === 'background',
    model: 'simulated',
    output: items.done,
    ...rest,
  });
  const opening = (): readonly DraftRecord[] =>
    numbered([
      { type: 'response.created', response: response('in_progress') },
      { type: 'response.in_progress', response: response('in_progress') },
    ]);
  return openWith(opening, (step) => {
    tally.count(step);
    switch (step.type) {
      case 'reasoning':
        return numbered(items.write('reasoning', step.tokens));
      case 'text':
        return numbered(items.write('message', step.tokens));
      case 'sources':
        return numbered(items.cite(step.sources));
      case 'tool':
        return numbered(items.call(step.name, step.args, step.result));
      case 'finish': {
        const events = items.close();
        const { type, ...ending } = endingOf(step.reason);
        return numbered([...events, { type, response: response(type.slice(9), { ...ending, usage: usageOf(tally) }) }]);
      }
      case 'error': {
        const error = { code: step.code, message: step.message };
        return numbered([{ type: 'response.failed', response: response('failed', { error }) }]);
      }
      default:
        return [];
    }
  });
}

function endingOf(reason: FinishReason): Item & { readonly type: string } {
  if (reason !== 'length' && reason !== 'content-filter') return { type: 'response.completed' };
  const why = reason === 'length' ? 'max_output_tokens' : 'content_filter';
  return { type: 'response.incomplete', incomplete_details: { reason: why } };
}

function usageOf({ input, output, reasoning }: Tally): Json {
  return {
    input_tokens: input,
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

interface Items {
  /** The output so far. */
  readonly done: readonly Item[];
  write(type: 'message' | 'reasoning', tokens: readonly string[]): readonly Item[];
  /** Goes with the text that follows. */
  cite(sources: readonly ScriptSource[]): readonly Item[];
  call(name: string, args: Json, output: Json): readonly Item[];
  close(): readonly Item[];
}

function createItems(answerId: string): Items {
  const done: Item[] = [];
  let open: { readonly type: 'message' | 'reasoning'; readonly id: string; text: string } | undefined;
  let annotations: Json[] = [];
  const place = (): Item => ({ output_index: done.length });

  const start = (type: 'message' | 'reasoning'): readonly Item[] => {
    const id = `${type === 'message' ? 'msg' : 'rs'}_${answerId}_${done.length}`;
    open = { type, id, text: '' };
    const at = { item_id: id, ...place() };
    return type === 'message'
      ? [
          added({ id, type, role: 'assistant', status: 'in_progress', content: [] }),
          { type: 'response.content_part.added', ...at, content_index: 0, part: outputText('') },
        ]
      : [
          added({ id, type, summary: [] }),
          { type: 'response.reasoning_summary_part.added', ...at, summary_index: 0, part: summaryText('') },
        ];
  };
  const added = (item: Item): Item => ({ type: 'response.output_item.added', ...place(), item });
  const end = (item: Item): Item => {
    const event = { type: 'response.output_item.done', ...place(), item };
    done.push(item);
    return event;
  };
  const outputText = (text: string): Item => ({ type: 'output_text', text, annotations });
  const summaryText = (text: string): Item => ({ type: 'summary_text', text });

  const close = (): readonly Item[] => {
    if (open === undefined) return [];
    const { type, id, text } = open;
    const at = { item_id: id, ...place() };
    const events =
      type === 'message'
        ? [
            { type: 'response.output_text.done', ...at, content_index: 0, text },
            { type: 'response.content_part.done', ...at, content_index: 0, part: outputText(text) },
            end({ id, type, role: 'assistant', status: 'completed', content: [outputText(text)] }),
          ]
        : [
            { type: 'response.reasoning_summary_text.done', ...at, summary_index: 0, text },
            { type: 'response.reasoning_summary_part.done', ...at, summary_index: 0, part: summaryText(text) },
            end({ id, type, summary: [summaryText(text)] }),
          ];
    if (type === 'message') annotations = [];
    open = undefined;
    return events;
  };

  const into = (type: 'message' | 'reasoning'): readonly Item[] =>
    open?.type === type ? [] : [...close(), ...start(type)];

  return {
    done,
    close,
    write(type, tokens) {
      const events = into(type);
      const at = { item_id: open?.id ?? '', ...place() };
      if (open !== undefined) open.text += tokens.join('');
      const name = type === 'message' ? 'response.output_text.delta' : 'response.reasoning_summary_text.delta';
      const index: Item = type === 'message' ? { content_index: 0 } : { summary_index: 0 };
      return [...events, ...tokens.map((delta) => ({ type: name, ...at, ...index, delta }))];
    },
    cite(sources) {
      const events = into('message');
      const at = { item_id: open?.id ?? '', ...place(), content_index: 0 };
      const cited = sources.map((source, index) => annotationOf(source, index));
      const told = cited.map((annotation, index) => {
        const annotation_index = annotations.length + index;
        return { type: 'response.output_text.annotation.added', ...at, annotation_index, annotation };
      });
      annotations = [...annotations, ...cited];
      return [...events, ...told];
    },
    call(name, args, output) {
      const before = close();
      const id = `mcp_${answerId}_${done.length}`;
      const item = { id, type: 'mcp_call', name, server_label: 'simulated', arguments: '', output: null, error: null };
      const whole = JSON.stringify(args);
      const at = { item_id: id, ...place() };
      return [
        ...before,
        added(item),
        { type: 'response.mcp_call.in_progress', ...at },
        ...halves(whole).map((delta) => ({ type: 'response.mcp_call_arguments.delta', ...at, delta })),
        { type: 'response.mcp_call_arguments.done', ...at, arguments: whole },
        { type: 'response.mcp_call.completed', ...at },
        end({ ...item, arguments: whole, output: JSON.stringify(output) }),
      ];
    },
  };
}

function annotationOf({ title, url }: ScriptSource, index: number): Json {
  if (url !== undefined) return { type: 'url_citation', url, title, start_index: 0, end_index: 0 };
  return { type: 'file_citation', file_id: `file-${index + 1}`, filename: title, index: 0 };
}
