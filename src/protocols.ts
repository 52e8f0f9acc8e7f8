// rivulet/protocols: the formats that answers come in, and the port to write another one.
export { agentMemory } from './protocol/agent-memory.ts';
export { autoProtocol, type AutoProtocolOptions } from './protocol/auto.ts';
export { delta, type DeltaOptions } from './protocol/delta.ts';
export { dify } from './protocol/dify.ts';
export type { DifyOptions } from './protocol/dify-request.ts';
export { gemini, type GeminiOptions } from './protocol/gemini.ts';
export { genie, type GenieOptions } from './protocol/genie.ts';
export { namedEvents, type NamedEventsOptions } from './protocol/named-events.ts';
export { ollama, type OllamaOptions } from './protocol/ollama.ts';
export { typed, type TypedOptions } from './protocol/typed.ts';

export type {
  Adapter,
  Codecs,
  Emit,
  EndCause,
  Ending,
  ReplyHead,
  RequestDraft,
  TurnInput,
} from './protocol/adapter.ts';
