// The Vercel AI SDK's UI message stream, over SSE and in the WebSocket form of its `WebSocketChatTransport`. An answer
// ends with `finish`, or with `[DONE]` where a server leaves that out. Resuming replays it from the start.
import { compact } from '../base/compact.ts';
import { pathSegment } from '../base/path-segment.ts';
import { toUIMessages } from '../message/ui-messages.ts';
import type { Adapter, Emit, RequestDraft, TurnInput } from './adapter.ts';
import { finishUI, initUIStream, readUIChunk, type UIStreamState } from './ai-sdk-stream.ts';
import { errorOfReply } from './read-error.ts';
import {
  asObject,
  binaryAsText,
  type Fields,
  numberField,
  objectField,
  parseObject,
  peek,
  stringField,
} from './read-json.ts';

export interface AiSdkOptions {
  /** Further members of the body. */
  readonly body?: Readonly<Record<string, unknown>>;
  /**
   * The server keeps its streams: `GET <url>/<chat id>/stream` gives the running one again, from the start (`true`) or
   * only what was not sent yet (`rest`). A WebSocket always starts again. Default `false`.
   */
  readonly resumable?: boolean | 'rest';
  /** Speak the frames of `WebSocketChatTransport`. Default `false`. */
  readonly socket?: boolean;
}

/** The adapter for servers that send the AI SDK's UI message stream (`toUIMessageStreamResponse` and its like). */
export function aiSdk(options: AiSdkOptions = {}): Adapter<UIStreamState> {
  const { body = {}, resumable = false, socket = false } = options;
  const frame = (type: string, turn: string, rest: object): RequestDraft => ({
    method: 'POST',
    body: { type, requestId: turn, ...rest },
  });
  return Object.freeze<Adapter<UIStreamState>>({
    name: 'ai-sdk',
    framings: socket ? ['socket'] : ['sse'],
    accepts: ['text/event-stream'],
    ...(resumable === true && { resumes: 'replay' }),
    init: initUIStream,
    recognise(record, { headers }) {
      if ('x-vercel-ai-ui-message-stream' in headers) return 1;
      const fields = peek(record);
      if (typeof fields['requestId'] === 'string' && asObject(fields['chunk']) !== undefined) return 1;
      return uiTypes.test(String(fields['type'])) ? 0.9 : 0;
    },
    prepare: binaryAsText,
    read(state, record, emit) {
      if (record.kind === 'comment') emit({ type: 'heartbeat' });
      if (record.kind !== 'message' || !record.data) return;
      if (record.data === '[DONE]') {
        finishUI(state, undefined, emit);
        return;
      }
      const fields = parseObject(record.data, record.event);
      if (fields['requestId'] === undefined) readUIChunk(state, fields, emit);
      else readResponse(state, fields, emit);
    },
    end: () => 'cut',
    // Error bodies are meant for the reader, whatever their form.
    reject: (reply) => ({ message: reply.body.slice(0, 500), ...errorOfReply(reply) }),
    request(input) {
      const turnBody = messagesOf(input);
      return socket
        ? frame('send', input.turn, { ...turnBody, headers: {}, body })
        : { method: 'POST', body: { ...body, ...turnBody } };
    },
    resume(state, { input, message }) {
      const { id } = input.conversation;
      // What is missing means something only to a state that read what came before.
      const isLost = resumable === 'rest' && state.made === 0 && message !== undefined && message.parts.length > 0;
      if (!resumable || isLost) return null;
      if (socket) return frame('resume', input.turn, { id, headers: {}, body });
      return { method: 'GET', path: `/${pathSegment(id)}/stream` };
    },
    cancel: (_, { input }) => (socket ? frame('abort', input.turn, {}) : null),
  });
}

const uiTypes = /^(start-step|(text|reasoning|tool-input)-(start|delta|end)|tool-input-available|data-.*)$/;

function messagesOf({ conversation, trigger }: TurnInput): object {
  const { id, messages } = conversation;
  return compact({
    id,
    messages: toUIMessages(messages),
    trigger: trigger === 'regenerate' ? 'regenerate-message' : 'submit-message',
    messageId: trigger === 'continue' ? messages.at(-1)?.id : undefined,
  });
}

/** One response frame of the WebSocket form. Every number has to be told on, or the next one looks like a gap. */
function readResponse(state: UIStreamState, fields: Fields, emit: Emit): void {
  const type = stringField(fields, 'type', 'response');
  switch (type) {
    case 'start':
      emit({ type: 'heartbeat' });
      return;
    case 'chunk': {
      const seq = numberField(fields, 'sequence', 'chunk');
      let told = false;
      readUIChunk(state, objectField(fields, 'chunk', 'chunk') ?? {}, (chunk) => {
        told = true;
        emit(compact({ ...chunk, seq }));
      });
      if (!told) emit(compact({ type: 'heartbeat', seq }));
      return;
    }
    case 'end':
      finishUI(state, undefined, emit);
      return;
    case 'no-active':
      emit({ type: 'error', code: type, retryable: true });
      return;
    case 'error':
      emit(compact({ type, message: stringField(fields, 'errorText', type) }));
      return;
    default:
      emit({ type: 'unknown', event: type ?? '', data: fields });
  }
}
