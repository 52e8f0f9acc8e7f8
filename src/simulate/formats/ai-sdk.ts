// The AI SDK's UI message stream: chunks with a type, then `[DONE]`. A running answer is given again, from its start, to
// whoever asks for its chat's stream; and the same chunks travel as messages of a WebSocket.
import type { Json } from '../../protocol/chunk.ts';
import type { ScriptSource } from '../script.ts';
import { type Fields, fieldsOf, objectsOf, textField, textOf } from './ask.ts';
import { readMessages } from './client-tools.ts';
import type { DraftRecord, EncodeContext, Encoder, Format, Question, SocketMessage } from './format.ts';
import { halves } from './openai-chat.ts';
import { openWith } from './open-with.ts';
import { writePlainSse } from './sse.ts';

export const aiSdk: Format = {
  name: 'ai-sdk',
  contentType: 'text/event-stream',
  headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
  routes: [
    { method: 'POST', path: '/api/chat' },
    { method: 'GET', path: '/api/chat/:id/stream' },
  ],
  heartbeat: ': keep-alive\n\n',
  write: writePlainSse,
  readQuestion: (body) => readQuestion(fieldsOf(body)),
  readCursor: (path) => {
    const [, conversation] = /^\/api\/chat\/([^/]+)\/stream$/.exec(path) ?? [];
    return conversation === undefined ? undefined : { conversation: decodeURIComponent(conversation), index: -1 };
  },
  createEncoder: (context) =>
    context.question.variant === 'socket' ? forSocket(createEncoder(context)) : createEncoder(context),
  number: (body) => body,
  writeRefusal: (_status, message) => JSON.stringify({ error: message }),
  socket: {
    path: '/ws',
    heartbeat: '',
    pong: '',
    readMessage,
    write: (record, request) => response(request, `,${record.data.slice(1)}`),
    writeRefusal: (message, request) => response(request, `,"type":"error","errorText":${JSON.stringify(message)}}`),
    writeNothingLeft: (request) => response(request, ',"type":"no-active"}'),
  },
};

function response(request: string | undefined, rest: string): string {
  return `{"requestId":${JSON.stringify(request ?? '')}${rest}`;
}

function readMessage(message: unknown): SocketMessage | null {
  const fields = fieldsOf(message);
  const request = textField(fields, 'requestId');
  switch (fields?.['type']) {
    case 'send': {
      const question = readQuestion(fields);
      return (
        question && { type: 'ask', question: { ...question, variant: 'socket' }, request, idempotencyKey: undefined }
      );
    }
    case 'resume': {
      const conversation = textField(fields, 'id') ?? '';
      return { type: 'resume', after: { conversation, index: -1 }, request };
    }
    case 'abort':
      return { type: 'cancel', request };
    default:
      return null;
  }
}

/** Each chunk in a message of its own, numbered, between a start and an end. */
function forSocket(encode: Encoder): Encoder {
  let sequence = 0;
  return openWith(
    () => [{ body: { type: 'start' } }],
    (step) =>
      encode(step).map(({ body }) => {
        if (body === '[DONE]') return { body: { type: 'end' } };
        const message = { type: 'chunk', sequence, chunk: body };
        sequence += 1;
        return { body: message };
      }),
  );
}

function readQuestion(fields: Fields | undefined): Question | null {
  const asked = readMessages(
    fields?.['messages'],
    ({ parts }) => textOf(parts),
    () => 0,
  );
  if (!asked) return null;
  const approved = readApproval(objectsOf(fields?.['messages']).at(-1));
  return {
    conversation: textField(fields, 'id') ?? '',
    text: asked.text,
    ...(approved !== undefined && { approved }),
  };
}

/** What the newest message answers to the question of its tool. */
function readApproval(message: Fields | undefined): boolean | undefined {
  const answered = objectsOf(message?.['parts']).find((part) =>
    ['approval-responded', 'output-denied'].includes(textField(part, 'state') ?? ''),
  );
  const approval = fieldsOf(answered?.['approval']);
  return approval && approval['approved'] === true;
}

function createEncoder({ answerId, question: { approved } }: EncodeContext): Encoder {
  let open: 'text' | 'reasoning' | undefined;
  // An answer stops where it asks; the one to the request with the reader's word goes on from there.
  let skips = approved !== undefined;
  let over = false;
  let parts = 0;
  const chunk = (type: string, fields: Readonly<Record<string, Json>> = {}): DraftRecord => ({
    body: { type, ...fields },
  });
  const close = (): readonly DraftRecord[] => {
    const ended = open === undefined ? [] : [chunk(`${open}-end`, { id: String(parts) })];
    open = undefined;
    return ended;
  };
  const write = (type: 'text' | 'reasoning', tokens: readonly string[]): readonly DraftRecord[] => {
    const records: DraftRecord[] = [];
    if (open !== type) {
      records.push(...close());
      parts += 1;
      open = type;
      records.push(chunk(`${type}-start`, { id: String(parts) }));
    }
    return [...records, ...tokens.map((delta) => chunk(`${type}-delta`, { id: String(parts), delta }))];
  };
  const opening = (): readonly DraftRecord[] => [chunk('start', { messageId: `msg-${answerId}` }), chunk('start-step')];
  const finish = (finishReason: string): readonly DraftRecord[] => [
    ...close(),
    chunk('finish-step'),
    chunk('finish', { finishReason }),
    { body: '[DONE]' },
  ];
  return openWith(opening, (step) => {
    if (over || (skips && !(step.type === 'tool' && step.approval !== undefined))) return [];
    switch (step.type) {
      case 'status':
        return [chunk('data-status', { id: step.state, data: { state: step.state, label: step.label } })];
      case 'sources':
        return step.sources.map((source, index) => ({ body: sourceOf(source, index) }));
      case 'text':
      case 'reasoning':
        return write(step.type, step.tokens);
      case 'tool': {
        const { id: toolCallId, name: toolName, args: input, result: output, approval } = step;
        if (skips) {
          skips = false;
          if (approved) return [chunk('tool-output-available', { toolCallId, output })];
          over = true;
          return [chunk('tool-output-denied', { toolCallId }), ...finish('stop')];
        }
        const asks = approval !== undefined;
        over = asks;
        return [
          ...close(),
          chunk('tool-input-start', { toolCallId, toolName }),
          ...halves(JSON.stringify(input)).map((piece) =>
            chunk('tool-input-delta', { toolCallId, inputTextDelta: piece }),
          ),
          chunk('tool-input-available', { toolCallId, toolName, input }),
          ...(asks
            ? [
                chunk('tool-approval-request', { toolCallId, approvalId: `ask-${toolCallId}`, reason: approval }),
                ...finish('tool-calls'),
              ]
            : [chunk('tool-output-available', { toolCallId, output })]),
        ];
      }
      case 'memory':
        return [chunk('data-memory', { data: { count: step.count } })];
      case 'finish':
        return finish(step.reason);
      case 'error':
        return [chunk('error', { errorText: step.message })];
    }
  });
}

function sourceOf({ title, url }: ScriptSource, index: number): Json {
  const sourceId = `source-${index + 1}`;
  if (url !== undefined) return { type: 'source-url', sourceId, url, title };
  return { type: 'source-document', sourceId, mediaType: 'application/octet-stream', title, filename: title };
}
