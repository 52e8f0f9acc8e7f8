// The data stream of the AI SDK before version 5: lines of a code, a colon and JSON. An answer ends with `d:` (the
// message is finished) or `3:` (an error). Nothing of it can be resumed.
import { compact } from '../base/compact.ts';
import type { Conversation, Part } from '../message/message.ts';
import type { Adapter, Emit } from './adapter.ts';
import type { FinishReason } from './chunk.ts';
import { outcomeOf, textOf, urlOf } from './read-conversation.ts';
import { errorOfReply } from './read-error.ts';
import {
  asObject,
  type Fields,
  firstString,
  invalid,
  numberField,
  objectField,
  parse,
  stringField,
} from './read-json.ts';
import { addArgs, answerCall, type Calls, claimCalls, endCall, finishTurn, startCall } from './tool-calls.ts';

export interface AiSdkDataOptions {
  /** Further members of the body. */
  readonly body?: Readonly<Record<string, unknown>>;
}

interface DataState {
  readonly calls: Calls;
  readonly annotations: unknown[];
  prose: { type: 'text' | 'reasoning'; part: string } | undefined;
  parts: number;
  steps: number;
  /** The step that ended goes on in the next one: its text does too. */
  continued: boolean;
  counted: boolean;
}

const line = 'data stream';

