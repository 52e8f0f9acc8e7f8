// Ollama: one JSON value a line, the last with `done: true` and the counts. Its server runs no tools: an answer ends at a
// call.
import type { FinishReason, Json } from '../../protocol/chunk.ts';
import { fieldsOf, textField } from './ask.ts';
import { readMessages, withClientTools } from './client-tools.ts';
import type { DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { createTally } from './tally.ts';

export const ollama: Format = {
  name: 'ollama',
  contentType: 'application/x-ndjson',
  routes: [
    { method: 'POST', path: '/api/chat' },
    { method: 'POST', path: '/api/generate' },
  ],
  heartbeat: '',
  write: (record) => `${record.data}\n`,
  readQuestion(body) {
    const fields = fieldsOf(body);
    const prompt = textField(fields, 'prompt');
    if (prompt !== undefined) return { conversation: '', text: prompt, variant: 'generate' };
    const asked = readMessages(
      fields?.['messages'],
      ({ content }) => (typeof content === 'string' ? content : undefined),
      ({ role }) => (role === 'tool' ? 1 : 0),
    );
    return asked && { conversation: '', ...asked };
  },
  createEncoder: (context) =>
    context.question.variant === 'generate'
      ? createEncoder(context)
      : withClientTools(context.question, createEncoder(context)),
  number: (body) => body,
  writeRefusal: (_status, message) => JSON.stringify({ error: message }),
};

function createEncoder({ question, answerId }: EncodeContext): Encoder {
  const tally = createTally(question.text);
  const generates = question.variant === 'generate';
  // No clock is read. Clients make the ids of calls from this date, so that it has to be the answer's own.
  const head = { model: 'simulated', created_at: `2025-01-01T00:00:00.${Number.parseInt(answerId, 16)}Z` };
  const line = (content: string, rest: Readonly<Record<string, Json>> = {}, done = false): DraftRecord => {
    const said: Readonly<Record<string, Json>> = generates
      ? { response: content, ...rest }
      : { message: { role: 'assistant', content, ...rest } };
    return { body: { ...head, ...said, done } };
  };
  return (step) => {
    tally.count(step);
    switch (step.type) {
      case 'reasoning':
        return step.tokens.map((thinking) => line('', { thinking }));
      case 'text':
        return step.tokens.map((token) => line(token));
      case 'tool':
        // The answer to a prompt has no place for calls.
        return generates ? [] : [line('', { tool_calls: [{ function: { name: step.name, arguments: step.args } }] })];
      case 'finish': {
        const last = fieldsOf(line('', {}, true).body) as Readonly<Record<string, Json>>;
        const counts = { prompt_eval_count: tally.input, eval_count: tally.output };
        return [{ body: { ...last, done_reason: reasonOf(step.reason), ...counts } }];
      }
      case 'error':
        return [{ body: { error: step.message } }];
      default:
        return [];
    }
  };
}

function reasonOf(reason: FinishReason): string {
  return reason === 'length' ? 'length' : 'stop';
}
