// Whole answers in every format, hand-made.
import { readFileSync } from 'node:fs';
import type { TextFraming } from '../../src/wire/frame.ts';

export interface Sample {
  /** A whole answer, as it comes. */
  readonly stream: string;
  readonly framing: TextFraming;
  /** Found in the first record after which the answer may be called whole; `null` where only an unconfirmed end exists. */
  readonly whole: string | null;
}

function stored(name: string, whole: string | null): Sample {
  const stream = readFileSync(new URL(`../fixtures/${name}.sse`, import.meta.url), 'utf8');
  return { stream, framing: 'sse', whole };
}

function sse(whole: string | null, ...records: readonly (object | string)[]): Sample {
  const data = records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record)));
  return { stream: data.map((line) => `data: ${line}\n\n`).join(''), framing: 'sse', whole };
}

function ndjson(whole: string, ...records: readonly object[]): Sample {
  return { stream: records.map((record) => `${JSON.stringify(record)}\n`).join(''), framing: 'ndjson', whole };
}

/** Records with a name, each `[event, data]`. */
function named(whole: string | null, ...records: readonly (readonly [event: string, data: unknown])[]): Sample {
  const stream = records.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join('');
  return { stream, framing: 'sse', whole };
}

const said = (text: string, more: object = {}): object => ({
  content: { role: 'model', parts: [{ text }] },
  index: 0,
  ...more,
});

const ids = { task_id: 't', message_id: 'm', conversation_id: 'c' };

