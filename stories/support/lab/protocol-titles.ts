// The formats that the lab can switch a story to, by the names that stand in addresses. Apart from what reads them, so that
// Storybook's own window need not load that.
export const protocolTitles = {
  'named-events': 'Named events',
  'named-events-socket': 'Named events, WebSocket',
  plain: 'Plain text',
  genie: 'Genie',
  delta: 'Delta',
  typed: 'Typed',
  'typed-socket': 'Typed, WebSocket',
  'agent-memory': 'Agent memory',
  'openai-chat': 'OpenAI Chat Completions',
  'openai-responses': 'OpenAI Responses',
  anthropic: 'Anthropic Messages',
  gemini: 'Gemini',
  ollama: 'Ollama',
  'ai-sdk': 'AI SDK UI messages',
  'ai-sdk-data': 'AI SDK data stream',
  'ag-ui': 'AG-UI',
  langgraph: 'LangGraph',
  dify: 'Dify',
} as const;

export type ProtocolName = keyof typeof protocolTitles;
