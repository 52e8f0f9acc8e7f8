// Ollama's chat and generate APIs: one JSON value a line, the last of them with `done: true`. A line `{error}` may come
// at any time; an end of file before the last line is a cut.
import { compact } from '../base/compact.ts';
import type { Message, Part } from '../message/message.ts';
import type { Frame } from '../wire/frame.ts';
import type { Adapter, Emit } from './adapter.ts';
import type { FinishReason, Json } from './chunk.ts';
import {
  base64Of,
  filesOf,
  newestOf,
  outcomeOf,
  resultText,
  roundsOf,
  textOf,
  textOfParts,
  unsupportedFile,
} from './read-conversation.ts';
import { errorOf, errorOfReply } from './read-error.ts';
import {
  asObject,
  booleanField,
  type Fields,
  firstString,
  invalid,
  numberField,
  objectField,
  objectsField,
  parseObject,
  peek,
  stringField,
} from './read-json.ts';
import { parseArgs } from './tool-calls.ts';

export interface OllamaOptions {
  readonly model: string;
  /** Which one the url is: `generate` answers the newest message alone, `chat` knows the conversation and tools. Default `chat`. */
  readonly endpoint?: 'chat' | 'generate';
  /** Further members of the request's body: `tools`, `think`, `options`, `format`, `keep_alive`. */
  readonly body?: Readonly<Record<string, Json>>;
}

interface OllamaState {
  started: boolean;
  calls: number;
}

/** The adapter for Ollama. */
export function ollama(options: OllamaOptions): Adapter<OllamaState> {
  const { model, endpoint = 'chat', body: extra } = options;
  return Object.freeze<Adapter<OllamaState>>({
    name: 'ollama',
    framings: ['ndjson'],
    accepts: ['application/x-ndjson', 'application/json'],
    init: () => ({ started: false, calls: 0 }),
    recognise,
    read: readFrame,
    end: () => 'cut',
    reject: errorOfReply,
    request({ conversation }) {
      const asked =
        endpoint === 'chat'
          ? { messages: conversation.messages.flatMap(messagesOf) }
          : promptOf(newestOf(conversation, 'user'), newestOf(conversation, 'system'));
      return { method: 'POST', body: { model, ...asked, stream: true, ...extra } };
    },
  });
}

function recognise(frame: Frame): number {
  const fields = peek(frame);
  if (typeof fields['done'] !== 'boolean') return typeof fields['error'] === 'string' ? 0.2 : 0;
  return 'response' in fields || 'message' in fields ? 1 : 0.5;
}

function readFrame(state: OllamaState, frame: Frame, emit: Emit): void {
  if (frame.kind !== 'message' || frame.data === null || frame.data === '') return;
  const fields = parseObject(frame.data, 'line');
  if (fields['error'] !== undefined) {
    emit(errorOf(fields));
    return;
  }
  const done = booleanField(fields, 'done', 'line');
  if (done === undefined) {
    emit({ type: 'unknown', event: 'line', data: fields });
    return;
  }
  if (!state.started) {
    state.started = true;
    emit(compact({ type: 'start', model: stringField(fields, 'model', 'line') }));
  }
  readMessage(state, fields, emit);
  if (done) readEnd(state, fields, emit);
}

function readMessage(state: OllamaState, fields: Fields, emit: Emit): void {
  const message = objectField(fields, 'message', 'line') ?? {};
  const thinking = stringField(message, 'thinking', 'line') ?? stringField(fields, 'thinking', 'line') ?? '';
  const text = stringField(message, 'content', 'line') ?? stringField(fields, 'response', 'line') ?? '';
  if (thinking !== '') emit({ type: 'reasoning', delta: thinking });
  if (text !== '') emit({ type: 'text', delta: text });
  for (const call of objectsField(message, 'tool_calls', 'line')) {
    const { name, arguments: args = {} } = objectField(call, 'function', 'line') ?? {};
    if (typeof name !== 'string') throw invalid('line', 'tool_calls.function.name', 'a string');
    state.calls += 1;
    // Older servers give calls no id. This one is the same when the stream is read again, and another in every answer.
    const id = firstString(call, 'id') ?? `${firstString(fields, 'created_at', 'model') ?? name}-${state.calls}`;
    const whole = typeof args === 'string' ? parseArgs(args) : { args };
    emit({ type: 'tool-call', id, name, ...whole, by: 'client' });
  }
}

function readEnd(state: OllamaState, fields: Fields, emit: Emit): void {
  const input = numberField(fields, 'prompt_eval_count', 'line');
  const output = numberField(fields, 'eval_count', 'line');
  if (input !== undefined || output !== undefined) emit(compact({ type: 'usage', input, output }));
  const raw = stringField(fields, 'done_reason', 'line') ?? 'stop';
  const said: FinishReason = raw === 'stop' || raw === 'length' ? raw : 'other';
  const reason = state.calls > 0 ? 'tool-calls' : said;
  emit(compact({ type: 'finish', reason, raw: raw === reason ? undefined : raw }));
}

/** One message of ours is several of Ollama's where tools were used. */
function messagesOf(message: Message): object[] {
  if (message.role !== 'assistant') {
    return [compact({ role: message.role, content: textOf(message), images: imagesOf(message.parts) })];
  }
  return roundsOf(message).flatMap((parts) => {
    const answered = parts.flatMap((part) => {
      const outcome = part.type === 'tool' ? outcomeOf(part) : undefined;
      return part.type === 'tool' && outcome !== undefined ? [{ part, outcome }] : [];
    });
    const content = textOfParts(parts);
    if (content === '' && answered.length === 0) return [];
    const calls = answered.map(({ part: { name, args } }) => ({ function: { name, arguments: asObject(args) ?? {} } }));
    return [
      compact({
        role: 'assistant',
        content,
        thinking: thinkingOf(parts),
        tool_calls: calls.length > 0 ? calls : undefined,
      }),
      ...answered.map(({ part, outcome }) => ({
        role: 'tool',
        tool_name: part.name,
        content: resultText(outcome.value),
      })),
    ];
  });
}

function thinkingOf(parts: readonly Part[]): string | undefined {
  return parts.flatMap((part) => (part.type === 'reasoning' ? [part.text] : [])).join('\n') || undefined;
}

function promptOf(question: Message | undefined, system: Message | undefined): object {
  const images = imagesOf(question?.parts ?? []);
  return compact({ prompt: textOf(question), system: textOf(system) || undefined, images });
}

function imagesOf(parts: readonly Part[]): readonly string[] | undefined {
  const images = filesOf(parts).map((file) => {
    const base64 = file.mediaType.startsWith('image/') ? base64Of(file) : undefined;
    if (base64 === undefined) throw unsupportedFile('ollama', file, 'Send images, as base64 or as a data: url.');
    return base64;
  });
  return images.length > 0 ? images : undefined;
}
