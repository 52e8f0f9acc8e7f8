// The delta format: `{delta, isFinal}` records, `error` and `ping`, as gin's event writer puts them. Nothing but text can
// be told.
import { fieldsOf, textField } from './ask.ts';
import type { Format } from './format.ts';
import { writePlainSse } from './sse.ts';

export const delta: Format = {
  name: 'delta',
  contentType: 'text/event-stream',
  routes: [{ method: 'POST', path: '/api/stream' }],
  // No clock is read: the same seed gives the same bytes.
  heartbeat: 'event:ping\ndata:{"timestamp":0}\n\n',
  write: writePlainSse,
  readQuestion(body) {
    const text = textField(fieldsOf(body), 'prompt');
    return text === undefined ? null : { conversation: '', text };
  },
  createEncoder: () => (step) => {
    switch (step.type) {
      case 'text':
        return step.tokens.map((token) => ({ event: 'message', body: { delta: token, isFinal: false } }));
      case 'finish':
        return [{ event: 'message', body: { delta: '', isFinal: true } }];
      case 'error':
        return [{ event: 'error', body: { error: step.message, code: step.code } }];
      default:
        return [];
    }
  },
  number: (body) => body,
  writeRefusal: (status, message) => JSON.stringify({ error: message, code: status }),
};
