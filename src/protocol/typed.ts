// Typed messages: `{type: 'content' | 'done' | 'error'}`, as SSE records or as the messages of a WebSocket that stays
// open for many turns. `done` and `error` end the turn, not the socket; an end without them is a cut.
import { compact } from '../base/compact.ts';
import type { Frame } from '../wire/frame.ts';
import type { Adapter, Emit } from './adapter.ts';
import { newestOf, textOf } from './read-conversation.ts';
import { binaryAsText, firstString, parseBody, parseObject, peek, stringField } from './read-json.ts';

export interface TypedOptions {
  /**
   * Requests are messages of its WebSocket, `{query, session_id}`. Default `false`: a GET whose query holds both.
   */
  readonly socket?: boolean;
  /** What ties the turns together on the server. Default: the conversation's id. `null` sends none. */
  readonly sessionId?: string | null;
}

/** The adapter for servers that stream messages told apart by `type`. */
export function typed(options: TypedOptions = {}): Adapter<undefined> {
  const { socket = false, sessionId } = options;
  return Object.freeze<Adapter<undefined>>({
    name: 'typed',
    framings: ['sse', 'socket'],
    accepts: ['text/event-stream'],
    init: () => undefined,
    prepare: binaryAsText,
    recognise,
    read: (_, frame, emit) => readFrame(frame, emit),
    end: () => 'cut',
    reject: ({ status, body }) =>
      compact({ type: 'error', status, message: firstString(parseBody(body), 'message', 'detail', 'error') }),
    request({ conversation }) {
      const query = textOf(newestOf(conversation, 'user'));
      const session = sessionId === null ? undefined : { session_id: sessionId ?? conversation.id };
      const fields = { query, ...session };
      return socket ? { method: 'POST', body: fields } : { method: 'GET', query: fields };
    },
  });
}

function recognise(frame: Frame): number {
  const fields = peek(frame);
  switch (fields['type']) {
    case 'content':
      return typeof fields['content'] === 'string' ? 1 : 0.1;
    case 'done':
      return 0.4;
    case 'error':
      return typeof fields['message'] === 'string' ? 0.4 : 0.1;
    default:
      return 0;
  }
}

function readFrame(frame: Frame, emit: Emit): void {
  if (frame.kind === 'comment') emit({ type: 'heartbeat' });
  if (frame.kind !== 'message' || frame.data === null || frame.data === '') return;
  const fields = parseObject(frame.data, 'message');
  const type = stringField(fields, 'type', 'message');
  switch (type) {
    case 'content': {
      const text = stringField(fields, 'content', type) ?? '';
      if (text !== '') emit({ type: 'text', delta: text });
      return;
    }
    case 'done':
      emit({ type: 'finish', reason: 'stop' });
      return;
    case 'error':
      emit(compact({ type: 'error', message: stringField(fields, 'message', type) }));
      return;
    default:
      emit(compact({ type: 'unknown', event: type, data: fields }));
  }
}
