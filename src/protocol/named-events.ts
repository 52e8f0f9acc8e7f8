// Named events: `thinking`, `sources`, `token`, `done` and `error` records, over SSE or wrapped as `{type, data}` on a
// WebSocket. An answer ends with `done` or `error`; an end of file without either is a cut.
import { ProtocolError } from '../base/errors.ts';
import type { Message } from '../message/message.ts';
import type { Frame } from '../wire/frame.ts';
import type { Adapter, Emit } from './adapter.ts';
import type { SourceChunk } from './chunk.ts';

export interface NamedEventsOptions {
  /** Records without a name are raw text, and the end of file is the end: the simplest server there is. Default `false`. */
  readonly plain?: boolean;
  /** The server sends a unique `id:` with every record and goes on after the `Last-Event-ID` it is sent. Default `false`. */
  readonly resumable?: boolean;
  /** The server answers a repeated `Idempotency-Key` with the same generation. Default `false`. */
  readonly idempotent?: boolean;
}

interface NamedEventsState {
  sawText: boolean;
}

/** The adapter for servers that stream named events. */
export function namedEvents(options: NamedEventsOptions = {}): Adapter<NamedEventsState> {
  const { plain = false, resumable = false, idempotent = false } = options;
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
    prepare: (frame, codecs) =>
      frame.kind === 'binary' ? { kind: 'message', event: 'message', data: codecs.decodeUtf8(frame.data) } : frame,
    read(state, frame, emit) {
      const cursor = resumable && frame.kind === 'message' && frame.id ? { cursor: frame.id } : undefined;
      const send: Emit = cursor === undefined ? emit : (chunk) => emit({ ...chunk, ...cursor });
      readFrame(state, frame, plain, send);
    },
    end: (state) => (plain && state.sawText ? 'unconfirmed' : 'cut'),
    reject: ({ status, body }) => ({ type: 'error', status, ...detailOf(body) }),
    request: ({ conversation }) => ({
      method: 'POST',
      body: { conversation_id: conversation.id, message: textOf(conversation.messages.findLast(isUser)) },
    }),
  });
}

function isUser(message: Message): boolean {
  return message.role === 'user';
}

function textOf(message: Message | undefined): string {
  const texts = message?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts?.join('\n') ?? '';
}

function readFrame(state: NamedEventsState, frame: Frame, plain: boolean, emit: Emit): void {
  if (frame.kind === 'comment') {
    emit({ type: 'heartbeat' });
    return;
  }
  if (frame.kind !== 'message') return;
  const { event, data } = frame;
  if (event !== 'message') {
    readEvent(state, event, data === null || data === '' ? undefined : parse(data, event), emit);
    return;
  }
  if (data === null || data === '') return;
  if (plain) {
    state.sawText = true;
    emit({ type: 'text', delta: data });
    return;
  }
  const wrapped = asObject(parse(data, 'message'));
  if (typeof wrapped?.['type'] === 'string') readEvent(state, wrapped['type'], wrapped['data'], emit);
}

function readEvent(state: NamedEventsState, event: string, data: unknown, emit: Emit): void {
  const fields = asObject(data) ?? {};
  switch (event) {
    case 'thinking': {
      const phase = stringField(fields, 'status', event);
      const label = stringField(fields, 'message', event);
      emit({ type: 'status', state: phase ?? 'thinking', ...(label === undefined ? undefined : { label }) });
      return;
    }
    case 'sources': {
      const list = fields['sources'] ?? [];
      if (!Array.isArray(list)) throw invalid(event, 'sources', 'a list');
      for (const entry of list) emit(sourceOf(entry));
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
    case 'error': {
      const message = stringField(fields, 'error', event);
      emit({ type: 'error', ...(message === undefined ? undefined : { message }) });
      return;
    }
    default:
      emit({ type: 'unknown', event, ...(data === undefined ? undefined : { data }) });
  }
}

function tokensOf(fields: Record<string, unknown>, event: string): string {
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
  return {
    type: 'source',
    kind: url === undefined ? 'document' : 'url',
    ...(url === undefined ? undefined : { url }),
    ...(title === undefined ? undefined : { title }),
    data: entry,
  };
}

function detailOf(body: string): { message?: string } {
  try {
    const detail = asObject(JSON.parse(body))?.['detail'];
    return typeof detail === 'string' ? { message: detail } : {};
  } catch (error) {
    // An error page of a proxy is not JSON, and nothing in it is meant for a reader.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function parse(data: string, event: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new ProtocolError(
      'invalid-chunk',
      `The data of a "${event}" record is not JSON, so it was skipped. Check what the server writes after "data:".`,
      {
        field: 'data',
        excerpt: data.slice(0, 80),
        cause,
      },
    );
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function firstString(fields: Record<string, unknown>, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function stringField(fields: Record<string, unknown>, name: string, event: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(event, name, 'a string');
  return value;
}

function invalid(event: string, field: string, wanted: string): ProtocolError {
  return new ProtocolError(
    'invalid-chunk',
    `The field "${field}" of a "${event}" record is not ${wanted}, so the record was skipped.`,
    { field },
  );
}
