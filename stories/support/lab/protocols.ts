// Every format of the kit as a choice: where the simulated server speaks it, and what reads it.
import {
  type Adapter,
  agentMemory,
  agUi,
  aiSdk,
  aiSdkData,
  anthropic,
  delta,
  dify,
  gemini,
  genie,
  langgraph,
  namedEvents,
  ollama,
  openaiChat,
  openaiResponses,
  typed,
} from '../../../src/protocols.ts';
import type { ProtocolName } from './protocol-titles.ts';

export interface ProtocolChoice {
  /** Below the simulated server. */
  readonly path: string;
  readonly adapter: Adapter;
  /** Spoken over a WebSocket. */
  readonly socket?: true;
}

export const protocols: Readonly<Record<ProtocolName, ProtocolChoice>> = {
  'named-events': {
    path: 'named-events/chat/stream',
    adapter: namedEvents({ resumable: true }),
  },
  'named-events-socket': {
    path: 'named-events/ws/lab',
    adapter: namedEvents({ socket: true, resumable: true }),
    socket: true,
  },
  plain: { path: 'plain-events/chat/stream', adapter: namedEvents({ plain: true }) },
  genie: { path: 'genie/AutoAgent', adapter: genie() },
  delta: { path: 'delta/api/stream', adapter: delta() },
  typed: { path: 'typed/stream', adapter: typed() },
  'typed-socket': { path: 'typed/ws', adapter: typed({ socket: true }), socket: true },
  'agent-memory': { path: 'agent-memory/chat', adapter: agentMemory() },
  'openai-chat': {
    path: 'openai-chat/v1/chat/completions',
    adapter: openaiChat(),
  },
  'openai-responses': {
    path: 'openai-responses/v1/responses',
    adapter: openaiResponses({ background: true }),
  },
  anthropic: { path: 'anthropic/v1/messages', adapter: anthropic() },
  gemini: { path: 'gemini/v1beta/models/lab:streamGenerateContent', adapter: gemini() },
  ollama: { path: 'ollama/api/chat', adapter: ollama({ model: 'lab' }) },
  'ai-sdk': { path: 'ai-sdk/api/chat', adapter: aiSdk({ resumable: true }) },
  'ai-sdk-data': { path: 'ai-sdk-data/api/chat', adapter: aiSdkData() },
  'ag-ui': { path: 'ag-ui/agent', adapter: agUi() },
  langgraph: { path: 'langgraph', adapter: langgraph() },
  dify: { path: 'dify/v1', adapter: dify({ user: 'lab' }) },
};

export function protocolNamed(name: string | undefined, otherwise: ProtocolName): ProtocolChoice {
  return Object.hasOwn(protocols, name ?? '') ? protocols[name as ProtocolName] : protocols[otherwise];
}
