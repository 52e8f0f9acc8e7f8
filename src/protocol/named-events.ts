// Named events: `thinking`, `sources`, `token`, `done` and `error` records, over SSE or wrapped as `{type, data}` on a
// WebSocket. An answer ends with `done` or `error`; an end of file without either is a cut.
import { compact } from '../base/compact.ts';
import { type Frame, ownId } from '../wire/frame.ts';
import type { Adapter, Emit } from './adapter.ts';
import type { SourceChunk } from './chunk.ts';
import { newestOf, textOf } from './read-conversation.ts';
import {
  asObject,
  binaryAsText,
  type Fields,
  firstString,
  invalid,
  listField,
  parse,
  parseBody,
  peek,
  stringField,
} from './read-json.ts';

export interface NamedEventsOptions {
  /** Records without a name are raw text, and the end of file is the end: the simplest server there is. Default `false`. */
  readonly plain?: boolean;
  /**
   * The server sends a unique id with every record, as `id:` or in its socket's messages as `id`, and goes on after the
   * one it is sent. Default `false`.
   */
  readonly resumable?: boolean;
  /**
   * The server answers a repeated `Idempotency-Key`, which a socket's message carries as `idempotency_key`, with the
   * same generation. Default `false`.
   */
  readonly idempotent?: boolean;
  /** Requests are the first messages of its WebSocket, `{type: 'chat', message}`. Default `false`. */
  readonly socket?: boolean;
}

interface NamedEventsState {
  sawText: boolean;
}

/** The adapter for servers that stream named events. */
export function namedEvents(options: NamedEventsOptions = {}): Adapter<NamedEventsState> {
  const { plain = false, resumable = false, idempotent = false, socket = false } = options;
  const resumeHeaders = [
    ...(resumable ? (['last-event-id'] as const) : []),
    ...(resumable || idempotent ? (['idempotency-key'] as const) : []),
  ];
  return Object.freeze<Adapter<NamedEventsState>>({
    name: 'named-events',
    framings: ['sse', 'socket'],
    accepts: ['text/event-stream'],
    idempotent,
    resumeHeaders,
    init: () => ({ sawText: false }),
    prepare: binaryAsText,
    recognise: (frame) => recognise(frame, plain),
    read(state, frame, emit) {
      readFrame(state, frame, options, emit);
    },
    end: (state) => (plain && state.sawText ? 'unconfirmed' : 'cut'),
    reject: ({ status, body }) => compact({ type: 'error', status, message: firstString(parseBody(body), 'detail') }),
    request({ conversation, turn }) {
      const message = textOf(newestOf(conversation, 'user'));
      if (!socket) return { method: 'POST', body: { conversation_id: conversation.id, message } };
      // A socket has no headers, so the key goes with the message.
      const key = resumeHeaders.includes('idempotency-key') ? { idempotency_key: turn } : undefined;
      return { method: 'POST', body: { type: 'chat', message, ...key } };
    },
  });
}

function recognise(frame: Frame, plain: boolean): number {
  if (frame.kind !== 'message') return 0;
  const { event, data } = frame;
  if (event !== 'message') return marks.has(event) ? 1 : shared.has(event) ? 0.4 : 0;
  const fields = peek(frame);
  const { type, data: inner } = fields;
  if (typeof type === 'string' && asObject(inner) !== undefined)
    return marks.has(type) ? 1 : shared.has(type) ? 0.5 : 0;
  // Plain text may be anything, but a record of fields is some other format's.
  return plain && data !== null && data !== '' && Object.keys(fields).length === 0 ? 0.1 : 0;
}

const marks: ReadonlySet<string> = new Set(['thinking', 'sources', 'token', 'tokens']);
const shared: ReadonlySet<string> = new Set(['done', 'error']);

function readFrame(state: NamedEventsState, frame: Frame, options: NamedEventsOptions, emit: Emit): void {
  if (frame.kind === 'comment') {
    emit({ type: 'heartbeat' });
    return;
  }
  if (frame.kind !== 'message') return;
  const { plain, resumable } = options;
  const { event, data } = frame;
  const id = ownId(frame);
  const send = resumable ? withCursor(id, emit) : emit;
  if (event !== 'message') {
    readEvent(state, event, data === null || data === '' ? undefined : parse(data, event), send);
    return;
  }
  if (data === null || data === '') return;
  if (plain) {
    state.sawText = true;
    send({ type: 'text', delta: data });
    return;
  }
  const { type, data: inner, id: innerId } = asObject(parse(data, 'message')) ?? {};
  if (typeof type !== 'string') return;
  readEvent(state, type, inner, resumable && id === undefined ? withCursor(innerId, emit) : send);
}

function withCursor(id: unknown, emit: Emit): Emit {
  if (typeof id !== 'string' || id === '') return emit;
  return (chunk) => emit({ ...chunk, cursor: id });
}

function readEvent(state: NamedEventsState, event: string, data: unknown, emit: Emit): void {
  const fields = asObject(data) ?? {};
  switch (event) {
    case 'thinking': {
      const state = stringField(fields, 'status', event) ?? 'thinking';
      emit(compact({ type: 'status', state, label: stringField(fields, 'message', event) }));
      return;
    }
    case 'sources': {
      const sources = listField(fields, 'sources', event).map(sourceOf);
      for (const source of sources) emit(source);
      return;
    }
    case 'token':
    case 'tokens': {
      const text = tokensOf(fields, event);
      if (text === '') return;
      state.sawText = true;
      emit({ type: 'text', delta: text });
      return;
    }
    case 'done':
      emit({ type: 'finish', reason: 'stop' });
      return;
    case 'error':
      emit(compact({ type: 'error', message: stringField(fields, 'error', event) }));
      return;
    default:
      emit(compact({ type: 'unknown', event, data }));
  }
}

function tokensOf(fields: Fields, event: string): string {
  const list = fields['tokens'];
  if (Array.isArray(list)) {
    if (!list.every((token) => typeof token === 'string')) throw invalid(event, 'tokens', 'a list of strings');
    return list.join('');
  }
  return stringField(fields, 'token', event) ?? '';
}

function sourceOf(entry: unknown): SourceChunk {
  const fields = asObject(entry) ?? {};
  const url = firstString(fields, 'url', 'link');
  const title = firstString(fields, 'title', 'source', 'name');
  return compact({ type: 'source', kind: url === undefined ? 'document' : 'url', url, title, data: entry });
}
