// Deltas: SSE records `{delta, isFinal}`, `error` and `ping`, as gin's event writer sends them. The final record ends an
// answer; a server whose buffer was empty at the end leaves it out, so text and then an end of file is an end too.
import { compact } from '../base/compact.ts';
import type { Frame } from '../wire/frame.ts';
import type { Adapter, Emit } from './adapter.ts';
import { newestOf, textOf } from './read-conversation.ts';
import {
  booleanField,
  type Fields,
  firstString,
  numberField,
  parseBody,
  parseObject,
  peek,
  stringField,
} from './read-json.ts';

export interface DeltaOptions {
  /** Which model the server should use. Default: the server's choice. */
  readonly model?: string;
  /** How long a whole answer may take. Default 120,000, as the servers of this format have it. */
  readonly deadlineMs?: number;
}

interface DeltaState {
  sawText: boolean;
}

/** The adapter for servers that stream `{delta, isFinal}` records. */
export function delta(options: DeltaOptions = {}): Adapter<DeltaState> {
  const { model, deadlineMs = 120_000 } = options;
  return Object.freeze<Adapter<DeltaState>>({
    name: 'delta',
    framings: ['sse'],
    accepts: ['text/event-stream'],
    deadlineMs,
    init: () => ({ sawText: false }),
    recognise,
    read: readFrame,
    end: (state) => (state.sawText ? 'unconfirmed' : 'cut'),
    reject: ({ status, body }) => ({ ...errorOf(parseBody(body)), status }),
    request: ({ conversation }) => ({
      method: 'POST',
      body: compact({ prompt: textOf(newestOf(conversation, 'user')), model, stream: true }),
    }),
  });
}

function recognise(frame: Frame): number {
  const fields = peek(frame);
  if (typeof fields['delta'] === 'string' && typeof fields['isFinal'] === 'boolean') return 1;
  if (frame.kind !== 'message') return 0;
  if (frame.event === 'ping' && typeof fields['timestamp'] === 'number') return 0.5;
  if (frame.event !== 'error' || typeof fields['error'] !== 'string') return 0;
  return 'code' in fields || 'details' in fields ? 0.6 : 0.3;
}

function readFrame(state: DeltaState, frame: Frame, emit: Emit): void {
  if (frame.kind === 'comment') emit({ type: 'heartbeat' });
  if (frame.kind !== 'message') return;
  const { event, data } = frame;
  const fields = data === null || data === '' ? {} : parseObject(data, event);
  switch (event) {
    case 'message': {
      const text = stringField(fields, 'delta', event) ?? '';
      const isFinal = booleanField(fields, 'isFinal', event) ?? false;
      if (text !== '') {
        state.sawText = true;
        emit({ type: 'text', delta: text });
      }
      if (isFinal) emit({ type: 'finish', reason: 'stop' });
      return;
    }
    case 'error':
      emit(errorOf(fields));
      return;
    case 'ping':
      emit(compact({ type: 'heartbeat', at: numberField(fields, 'timestamp', event) }));
      return;
    default:
      emit({ type: 'unknown', event, data: fields });
  }
}

function errorOf(fields: Fields): { type: 'error'; message?: string; code?: string; details?: unknown } {
  const code = fields['code'] ?? undefined;
  return compact({
    type: 'error',
    message: firstString(fields, 'error', 'message'),
    code: typeof code === 'number' ? String(code) : firstString(fields, 'code'),
    details: fields['details'] ?? undefined,
  });
}
