// LangGraph Server: a run's metadata, pieces of messages as tuples, whatever a graph sends as `custom`, and at the end the
// whole state. There is no last record. A run on a thread can be joined again after any event, by that event's id.
import type { Json } from '../../protocol/chunk.ts';
import { fieldsOf, textOf } from './ask.ts';
import { readMessages } from './client-tools.ts';
import type { DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { halves } from './openai-chat.ts';
import { openWith } from './open-with.ts';
import { writeSse } from './sse.ts';

type Message = Readonly<Record<string, Json>>;

export const langgraph: Format = {
  name: 'langgraph',
  contentType: 'text/event-stream',
  routes: [
    { method: 'POST', path: '/threads/:thread/runs/stream' },
    { method: 'POST', path: '/runs/stream' },
    { method: 'GET', path: '/threads/:thread/runs/:run/stream' },
  ],
  heartbeat: ': heartbeat\n\n',
  write: writeSse,
  readQuestion(body) {
    const asked = readMessages(
      objectsAsUsers(fieldsOf(fieldsOf(body)?.['input'])?.['messages']),
      ({ content }) => textOf(content),
      () => 0,
    );
    return asked && { conversation: '', text: asked.text };
  },
  createEncoder,
  number: (body) => body,
  writeRefusal: (_status, message) => JSON.stringify({ detail: message }),
};

/** LangChain calls its users `human`, and the role a type. */
function objectsAsUsers(messages: unknown): unknown {
  if (!Array.isArray(messages)) return undefined;
  return messages.map((message: unknown) => {
    const fields = fieldsOf(message);
    return fields?.['type'] === 'human' ? { ...fields, role: 'user' } : fields;
  });
}

function createEncoder({ answerId, question }: EncodeContext): Encoder {
  // A run's id is a UUID; this one is the answer's.
  const run = { run_id: `00000000-0000-4000-8000-0000${answerId}`, attempt: 1 };
  const said: Message[] = [{ type: 'human', id: `human-${answerId}`, content: question.text }];
  let messages = 1;
  let text = '';
  let calls: readonly Json[] = [];

  const id = (): string => `run-${answerId}-${messages}`;
  const piece = (fields: Message): DraftRecord => {
    const message = { type: 'AIMessageChunk', id: id(), content: '', tool_call_chunks: [], ...fields };
    return { event: 'messages', body: [message, { langgraph_node: 'agent' }] };
  };
  const custom = (body: Json): DraftRecord => ({ event: 'custom', body });
  /** What was streamed becomes a message of the state. */
  const close = (): void => {
    if (text === '' && calls.length === 0) return;
    said.push({ type: 'ai', id: id(), content: text, tool_calls: calls });
    messages += 1;
    text = '';
    calls = [];
  };

  return openWith(
    () => [{ event: 'metadata', body: run }],
    (step) => {
      switch (step.type) {
        case 'status':
          return [custom({ status: step.state, label: step.label })];
        case 'sources':
          return [custom({ sources: step.sources.map((source) => ({ ...source })) })];
        case 'memory':
          return [custom({ memory: step.count })];
        case 'reasoning':
          return step.tokens.map((token) => piece({ additional_kwargs: { reasoning_content: token } }));
        case 'text':
          text += step.tokens.join('');
          return step.tokens.map((content) => piece({ content }));
        case 'tool': {
          const call = { type: 'tool_call', id: step.id, name: step.name, args: step.args };
          const [first, second] = halves(JSON.stringify(step.args));
          const records = [
            piece({ tool_call_chunks: [{ index: 0, id: step.id, name: step.name, args: first }] }),
            piece({ tool_call_chunks: [{ index: 0, id: null, name: null, args: second }] }),
          ];
          calls = [call];
          close();
          const content = JSON.stringify(step.result);
          const result = { type: 'tool', id: `${step.id}-result`, name: step.name, tool_call_id: step.id, content };
          said.push(result);
          return [...records, { event: 'messages', body: [result, { langgraph_node: 'tools' }] }];
        }
        case 'finish':
          close();
          return [{ event: 'values', body: { messages: said } }];
        case 'error':
          return [{ event: 'error', body: { error: step.code, message: step.message } }];
      }
    },
  );
}
