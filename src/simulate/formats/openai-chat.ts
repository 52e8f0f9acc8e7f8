// OpenAI Chat Completions: `chat.completion.chunk` records with a delta each, the counts, then `[DONE]`. Its server runs no
// tools: an answer ends at a call.
import type { FinishReason, Json } from '../../protocol/chunk.ts';
import { fieldsOf, textOf } from './ask.ts';
import { readMessages, withClientTools } from './client-tools.ts';
import type { DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { openWith } from './open-with.ts';
import { writePlainSse } from './sse.ts';
import { createTally } from './tally.ts';

export const openaiChat: Format = {
  name: 'openai-chat',
  contentType: 'text/event-stream',
  routes: [{ method: 'POST', path: '/v1/chat/completions' }],
  heartbeat: ': keep-alive\n\n',
  write: writePlainSse,
  readQuestion(body) {
    const asked = readMessages(
      fieldsOf(body)?.['messages'],
      ({ content }) => textOf(content),
      ({ role }) => (role === 'tool' ? 1 : 0),
    );
    return asked && { conversation: '', ...asked };
  },
  createEncoder: (context) => withClientTools(context.question, createEncoder(context)),
  number: (body) => body,
  writeRefusal: (_status, message) => JSON.stringify({ error: errorOf('server_error', message) }),
};

const reasons: Partial<Record<FinishReason, string>> = {
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
};

function createEncoder({ answerId, question }: EncodeContext): Encoder {
  const head = { id: `chatcmpl-${answerId}`, object: 'chat.completion.chunk', created: 0, model: 'simulated' };
  const tally = createTally(question.text);
  const chunk = (delta: Json, finish: string | null = null): DraftRecord => ({
    body: { ...head, choices: [{ index: 0, delta, finish_reason: finish }] },
  });
  return openWith(
    () => [chunk({ role: 'assistant', content: '' })],
    (step) => {
      tally.count(step);
      switch (step.type) {
        case 'reasoning':
          return step.tokens.map((token) => chunk({ reasoning_content: token }));
        case 'text':
          return step.tokens.map((token) => chunk({ content: token }));
        case 'sources':
          return step.sources.flatMap(({ title, url }) => {
            const annotation = { type: 'url_citation', url_citation: { url: url ?? '', title } };
            return url === undefined ? [] : [chunk({ annotations: [annotation] })];
          });
        case 'tool': {
          const { id, name } = step;
          const whole = JSON.stringify(step.args);
          return [
            chunk({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: '' } }] }),
            ...halves(whole).map((piece) => chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
          ];
        }
        case 'finish': {
          const usage = {
            prompt_tokens: tally.input,
            completion_tokens: tally.output,
            total_tokens: tally.input + tally.output,
            completion_tokens_details: { reasoning_tokens: tally.reasoning },
          };
          return [
            chunk({}, reasons[step.reason] ?? 'stop'),
            { body: { ...head, choices: [], usage } },
            { body: '[DONE]' },
          ];
        }
        case 'error':
          return [{ body: { error: errorOf(step.code, step.message) } }];
        default:
          return [];
      }
    },
  );
}

function errorOf(code: string, message: string): Json {
  return { message, type: 'server_error', param: null, code };
}

/** Arguments stream too. */
export function halves(text: string): readonly [string, string] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}
