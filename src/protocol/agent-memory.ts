// Agents with memory: unnamed SSE records told apart by `chunk_type`, with comments as a sign of life. `done` and
// `error` end an answer; an end of file without them is a cut.
import { compact } from '../base/compact.ts';
import type { Frame } from '../wire/frame.ts';
import type { Adapter, Emit } from './adapter.ts';
import { newestOf, textOf } from './read-conversation.ts';
import {
  type Fields,
  firstString,
  invalid,
  numberField,
  objectField,
  parseBody,
  parseObject,
  peek,
  stringField,
} from './read-json.ts';

interface AgentMemoryState {
  /** The newest call of each tool and arguments. The format has no ids, so this is how a result finds its call. */
  readonly calls: Map<string, { readonly id: string; answered: boolean }>;
  count: number;
}

/** The adapter for agent servers that tell their memory's changes along with the answer. */
export function agentMemory(): Adapter<AgentMemoryState> {
  return Object.freeze<Adapter<AgentMemoryState>>({
    name: 'agent-memory',
    framings: ['sse'],
    accepts: ['text/event-stream'],
    init: () => ({ calls: new Map(), count: 0 }),
    recognise: (frame) => ('chunk_type' in peek(frame) ? 1 : 0),
    read: readFrame,
    end: () => 'cut',
    reject: ({ status, body }) =>
      compact({ type: 'error', status, message: firstString(parseBody(body), 'error', 'message', 'detail') }),
    request: ({ conversation }) => ({
      method: 'POST',
      body: { message: textOf(newestOf(conversation, 'user')), stream: true },
    }),
  });
}

function readFrame(state: AgentMemoryState, frame: Frame, emit: Emit): void {
  if (frame.kind === 'comment') emit({ type: 'heartbeat' });
  if (frame.kind !== 'message' || frame.data === null || frame.data === '') return;
  const fields = parseObject(frame.data, 'message');
  const type = stringField(fields, 'chunk_type', 'message');
  switch (type) {
    case 'start':
      emit({ type: 'start' });
      return;
    case 'content': {
      const text = stringField(fields, 'content', type) ?? '';
      if (text !== '') emit({ type: 'text', delta: text });
      return;
    }
    case 'tool_call':
      readToolCall(state, objectField(fields, 'tool_call', type) ?? {}, emit);
      return;
    case 'memory_update':
      emit({ type: 'data', name: 'memory', data: compact({ count: numberField(fields, 'memories_count', type) }) });
      return;
    case 'done':
      emit({ type: 'finish', reason: 'stop' });
      return;
    case 'error':
      emit({ type: 'error', message: stringField(fields, 'content', type) ?? 'The agent failed without saying why.' });
      return;
    default:
      emit(compact({ type: 'unknown', event: type, data: fields }));
  }
}

/** A call is sent again once its result is there. The same call after that is another one. */
function readToolCall(state: AgentMemoryState, fields: Fields, emit: Emit): void {
  const name = stringField(fields, 'tool_name', 'tool_call');
  if (name === undefined) throw invalid('tool_call', 'tool_call.tool_name', 'a string');
  const args = fields['arguments'] ?? {};
  const result = fields['result'] ?? undefined;
  const key = JSON.stringify([name, args]);
  let call = state.calls.get(key);
  if (call === undefined || (call.answered && result === undefined)) {
    state.count += 1;
    call = { id: `${name}-${state.count}`, answered: false };
    state.calls.set(key, call);
    emit({ type: 'tool-call', id: call.id, name, args, by: 'server' });
  }
  if (result === undefined) return;
  call.answered = true;
  emit({ type: 'tool-result', id: call.id, name, result });
}
