// The agent-memory format: unnamed records told apart by `chunk_type`, every one with all of its fields. A tool call is
// sent twice, the second time with its result.
import type { Json } from '../../protocol/chunk.ts';
import { fieldsOf, textField } from './ask.ts';
import type { DraftRecord, Format } from './format.ts';
import { openWith } from './open-with.ts';
import { writePlainSse } from './sse.ts';

export const agentMemory: Format = {
  name: 'agent-memory',
  contentType: 'text/event-stream',
  routes: [{ method: 'POST', path: '/chat' }],
  heartbeat: ': keep-alive\n\n',
  write: writePlainSse,
  readQuestion(body) {
    const text = textField(fieldsOf(body), 'message');
    return text === undefined ? null : { conversation: '', text };
  },
  createEncoder: () =>
    openWith(
      () => [chunk('start')],
      (step) => {
        switch (step.type) {
          case 'text':
            return step.tokens.map((token) => chunk('content', { content: token }));
          case 'tool': {
            const call = { tool_name: step.name, arguments: step.args };
            return [null, step.result].map((result) => chunk('tool_call', { tool_call: { ...call, result } }));
          }
          case 'memory':
            return [chunk('memory_update', { memories_count: step.count })];
          case 'finish':
            return [chunk('done')];
          case 'error':
            return [chunk('error', { content: step.message })];
          default:
            return [];
        }
      },
    ),
  number: (body) => body,
  writeRefusal: (_status, message) => JSON.stringify({ error: message }),
};

function chunk(type: string, fields: Readonly<Record<string, Json>> = {}): DraftRecord {
  return { body: { chunk_type: type, content: null, tool_call: null, memories_count: null, ...fields } };
}
