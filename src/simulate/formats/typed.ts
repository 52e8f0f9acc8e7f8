// The typed format: `{type: 'content' | 'done' | 'error'}`, to a GET as SSE and as the messages of a WebSocket. Nothing
// but text can be told.
import { fieldsOf, textField } from './ask.ts';
import type { Format, Question } from './format.ts';
import { writePlainSse } from './sse.ts';

export const typed: Format = {
  name: 'typed',
  contentType: 'text/event-stream',
  routes: [{ method: 'GET', path: '/stream' }],
  heartbeat: ': keep-alive\n\n',
  write: writePlainSse,
  readQuestion: (_, query) => question(query.get('query'), query.get('session_id')),
  createEncoder: () => (step) => {
    switch (step.type) {
      case 'text':
        return step.tokens.map((token) => ({ body: { type: 'content', content: token } }));
      case 'finish':
        return [{ body: { type: 'done' } }];
      case 'error':
        return [{ body: { type: 'error', message: step.message } }];
      default:
        return [];
    }
  },
  number: (body) => body,
  writeRefusal: refusal,
  socket: {
    path: '/ws',
    heartbeat: '',
    pong: '',
    readMessage(message) {
      const fields = fieldsOf(message);
      const asked = question(textField(fields, 'query') ?? null, textField(fields, 'session_id') ?? null);
      return asked && { type: 'ask', question: asked, request: undefined, idempotencyKey: undefined };
    },
    write: (record) => record.data,
    writeRefusal: (message) => refusal(0, message),
  },
};

function question(text: string | null, session: string | null): Question | null {
  return text === null ? null : { conversation: session ?? '', text };
}

function refusal(_status: number, message: string): string {
  return JSON.stringify({ type: 'error', message });
}
