// Dify's service API: a chatflow's run with its nodes, thoughts and text, then `message_end` with the sources and
// `workflow_finished` with the answer. A run's events can be followed again; only those are sent that nobody was.
import type { Json } from '../../protocol/chunk.ts';
import type { ScriptSource } from '../script.ts';
import { fieldsOf, textField } from './ask.ts';
import type { DraftRecord, EncodeContext, Encoder, Format } from './format.ts';
import { openWith } from './open-with.ts';
import { writePlainSse } from './sse.ts';
import { createTally } from './tally.ts';

export const dify: Format = {
  name: 'dify',
  contentType: 'text/event-stream',
  routes: [
    { method: 'POST', path: '/v1/chat-messages' },
    { method: 'POST', path: '/v1/completion-messages' },
    { method: 'POST', path: '/v1/workflows/run' },
    { method: 'GET', path: '/v1/workflow/:run/events' },
    { method: 'POST', path: '/v1/chat-messages/:task/stop', cancels: true },
    { method: 'POST', path: '/v1/completion-messages/:task/stop', cancels: true },
    { method: 'POST', path: '/v1/workflows/tasks/:task/stop', cancels: true },
  ],
  heartbeat: 'event: ping\n\n',
  write: writePlainSse,
  readQuestion(body, _, path) {
    const fields = fieldsOf(body);
    const query = textField(fields, 'query');
    if (query !== undefined) {
      return { conversation: textField(fields, 'conversation_id') ?? '', text: query, variant: 'chatflow' };
    }
    // Apps without a chat get what they need as inputs, under names of their own.
    const variant = path === '/v1/workflows/run' ? 'workflow' : 'completion';
    const input = Object.values(fieldsOf(fields?.['inputs']) ?? {}).find((value) => typeof value === 'string');
    return typeof input === 'string' ? { conversation: '', text: input, variant } : null;
  },
  readCursor(path) {
    const [, answer] = /\/(?:run|task)-(\w+)\/(?:events|stop)$/.exec(path) ?? [];
    return answer === undefined ? undefined : { answer, index: 'sent' };
  },
  keeps: ({ variant }) => variant !== 'completion',
  createEncoder: (context) => (context.question.variant === 'completion' ? completion(context) : workflow(context)),
  number: (body) => body,
  writeRefusal: (status, message) =>
    JSON.stringify({ code: codes[status] ?? 'internal_server_error', message, status }),
};

const codes: Readonly<Record<number, string>> = {
  400: 'invalid_param',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  429: 'too_many_requests',
};

type Say = (event: string, fields?: Readonly<Record<string, Json>>) => DraftRecord;

function sayer({ answerId, question }: EncodeContext, own: Readonly<Record<string, Json>>): Say {
  const conversation_id = question.conversation === '' ? `conv-${answerId}` : question.conversation;
  const chat: Readonly<Record<string, Json>> =
    question.variant === 'workflow' ? {} : { message_id: `msg-${answerId}`, conversation_id };
  return (event, fields = {}) => ({
    body: { event, task_id: `task-${answerId}`, ...chat, ...own, created_at: 0, ...fields },
  });
}

function completion(context: EncodeContext): Encoder {
  const say = sayer(context, {});
  const tally = createTally(context.question.text);
  return (step) => {
    tally.count(step);
    switch (step.type) {
      case 'text':
        return step.tokens.map((answer) => say('message', { answer }));
      case 'finish':
        return [say('message_end', { metadata: { usage: usageOf(tally) } })];
      case 'error':
        return [say('error', { status: 500, code: step.code, message: step.message })];
      default:
        return [];
    }
  };
}

/** The run of a chatflow, or of a workflow app: that one has text and outputs, but no message. */
function workflow(context: EncodeContext): Encoder {
  const { answerId, question } = context;
  const run = `run-${answerId}`;
  const say = sayer(context, { workflow_run_id: run });
  const isChat = question.variant === 'chatflow';
  const tally = createTally(question.text);
  let answer = '';
  let sources: readonly ScriptSource[] = [];
  let node: { readonly id: string; readonly title: string } | undefined;
  let nodes = 0;
  let thoughts = 0;
  let thinking = false;

  const nodeOf = (fields: Readonly<Record<string, Json>> = {}): { readonly data: Json } => ({
    data: { id: node?.id ?? '', node_id: node?.id ?? '', node_type: 'llm', title: node?.title ?? '', ...fields },
  });
  const closeNode = (): readonly DraftRecord[] => {
    const ended = node === undefined ? [] : [say('node_finished', nodeOf({ status: 'succeeded' }))];
    node = undefined;
    return ended;
  };
  const closeThought = (): readonly DraftRecord[] => {
    const ended = thinking ? [say('reasoning_chunk', { data: { ...reasoning(''), is_final: true } })] : [];
    thinking = false;
    return ended;
  };
  const reasoning = (text: string): { readonly reasoning: string; readonly node_id: string } => ({
    reasoning: text,
    node_id: 'reasoning',
  });

  return openWith(
    () => [say('workflow_started', { data: { id: run, workflow_id: 'simulated', inputs: {} } })],
    (step) => {
      tally.count(step);
      switch (step.type) {
        case 'status': {
          const records = [...closeThought(), ...closeNode()];
          nodes += 1;
          node = { id: `node-${nodes}`, title: step.label };
          return [...records, say('node_started', nodeOf())];
        }
        case 'sources':
          sources = step.sources;
          return [];
        case 'reasoning':
          thinking = true;
          return step.tokens.map((token) => say('reasoning_chunk', { data: { ...reasoning(token), is_final: false } }));
        case 'text':
          answer += step.tokens.join('');
          return [
            ...closeThought(),
            ...step.tokens.map((token) =>
              isChat ? say('message', { answer: token }) : say('text_chunk', { data: { text: token } }),
            ),
          ];
        case 'tool': {
          if (!isChat) return [];
          thoughts += 1;
          const call = { id: `thought-${answerId}-${thoughts}`, position: thoughts, thought: '', tool: step.name };
          const asked = { ...call, tool_input: JSON.stringify({ [step.name]: step.args }) };
          const observation = JSON.stringify({ [step.name]: step.result });
          return [
            ...closeThought(),
            say('agent_thought', { ...asked, observation: '' }),
            say('agent_thought', { ...asked, observation }),
          ];
        }
        case 'memory':
          return [];
        case 'finish': {
          const metadata = { usage: usageOf(tally), retriever_resources: sources.map(resourceOf) };
          const data = { id: run, status: 'succeeded', outputs: { answer }, total_tokens: tally.input + tally.output };
          return [
            ...closeThought(),
            ...closeNode(),
            ...(isChat ? [say('message_end', { metadata })] : []),
            say('workflow_finished', { data }),
          ];
        }
        case 'error':
          return [say('error', { status: 500, code: step.code, message: step.message })];
      }
    },
  );
}

function usageOf({ input, output }: { readonly input: number; readonly output: number }): Json {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

function resourceOf({ title, quote, score }: ScriptSource, index: number): Json {
  return { position: index + 1, segment_id: `segment-${index + 1}`, document_name: title, content: quote, score };
}
