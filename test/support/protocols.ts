// Every adapter, with the folders that hold streams of its format.
import type { Adapter } from '../../src/protocol/adapter.ts';
import { agUi } from '../../src/protocol/ag-ui.ts';
import { agentMemory } from '../../src/protocol/agent-memory.ts';
import { aiSdk } from '../../src/protocol/ai-sdk.ts';
import { aiSdkData } from '../../src/protocol/ai-sdk-data.ts';
import { anthropic } from '../../src/protocol/anthropic.ts';
import { delta } from '../../src/protocol/delta.ts';
import { dify } from '../../src/protocol/dify.ts';
import { gemini } from '../../src/protocol/gemini.ts';
import { genie } from '../../src/protocol/genie.ts';
import { langgraph } from '../../src/protocol/langgraph.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { ollama } from '../../src/protocol/ollama.ts';
import { openaiChat } from '../../src/protocol/openai-chat.ts';
import { openaiResponses } from '../../src/protocol/openai-responses.ts';
import { typed } from '../../src/protocol/typed.ts';

export interface Protocol {
  readonly adapter: Adapter;
  /** Below `test/fixtures`, or among the recordings. */
  readonly folders: readonly string[];
  /** Found in `event`, LF and `data` of any record that can make an answer whole: without one, no answer is. */
  readonly ends: RegExp;
}

export const protocols: readonly Protocol[] = [
  { adapter: namedEvents({ plain: true }), folders: ['named-events'], ends: /^done\n|"done"/ },
  {
    adapter: genie(),
    folders: ['genie'],
    ends: /\[DONE\]|"messageType"\s*:\s*"(result|search)"|"compressed"/,
  },
  { adapter: delta(), folders: ['delta'], ends: /"isFinal"\s*:\s*true/ },
  { adapter: typed(), folders: ['typed'], ends: /"done"/ },
  { adapter: agentMemory(), folders: ['agent-memory'], ends: /"done"/ },
  { adapter: ollama({ model: 'm' }), folders: ['ollama'], ends: /"done"\s*:\s*true/ },
  { adapter: gemini(), folders: ['gemini'], ends: /"finishReason"|"blockReason"/ },
  { adapter: dify({ user: 'u' }), folders: ['dify'], ends: /"message_end"|"workflow_(finished|paused)"/ },
  {
    adapter: openaiChat(),
    folders: ['openai-chat', 'deepseek', 'mistral'],
    ends: /\[DONE\]|"finish_reason"\s*:\s*"/,
  },
  { adapter: anthropic(), folders: ['anthropic'], ends: /^message_stop\n|"message_stop"/ },
  { adapter: aiSdk(), folders: ['ai-sdk-ui'], ends: /"finish"|"abort"|\[DONE\]/ },
  { adapter: aiSdkData(), folders: ['ai-sdk-data-v1'], ends: /\nd:/ },
  {
    adapter: openaiResponses(),
    folders: ['openai-responses'],
    ends: /response\.(completed|incomplete|cancelled|failed)/,
  },
  { adapter: langgraph(), folders: ['langgraph'], ends: /^end\n/ },
  { adapter: agUi(), folders: ['ag-ui'], ends: /RUN_FINISHED/ },
];

/** Recordings in a format that no adapter reads. */
export const foreignRecordings: readonly string[] = ['openai-chat/cohere-v2-reasoning.chunks.txt'];
