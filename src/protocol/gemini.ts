// Gemini's `streamGenerateContent` over SSE. There is no last record: the stream ends by end of file, and what its
// finish reason is worth depends on the server (see `end`). Requests are built in `gemini-request.ts`.
import { compact } from '../base/compact.ts';
import { mayAnswerLater } from '../base/rejection-error.ts';
import type { Frame } from '../wire/frame.ts';
import type { Adapter, Emit } from './adapter.ts';
import type { ErrorChunk, FinishReason, Json, UsageChunk } from './chunk.ts';
import { createPartialArgs, type PartialArgs } from './gemini-args.ts';
import { requestOf } from './gemini-request.ts';
import { readCitations, readGrounding, type Told } from './gemini-sources.ts';
import {
  asObject,
  booleanField,
  type Fields,
  firstString,
  invalid,
  numberField,
  objectField,
  objectsField,
  parse,
  parseBody,
  peek,
  stringField,
} from './read-json.ts';

export interface GeminiOptions {
  /** Further members of the request's body: `tools`, `toolConfig`, `generationConfig`, `safetySettings`. */
  readonly body?: Readonly<Record<string, Json>>;
}

interface GeminiState extends Told {
  started: boolean;
  /** Makes the ids of calls that come without one: the same in a replay, different in another answer. */
  responseId: string;
  calls: number;
  clientCalls: boolean;
  /** The text or reasoning part that is open, and how many there were. */
  open: { readonly type: 'text' | 'reasoning'; readonly part: string } | undefined;
  parts: number;
  text: string;
  /** The call whose arguments arrive in pieces (Vertex). */
  partial: { readonly id: string; readonly name: string; readonly args: PartialArgs } | undefined;
  finish: { readonly reason: FinishReason; readonly raw: string } | undefined;
  /** The server says when it is done and not before; see `end`. */
  trusted: boolean;
}

/** The adapter for `streamGenerateContent` of the Gemini API and of Vertex AI; the url names the model. */
export function gemini({ body }: GeminiOptions = {}): Adapter<GeminiState> {
  return Object.freeze<Adapter<GeminiState>>({
    name: 'gemini',
    framings: ['sse'],
    accepts: ['text/event-stream'],
    init: () => ({
      started: false,
      responseId: 'call',
      calls: 0,
      clientCalls: false,
      open: undefined,
      parts: 0,
      text: '',
      told: new Set(),
      partial: undefined,
      finish: undefined,
      trusted: false,
    }),
    recognise,
    read: readFrame,
    /**
     * | the finish reason                                                 | the end is  |
     * | ------------------------------------------------------------------ | ----------- |
     * | never came                                                         | cut         |
     * | is not STOP                                                        | complete    |
     * | is STOP, and records before it, or a model version, show it is the last | complete |
     * | is STOP on every record, as older servers write                    | unconfirmed |
     */
    end(state, emit) {
      closePart(state, emit);
      if (state.finish === undefined || state.partial !== undefined) return 'cut';
      if (!state.trusted) return 'unconfirmed';
      const { reason, raw } = state.finish;
      if (failures.test(raw)) {
        emit({ type: 'error', code: raw });
        return 'complete';
      }
      emit({ type: 'finish', reason: state.clientCalls ? 'tool-calls' : reason, raw });
      return 'complete';
    },
    // Some endpoints wrap the error's object in a list.
    reject: ({ status, body: text }) => ({
      type: 'error',
      ...errorIn(parseBody(text.replace(/^\s*\[|\]\s*$/g, ''))),
      status,
    }),
    request: ({ conversation }) => ({
      method: 'POST',
      query: { alt: 'sse' },
      body: { ...requestOf(conversation), ...body },
    }),
  });
}

function recognise(frame: Frame): number {
  const fields = peek(frame);
  if (Array.isArray(fields['candidates']) || asObject(fields['promptFeedback']) !== undefined) return 1;
  if (asObject(fields['usageMetadata']) !== undefined) return 0.9;
  return typeof asObject(fields['error'])?.['status'] === 'string' ? 0.5 : 0;
}

