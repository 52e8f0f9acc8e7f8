// Every format the simulated server speaks.
import { agUi } from './ag-ui.ts';
import { agentMemory } from './agent-memory.ts';
import { aiSdk } from './ai-sdk.ts';
import { anthropic } from './anthropic.ts';
import { delta } from './delta.ts';
import { dify } from './dify.ts';
import type { Format } from './format.ts';
import { gemini } from './gemini.ts';
import { genie } from './genie.ts';
import { langgraph } from './langgraph.ts';
import { namedEvents } from './named-events.ts';
import { ollama } from './ollama.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';
import { plainEvents } from './plain-events.ts';
import { typed } from './typed.ts';

export const formats: readonly Format[] = [
  namedEvents,
  plainEvents,
  delta,
  typed,
  agentMemory,
  genie,
  openaiChat,
  anthropic,
  ollama,
  gemini,
  aiSdk,
  openaiResponses,
  agUi,
  langgraph,
  dify,
];
