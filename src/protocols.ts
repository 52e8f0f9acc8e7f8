// rivulet/protocols: the formats that answers come in, and the port to write another one.
export { agUi, type AgUiOptions } from './protocol/ag-ui.ts';
export { agentMemory } from './protocol/agent-memory.ts';
export { aiSdkData, type AiSdkDataOptions } from './protocol/ai-sdk-data.ts';
export { aiSdk, type AiSdkOptions } from './protocol/ai-sdk.ts';
export { anthropic, type AnthropicOptions } from './protocol/anthropic.ts';
export { autoProtocol, type AutoProtocolOptions } from './protocol/auto.ts';
export { delta, type DeltaOptions } from './protocol/delta.ts';
export type { DifyOptions } from './protocol/dify-request.ts';
export { dify } from './protocol/dify.ts';
export { gemini, type GeminiOptions } from './protocol/gemini.ts';
export { genie, type GenieOptions } from './protocol/genie.ts';
export { langgraph, type LangGraphOptions } from './protocol/langgraph.ts';
export { namedEvents, type NamedEventsOptions } from './protocol/named-events.ts';
export { ollama, type OllamaOptions } from './protocol/ollama.ts';
export type { ReasoningField } from './protocol/openai-chat-request.ts';
export { openaiChat, type OpenAIChatOptions } from './protocol/openai-chat.ts';
export { openaiResponses, type OpenAIResponsesOptions } from './protocol/openai-responses.ts';
export { typed, type TypedOptions } from './protocol/typed.ts';

export { fromUIMessages, toUIMessages, type UIMessage, type UIMessagePart } from './message/ui-messages.ts';

export type {
  Adapter,
  Codecs,
  Emit,
  EndCause,
  Ending,
  ReplyHead,
  RequestDraft,
  TurnInput,
  TurnPoint,
} from './protocol/adapter.ts';
