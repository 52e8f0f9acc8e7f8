// Gemini's `streamGenerateContent`: whole responses, each with more parts of the candidate. The last one has a finish
// reason; nothing comes after it. Its server runs no tools: an answer ends at a call.
import type { FinishReason, Json } from '../../protocol/chunk.ts';
import type { ScriptSource } from '../script.ts';
import { fieldsOf, objectsOf, textOf } from './ask.ts';
import { readMessages, withClientTools } from './client-tools.ts';
import type { DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { writePlainSse } from './sse.ts';
import { createTally } from './tally.ts';

export const gemini: Format = {
  name: 'gemini',
  contentType: 'text/event-stream',
  // The last segment is `<model>:streamGenerateContent`.
  routes: [{ method: 'POST', path: '/v1beta/models/:call' }],
  heartbeat: '',
  write: writePlainSse,
  readQuestion(body) {
    const asked = readMessages(
      fieldsOf(body)?.['contents'],
      ({ parts }) => textOf(parts),
      ({ parts }) => objectsOf(parts).filter((part) => 'functionResponse' in part).length,
    );
    return asked && { conversation: '', ...asked };
  },
  createEncoder: (context) => withClientTools(context.question, createEncoder(context)),
  number: (body) => body,
  writeRefusal: (status, message) => JSON.stringify({ error: { code: status, message, status: statusOf(status) } }),
};

const reasons: Partial<Record<FinishReason, string>> = { length: 'MAX_TOKENS', 'content-filter': 'SAFETY' };

function createEncoder({ answerId, question }: EncodeContext): Encoder {
  const tally = createTally(question.text);
  const response = (parts: readonly Json[], rest: Readonly<Record<string, Json>> = {}): DraftRecord => {
    const thoughts = tally.reasoning;
    const usageMetadata = {
      promptTokenCount: tally.input,
      candidatesTokenCount: tally.output - thoughts,
      thoughtsTokenCount: thoughts,
      totalTokenCount: tally.input + tally.output,
    };
    const candidate = { content: { parts, role: 'model' }, index: 0, ...rest };
    return { body: { candidates: [candidate], usageMetadata, modelVersion: 'simulated', responseId: answerId } };
  };
  return (step) => {
    tally.count(step);
    switch (step.type) {
      case 'reasoning':
        return step.tokens.map((text) => response([{ text, thought: true }]));
      case 'text':
        return step.tokens.map((text) => response([{ text }]));
      case 'sources':
        return [response([], { groundingMetadata: { groundingChunks: step.sources.map(chunkOf) } })];
      case 'tool':
        return [response([{ functionCall: { name: step.name, args: step.args } }])];
      case 'finish':
        return [response([{ text: '' }], { finishReason: reasons[step.reason] ?? 'STOP' })];
      case 'error':
        return [{ body: { error: { code: 503, message: step.message, status: 'UNAVAILABLE' } } }];
      default:
        return [];
    }
  };
}

function chunkOf({ title, url, quote }: ScriptSource): Json {
  return url === undefined ? { retrievedContext: { title, text: quote } } : { web: { uri: url, title } };
}

function statusOf(status: number): string {
  const names: Readonly<Record<number, string>> = {
    400: 'INVALID_ARGUMENT',
    401: 'UNAUTHENTICATED',
    403: 'PERMISSION_DENIED',
    404: 'NOT_FOUND',
    429: 'RESOURCE_EXHAUSTED',
    503: 'UNAVAILABLE',
  };
  return names[status] ?? 'INTERNAL';
}
