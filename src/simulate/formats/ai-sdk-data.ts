// The data stream of AI SDK 3 and 4: lines of a code, a colon and JSON.
import type { Json } from '../../protocol/chunk.ts';
import { fieldsOf, textField, textOf } from './ask.ts';
import { readMessages } from './client-tools.ts';
import type { DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { halves } from './openai-chat.ts';
import { openWith } from './open-with.ts';
import { createTally } from './tally.ts';

export const aiSdkData: Format = {
  name: 'ai-sdk-data',
  contentType: 'text/plain; charset=utf-8',
  headers: { 'x-vercel-ai-data-stream': 'v1' },
  routes: [{ method: 'POST', path: '/api/chat' }],
  heartbeat: '',
  write: (record) => `${record.data}\n`,
  readQuestion(body) {
    const fields = fieldsOf(body);
    const asked = readMessages(
      fields?.['messages'],
      ({ content }) => textOf(content),
      () => 0,
    );
    return asked && { conversation: textField(fields, 'id') ?? '', text: asked.text };
  },
  createEncoder,
  number: (body) => body,
  writeRefusal: (_status, message) => JSON.stringify({ error: message }),
};

function line(code: string, value: Json): DraftRecord {
  return { body: `${code}:${JSON.stringify(value)}` };
}

function createEncoder({ answerId, question }: EncodeContext): Encoder {
  const tally = createTally(question.text);
  return openWith(
    () => [line('f', { messageId: `msg-${answerId}` })],
    (step) => {
      tally.count(step);
      switch (step.type) {
        case 'status':
          return [line('2', [{ status: step.state, label: step.label }])];
        case 'sources':
          return step.sources.flatMap(({ title, url }, index) => {
            const source = { sourceType: 'url', id: `source-${index + 1}`, url: url ?? '', title };
            return url === undefined ? [] : [line('h', source)];
          });
        case 'reasoning':
          return step.tokens.map((token) => line('g', token));
        case 'text':
          return step.tokens.map((token) => line('0', token));
        case 'tool': {
          const { id: toolCallId, name: toolName, args, result } = step;
          return [
            line('b', { toolCallId, toolName }),
            ...halves(JSON.stringify(args)).map((argsTextDelta) => line('c', { toolCallId, argsTextDelta })),
            line('9', { toolCallId, toolName, args }),
            line('a', { toolCallId, result }),
          ];
        }
        case 'memory':
          return [line('2', [{ memory: step.count }])];
        case 'finish': {
          const usage = { promptTokens: tally.input, completionTokens: tally.output };
          return [
            line('e', { finishReason: step.reason, usage, isContinued: false }),
            line('d', { finishReason: step.reason, usage }),
          ];
        }
        case 'error':
          return [line('3', step.message)];
      }
    },
  );
}