/** The adapter for servers on AI SDK 3 and 4 (`toDataStreamResponse`). */
export function aiSdkData(options: AiSdkDataOptions = {}): Adapter<DataState> {
  return Object.freeze<Adapter<DataState>>({
    name: 'ai-sdk-data',
    framings: ['lines'],
    accepts: ['text/plain'],
    init: () => ({
      calls: new Map(),
      annotations: [],
      prose: undefined,
      parts: 0,
      steps: 0,
      continued: false,
      counted: false,
    }),
    recognise: (frame, { headers }) => {
      if (headers['x-vercel-ai-data-stream'] !== undefined) return 1;
      return frame.kind === 'message' && /^[0-9a-k]:["[{]/.test(frame.data ?? '') ? 0.9 : 0;
    },
    read(state, frame, emit) {
      if (frame.kind !== 'message' || !frame.data?.trim()) return;
      const colon = frame.data.indexOf(':');
      if (colon < 0) throw invalid(line, 'code', 'followed by a colon');
      readLine(state, frame.data.slice(0, colon), parse(frame.data.slice(colon + 1), line), emit);
    },
    end: () => 'cut',
    reject: (reply) => ({ message: reply.body.slice(0, 500), ...errorOfReply(reply) }),
    request: ({ conversation }) => ({
      method: 'POST',
      body: { ...options.body, id: conversation.id, messages: messagesOf(conversation) },
    }),
  });
}

function readLine(state: DataState, code: string, data: unknown, send: Emit): void {
  // What is undefined is left out here, once for all.
  const emit: Emit = (chunk) => send(compact({ ...chunk, step: state.steps > 0 ? String(state.steps) : undefined }));
  const fields = asObject(data) ?? {};
  const id = firstString(fields, 'toolCallId') ?? '';
  switch (code) {
    case '0':
      write(state, 'text', data, emit);
      return;
    case 'g':
      write(state, 'reasoning', data, emit);
      return;
    case 'i':
    case 'j':
      if (state.prose?.type !== 'reasoning') write(state, 'reasoning', '', emit);
      endProse(state, emit, { signature: firstString(fields, 'signature'), redacted: firstString(fields, 'data') });
      return;
    case '2':
      for (const value of listOf(data)) emit({ type: 'data', name: 'data', data: value });
      return;
    case '8':
      state.annotations.push(...listOf(data));
      emit({ type: 'meta', meta: { annotations: [...state.annotations] } });
      return;
    case 'h': {
      const { sourceType: _, id: __, ...rest } = fields;
      const [source, url, title] = [
        firstString(fields, 'id'),
        firstString(fields, 'url'),
        firstString(fields, 'title'),
      ];
      emit({ type: 'source', id: source, kind: 'url', url, title, data: rest });
      return;
    }
    case 'k':
      emit({
        type: 'file',
        mediaType: stringField(fields, 'mimeType', line) ?? '',
        base64: stringField(fields, 'data', line),
      });
      return;
    case 'b':
    case '9':
      endProse(state, emit);
      startCall(state.calls, { id, name: stringField(fields, 'toolName', line) ?? '', by: 'server' }, emit);
      if (code === '9') endCall(state.calls, id, emit, { args: fields['args'] });
      return;
    case 'c':
      addArgs(state.calls, id, stringField(fields, 'argsTextDelta', line) ?? '', emit);
      return;
    case 'a':
      answerCall(state.calls, { id, result: fields['result'] }, emit);
      return;
    case 'f':
      state.steps += 1;
      if (!state.continued) endProse(state, emit);
      emit({ type: 'start', id: stringField(fields, 'messageId', line) });
      emit({ type: 'step', phase: 'start', id: String(state.steps) });
      return;
    case 'e':
      state.continued = fields['isContinued'] === true;
      state.counted = emitUsage(fields, emit) || state.counted;
      if (!state.continued) emit({ type: 'step', phase: 'end', id: String(state.steps) });
      return;
    case 'd':
      // The counts of the message are the sum of its steps'.
      if (!state.counted) emitUsage(fields, send);
      endProse(state, emit);
      claimCalls(state.calls, () => true, emit);
      finish(state, stringField(fields, 'finishReason', line), send);
      return;
    case '3':
      emit({ type: 'error', message: typeof data === 'string' ? data : JSON.stringify(data) });
      return;
    default:
      emit({ type: 'unknown', event: code, data });
  }
}

function listOf(data: unknown): readonly unknown[] {
  if (!Array.isArray(data)) throw invalid(line, 'data', 'a list');
  return data;
}

function write(state: DataState, type: 'text' | 'reasoning', delta: unknown, emit: Emit): void {
  if (typeof delta !== 'string') throw invalid(line, type, 'a string');
  if (state.prose?.type !== type) {
    endProse(state, emit);
    state.prose = { type, part: String(state.parts++) };
  }
  emit({ type, part: state.prose.part, delta });
}

function endProse(state: DataState, emit: Emit, proof: { signature?: string; redacted?: string } = {}): void {
  if (state.prose !== undefined) emit({ type: 'part-end', part: state.prose.part, ...proof });
  state.prose = undefined;
}

function emitUsage(fields: Fields, emit: Emit): boolean {
  const usage = objectField(fields, 'usage', line);
  if (usage === undefined) return false;
  const [input, output] = [numberField(usage, 'promptTokens', line), numberField(usage, 'completionTokens', line)];
  emit(compact({ type: 'usage', input, output }));
  return true;
}

const reasons: readonly string[] = ['stop', 'length', 'tool-calls', 'content-filter', 'other', 'unknown'];

function finish(state: DataState, raw: string | undefined, emit: Emit): void {
  const reason = raw === undefined ? 'unknown' : reasons.includes(raw) ? (raw as FinishReason) : 'other';
  finishTurn(state.calls, reason, raw === reason ? undefined : raw, emit);
}

function messagesOf(conversation: Conversation): object[] {
  return conversation.messages.map((message) => {
    const { id, role, parts } = message;
    const files = parts.flatMap((part) =>
      part.type === 'file' ? [compact({ name: part.name, contentType: part.mediaType, url: urlOf(part) })] : [],
    );
    return compact({
      id,
      role,
      content: textOf(message),
      parts: parts.flatMap((part, index) => partsOf(part, parts[index - 1])),
      experimental_attachments: role === 'user' && files.length > 0 ? files : undefined,
    });
  });
}

function partsOf(part: Part, previous: Part | undefined): object[] {
  // What follows a tool's result was said by another call of the model.
  const step = previous?.type === 'tool' && part.type !== 'tool' ? [{ type: 'step-start' }] : [];
  switch (part.type) {
    case 'text':
      return [...step, { type: 'text', text: part.text }];
    case 'reasoning': {
      const { text, signature, redacted } = part;
      const detail =
        redacted === undefined ? compact({ type: 'text', text, signature }) : { type: 'redacted', data: redacted };
      return [...step, { type: 'reasoning', reasoning: text, details: [detail] }];
    }
    case 'tool': {
      const outcome = outcomeOf(part);
      const { callId: toolCallId, name: toolName, args } = part;
      const told = outcome === undefined ? { state: 'call' } : { state: 'result', result: outcome.value };
      return [{ type: 'tool-invocation', toolInvocation: { toolCallId, toolName, args: args ?? {}, ...told } }];
    }
    default:
      return [];
  }
}
