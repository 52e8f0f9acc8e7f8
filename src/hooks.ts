// Entry point `rivulet/hooks`: state for your own markup. No component, no markdown, no CSS.
export { useChatStream } from './hooks/use-chat-stream.ts';
export type { UseChatStreamOptions, UseChatStreamResult } from './hooks/use-chat-stream.ts';
export { useStore } from './hooks/use-store.ts';
export type { ReadableStore } from './hooks/use-store.ts';
export { createChat } from './compose/create-chat.ts';
export type { ChatOptions } from './compose/create-chat.ts';
export type { ConnectionState, ConnectionStatus } from './connection/connection-state.ts';
export type { Message, MessageError, MessageStatus, Part, PartOf, PartType, Role, Usage } from './message/message.ts';
export type { ChatStatus } from './store/chat-snapshot.ts';
export type { Chat, SendInput, TurnOptions, TurnOutcome } from './store/chat-store.ts';
