// The named-events format: `thinking`, `sources`, `token`, `done` and `error` as SSE events, and the same as
// `{type, data}` messages of a WebSocket.
import type { Json } from '../../protocol/chunk.ts';
import type { TokenStep } from '../script.ts';
import type { DraftRecord, Format, Question, SocketMessage } from './format.ts';
import { writeSse } from './sse.ts';

export const namedEvents: Format = {
  name: 'named-events',
  contentType: 'text/event-stream',
  routes: [{ method: 'POST', path: '/chat/stream' }],
  heartbeat: ': heartbeat\n\n',
  write: writeSse,
  readQuestion,
  createEncoder() {
    let reasoned = false;
    return (step) => {
      // The format has no reasoning text: the first token of it is told as a phase, the rest is not sent.
      if (step.type !== 'reasoning') return encode(step);
      if (reasoned) return [];
      reasoned = true;
      return [{ event: 'thinking', body: { status: 'reasoning', message: 'Reasoning' } }];
    };
  },
  number(body, seq) {
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body, seq } : body;
  },
  writeRefusal(_status, message) {
    return JSON.stringify({ detail: message });
  },
  socket: {
    path: '/ws/:client',
    heartbeat: '{"type":"heartbeat"}',
    pong: '{"type":"pong"}',
    readMessage,
    write(record, request) {
      const id = record.id === undefined ? '' : `,"id":${JSON.stringify(record.id)}`;
      return `{"type":${JSON.stringify(record.event)}${tell(request)}${id},"data":${record.data}}`;
    },
    writeRefusal: (message, request) => `{"type":"error"${tell(request)},"data":{"error":${JSON.stringify(message)}}}`,
  },
};

function encode(step: Exclude<TokenStep, { readonly type: 'reasoning' }>): readonly DraftRecord[] {
  switch (step.type) {
    case 'status':
      return [{ event: 'thinking', body: { status: step.state, message: step.label } }];
    case 'sources':
      return [
        {
          event: 'sources',
          body: { count: step.sources.length, sources: step.sources.map((source) => ({ ...source })) },
        },
      ];
    case 'text':
      return [{ event: 'token', body: tokenBody(step.tokens) }];
    case 'tool':
      return [{ event: 'thinking', body: { status: 'tool', message: step.name } }];
    case 'memory':
      return [];
    case 'finish':
      return [{ event: 'done', body: { status: 'completed' } }];
    case 'error':
      return [{ event: 'error', body: { error: step.message } }];
  }
}

function tokenBody(tokens: readonly string[]): Json {
  return tokens.length === 1 ? { token: tokens[0] ?? '' } : { tokens };
}

function readQuestion(body: unknown): Question | null {
  if (typeof body !== 'object' || body === null || !('message' in body) || typeof body.message !== 'string')
    return null;
  const conversation = 'conversation_id' in body ? String(body.conversation_id) : '';
  return { conversation, text: body.message };
}

function readMessage(message: unknown): SocketMessage | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  const request = 'request_id' in message ? String(message.request_id) : undefined;
  switch (message.type) {
    case 'chat': {
      const question = readQuestion(message);
      const idempotencyKey = 'idempotency_key' in message ? String(message.idempotency_key) : undefined;
      return question && { type: 'ask', question, request, idempotencyKey };
    }
    case 'resume':
      return 'after' in message ? { type: 'resume', after: String(message.after), request } : null;
    case 'cancel':
      return { type: 'cancel', request };
    case 'ping':
      return { type: 'ping' };
    default:
      return null;
  }
}

function tell(request: string | undefined): string {
  return request === undefined ? '' : `,"request_id":${JSON.stringify(request)}`;
}