function readFrame(state: GeminiState, frame: Frame, emit: Emit): void {
  if (frame.kind === 'comment') emit({ type: 'heartbeat' });
  if (frame.kind !== 'message' || frame.data === null || frame.data === '') return;
  const parsed = parse(frame.data, 'response');
  const failure = errorIn(parsed);
  if (failure !== undefined) {
    emit(failure);
    return;
  }
  const fields = asObject(parsed);
  if (fields === undefined) throw invalid('response', 'data', 'an object');
  readStart(state, fields, emit);
  const usage = objectField(fields, 'usageMetadata', 'response');
  if (usage !== undefined) readUsage(usage, emit);
  const blocked = stringField(objectField(fields, 'promptFeedback', 'response') ?? {}, 'blockReason', 'response');
  if (blocked !== undefined) {
    state.finish = { reason: 'content-filter', raw: blocked };
    state.trusted = true;
  }
  const candidate = objectsField(fields, 'candidates', 'response')[0];
  if (candidate !== undefined) readCandidate(state, candidate, emit);
}

function readStart(state: GeminiState, fields: Fields, emit: Emit): void {
  const id = stringField(fields, 'responseId', 'response');
  const model = stringField(fields, 'modelVersion', 'response');
  if (model !== undefined) state.trusted = true;
  if (state.started || (id === undefined && model === undefined)) return;
  state.started = true;
  state.responseId = id ?? state.responseId;
  emit(compact({ type: 'start', id, model }));
}

function readUsage(fields: Fields, emit: Emit): void {
  const count = (name: string): number | undefined => numberField(fields, name, 'usageMetadata');
  const sum = (a: number | undefined, b: number | undefined): number | undefined =>
    a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
  const reasoning = count('thoughtsTokenCount');
  const usage: UsageChunk = {
    type: 'usage',
    input: sum(count('promptTokenCount'), count('toolUsePromptTokenCount')),
    output: sum(count('candidatesTokenCount'), reasoning),
    total: count('totalTokenCount'),
    reasoning,
    cached: count('cachedContentTokenCount'),
  };
  emit(compact(usage));
}

function readCandidate(state: GeminiState, candidate: Fields, emit: Emit): void {
  const content = objectField(candidate, 'content', 'candidate') ?? {};
  for (const part of objectsField(content, 'parts', 'candidate')) readPart(state, part, emit);
  readGrounding(state, candidate, emit);
  readCitations(state, candidate, emit);
  const raw = stringField(candidate, 'finishReason', 'candidate');
  if (raw === undefined) {
    if (state.finish === undefined) state.trusted = true;
    return;
  }
  state.finish = { reason: reasonOf(raw), raw };
  if (state.finish.reason !== 'stop') state.trusted = true;
}

function readPart(state: GeminiState, part: Fields, emit: Emit): void {
  const signature = stringField(part, 'thoughtSignature', 'part');
  const thought = booleanField(part, 'thought', 'part') ?? false;
  const isBare = Object.keys(part).every((key) => key.startsWith('thought'));
  const text = stringField(part, 'text', 'part') ?? (isBare ? '' : undefined);
  if (text !== undefined) {
    const type = thought ? 'reasoning' : 'text';
    // A signature that nothing before it is meant by goes back on an empty part, as it came.
    if (text !== '' || (signature !== undefined && state.open?.type !== type)) readText(state, type, text, emit);
    if (signature !== undefined) closePart(state, emit, signature);
    return;
  }
  closePart(state, emit);
  const meta = signature === undefined ? undefined : { thoughtSignature: signature };
  const call = objectField(part, 'functionCall', 'part');
  if (call !== undefined) {
    readCall(state, call, meta, emit);
    return;
  }
  const inline = objectField(part, 'inlineData', 'part');
  const file = objectField(part, 'fileData', 'part') ?? inline;
  if (file !== undefined) {
    const mediaType = stringField(file, 'mimeType', 'part') ?? 'application/octet-stream';
    const base64 = stringField(file, 'data', 'part');
    const url = stringField(file, 'fileUri', 'part');
    emit(compact({ type: 'file', mediaType, base64, url, reasoning: thought || undefined, meta }));
    return;
  }
  if (!readExecution(state, part, emit)) emit({ type: 'unknown', event: 'part', data: part });
}

