// Every format the simulated server speaks.
import { delta } from './delta.ts';
import { typed } from './typed.ts';
import { agentMemory } from './agent-memory.ts';
import { genie } from './genie.ts';
import { openaiChat } from './openai-chat.ts';
import { anthropic } from './anthropic.ts';
import type { Format } from './format.ts';
import { namedEvents } from './named-events.ts';
import { plainEvents } from './plain-events.ts';

export const formats: readonly Format[] = [
  namedEvents,
  plainEvents,
  delta,
  typed,
  agentMemory,
  genie,
  openaiChat,
  anthropic,
];