/** By the adapter's name. */
export const samples: Readonly<Record<string, readonly [Sample, ...Sample[]]>> = {
  'named-events': [stored('named-events/happy', 'completed'), stored('named-events/batched-tokens', 'completed')],
  genie: [
    stored('genie/auto-agent', '"messageType":"result"'),
    stored('genie/deepsearch', '"isFinal": true'),
    stored('genie/compressed', '"compressed"'),
    stored('genie/batch', '"messageType":"result"'),
    stored('genie/sequence', null),
  ],
  delta: [stored('delta/happy', '"isFinal":true'), stored('delta/eof-without-final', null)],
  typed: [stored('typed/sse-happy', '"done"')],
  'agent-memory': [stored('agent-memory/happy', '"done"'), stored('agent-memory/tool-call', '"done"')],
  ollama: [
    ndjson(
      '"done":true',
      { model: 'm', created_at: 't', message: { role: 'assistant', thinking: 'Hm.' }, done: false },
      { model: 'm', created_at: 't', message: { role: 'assistant', content: 'Hello' }, done: false },
      {
        model: 'm',
        created_at: 't',
        message: { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] },
        done: false,
      },
      {
        model: 'm',
        created_at: 't',
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: 'stop',
        eval_count: 3,
      },
    ),
    ndjson('"done":true', { model: 'm', response: 'Hi', done: false }, { model: 'm', response: '', done: true }),
  ],
  gemini: [
    sse(
      '"finishReason":"STOP"',
      {
        candidates: [{ content: { parts: [{ text: 'Thinking', thought: true }] } }],
        modelVersion: 'gemini-3',
        responseId: 'r',
        usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 1, thoughtsTokenCount: 1, totalTokenCount: 5 },
      },
      { candidates: [said('Grüße 😀 ')] },
      { candidates: [{ content: { parts: [{ functionCall: { name: 'f', willContinue: true } }] } }] },
      {
        candidates: [
          {
            content: {
              parts: [
                {
                  functionCall: {
                    partialArgs: [{ jsonPath: '$.a[0].b', stringValue: 'x', willContinue: true }],
                    willContinue: true,
                  },
                },
              ],
            },
          },
        ],
      },
      {
        candidates: [
          { content: { parts: [{ functionCall: {} }, { inlineData: { mimeType: 'image/png', data: 'aGk=' } }] } },
        ],
      },
      {
        candidates: [
          {
            content: { parts: [{ executableCode: { code: '1' } }, { codeExecutionResult: { outcome: 'OUTCOME_OK' } }] },
          },
        ],
      },
      {
        candidates: [
          said('done', {
            finishReason: 'STOP',
            groundingMetadata: {
              webSearchQueries: ['q'],
              groundingChunks: [{ web: { uri: 'https://e.com', title: 'E' } }],
              groundingSupports: [{ segment: { text: 'done' }, groundingChunkIndices: [0], confidenceScores: [0.5] }],
            },
            citationMetadata: { citationSources: [{ startIndex: 0, endIndex: 4, uri: 'https://e.com/2' }] },
          }),
        ],
      },
    ),
    sse(
      null,
      { candidates: [said('Older', { finishReason: 'STOP' })] },
      { candidates: [said(' servers', { finishReason: 'STOP' })] },
    ),
  ],
  dify: [
    sse(
      'message_end',
      { event: 'agent_thought', id: 'a', thought: 'Look', tool: 'x;y', tool_input: '{"x":{"q":1},"y":{}}', ...ids },
      {
        event: 'agent_thought',
        id: 'a',
        tool: 'x;y',
        tool_input: '{"x":{"q":1}}',
        observation: '{"x":"1","y":"2"}',
        ...ids,
      },
      { event: 'agent_message', answer: 'Hi', ...ids },
      { event: 'message_file', type: 'image', url: 'https://e.com/a.png', ...ids },
      {
        event: 'message_end',
        metadata: {
          usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, total_price: '0.1' },
          retriever_resources: [{ segment_id: 's', document_name: 'd', score: 0.5, content: 'c' }],
        },
        ...ids,
      },
    ),
    sse(
      'message_end',
      { event: 'workflow_started', workflow_run_id: 'w', data: { id: 'w' }, ...ids },
      { event: 'node_started', data: { id: 'n', node_type: 'llm', title: 'LLM' }, ...ids },
      { event: 'reasoning_chunk', data: { reasoning: 'Hm', node_id: 'n', is_final: true }, ...ids },
      { event: 'message', answer: 'Hi', ...ids },
      { event: 'node_finished', data: { id: 'n', node_type: 'llm', status: 'succeeded' }, ...ids },
      { event: 'message_end', ...ids },
      { event: 'workflow_finished', data: { status: 'succeeded', outputs: { answer: 'Hi' } }, ...ids },
    ),
    sse(
      'workflow_paused',
      { event: 'workflow_started', workflow_run_id: 'w', task_id: 't', data: {} },
      { event: 'human_input_required', data: { form_token: 'f', form_content: 'Ok?' } },
      { event: 'workflow_paused', data: {} },
    ),
    sse(
      'workflow_finished',
      { event: 'text_chunk', task_id: 't', workflow_run_id: 'w', data: { text: 'Hi' } },
      { event: 'workflow_finished', data: { status: 'succeeded', outputs: { text: 'Hi' }, total_tokens: 2 } },
    ),
  ],
  'openai-chat': [
    sse(
      '"finish_reason":"stop"',
      { id: 'x', model: 'm', choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
      { id: 'x', model: 'm', choices: [{ index: 0, delta: { content: 'Hi' } }] },
      { id: 'x', model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      '[DONE]',
    ),
  ],
  anthropic: [
    sse(
      '"message_stop"',
      {
        type: 'message_start',
        message: { id: 'x', model: 'm', role: 'assistant', content: [], usage: { input_tokens: 1 } },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
      { type: 'message_stop' },
    ),
  ],
  'ai-sdk': [
    sse(
      '"finish"',
      { type: 'start', messageId: 'x' },
      { type: 'start-step' },
      { type: 'text-start', id: '1' },
      { type: 'text-delta', id: '1', delta: 'Hi' },
      { type: 'text-end', id: '1' },
      { type: 'finish-step' },
      { type: 'finish' },
      '[DONE]',
    ),
  ],
  'ai-sdk-data': [
    { stream: 'f:{"messageId":"m"}\n0:"Hel"\n0:"lo"\nd:{"finishReason":"stop"}\n', framing: 'lines', whole: 'd:' },
  ],
  'openai-responses': [
    named(
      'response.completed',
      ['response.created', { type: 'response.created', response: { id: 'r', model: 'm' } }],
      [
        'response.output_text.delta',
        { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Hello' },
      ],
      [
        'response.output_item.done',
        {
          type: 'response.output_item.done',
          output_index: 0,
          item: { type: 'message', id: 'msg', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] },
        },
      ],
      ['response.completed', { type: 'response.completed', response: { status: 'completed' } }],
    ),
  ],
  langgraph: [
    named(
      null,
      ['metadata', { run_id: 'run-1', attempt: 1 }],
      ['messages', [{ type: 'AIMessageChunk', id: 'm1', content: 'Hello', tool_call_chunks: [] }, {}]],
      ['values', { messages: [{ type: 'ai', id: 'm1', content: 'Hello', tool_calls: [] }] }],
    ),
    named(
      'end',
      ['metadata', { run_id: 'run-1', attempt: 1 }],
      ['messages', [{ type: 'AIMessageChunk', id: 'm1', content: 'Hello', tool_call_chunks: [] }, {}]],
      ['end', null],
    ),
  ],
  'ag-ui': [
    sse(
      'RUN_FINISHED',
      { type: 'RUN_STARTED', runId: 'r' },
      { type: 'TEXT_MESSAGE_CONTENT', messageId: 'm1', delta: 'Hello' },
      { type: 'RUN_FINISHED', threadId: 't', runId: 'r' },
    ),
    ndjson(
      'RUN_FINISHED',
      { type: 'RUN_STARTED', runId: 'r' },
      { type: 'TOOL_CALL_START', toolCallId: 't', toolCallName: 'find' },
      { type: 'TOOL_CALL_ARGS', toolCallId: 't', delta: '{"a":1}' },
      { type: 'TOOL_CALL_END', toolCallId: 't' },
      { type: 'RUN_FINISHED', threadId: 't', runId: 'r' },
    ),
  ],
};

/** The simplest server there is. */
export const plainSamples: readonly [Sample] = [stored('named-events/plain-tokens', null)];