function readText(state: GeminiState, type: 'text' | 'reasoning', delta: string, emit: Emit): void {
  if (state.open?.type !== type) {
    closePart(state, emit);
    state.parts += 1;
    state.open = { type, part: String(state.parts) };
  }
  if (type === 'text') state.text += delta;
  emit({ type, part: state.open.part, delta });
}

function closePart(state: GeminiState, emit: Emit, signature?: string): void {
  if (state.open === undefined) return;
  emit(compact({ type: 'part-end', part: state.open.part, signature }));
  state.open = undefined;
}

/**
 * A call comes whole, or (Vertex, on demand) in pieces: its name, then values at paths into its arguments, then an
 * empty one that ends it.
 */
function readCall(state: GeminiState, call: Fields, meta: { thoughtSignature: string } | undefined, emit: Emit): void {
  const name = stringField(call, 'name', 'functionCall');
  const more = booleanField(call, 'willContinue', 'functionCall') ?? false;
  const by = 'client';
  if (name !== undefined) {
    state.calls += 1;
    state.clientCalls = true;
    const id = stringField(call, 'id', 'functionCall') ?? `${state.responseId}-${state.calls}`;
    if (!more) {
      emit(compact({ type: 'tool-call', id, name, args: call['args'] ?? {}, by, meta }));
      return;
    }
    state.partial = { id, name, args: createPartialArgs() };
    emit(compact({ type: 'tool-start', id, name, by, meta }));
  }
  if (state.partial === undefined) throw invalid('functionCall', 'name', 'a string');
  for (const piece of objectsField(call, 'partialArgs', 'functionCall')) state.partial.args.add(piece);
  if (more) return;
  emit({ type: 'tool-call', id: state.partial.id, name: state.partial.name, args: state.partial.args.value, by });
  state.partial = undefined;
}

/** Code that Google runs itself. */
function readExecution(state: GeminiState, part: Fields, emit: Emit): boolean {
  const code = objectField(part, 'executableCode', 'part');
  const result = objectField(part, 'codeExecutionResult', 'part');
  if (code === undefined && result === undefined) return false;
  const name = 'code_execution';
  if (code !== undefined) {
    state.calls += 1;
    emit({ type: 'tool-call', id: `${state.responseId}-${state.calls}`, name, args: code, by: 'server' });
  }
  if (result !== undefined) {
    const error = result['outcome'] === 'OUTCOME_OK' ? undefined : true;
    emit(compact({ type: 'tool-result', id: `${state.responseId}-${state.calls}`, name, result, error }));
  }
  return true;
}

/** What Google's filters are called; whatever else the model stops by, it did not mean to. */
const filters = /SAFETY|RECITATION|BLOCKLIST|PROHIBITED|SPII/;
/** The model was about to call something and could not say what: the answer breaks off there. */
const failures = /^(MALFORMED|UNEXPECTED_TOOL|TOO_MANY_TOOL)/;

function reasonOf(raw: string): FinishReason {
  if (raw === 'STOP') return 'stop';
  if (raw === 'MAX_TOKENS') return 'length';
  return filters.test(raw) ? 'content-filter' : 'other';
}

/** Google's error object, which some endpoints wrap in a list. `RetryInfo` among its details says when to come back. */
function errorIn(parsed: unknown): ErrorChunk | undefined {
  const error = asObject(asObject(Array.isArray(parsed) ? parsed[0] : parsed)?.['error']);
  if (error === undefined) return undefined;
  const { code: status, details } = error;
  const delays = Array.isArray(details)
    ? details.map((detail) => Number.parseFloat(String(asObject(detail)?.['retryDelay'])))
    : [];
  return compact<ErrorChunk>({
    type: 'error',
    message: firstString(error, 'message'),
    code: firstString(error, 'status'),
    ...(typeof status === 'number' && { status, retryable: mayAnswerLater(status) }),
    retryAfter: delays.find((delay) => delay >= 0),
    details,
  });
}
