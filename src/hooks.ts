// Entry point `rivulet/hooks`: state for your own markup. No component, no markdown, no CSS.
export { useChatStream } from './hooks/use-chat-stream.ts';
export type { UseChatStreamOptions, UseChatStreamResult } from './hooks/use-chat-stream.ts';
export { useAnnouncer } from './hooks/use-announcer.ts';
export type { UseAnnouncerOptions, UseAnnouncerResult } from './hooks/use-announcer.ts';
export { useComposer } from './hooks/use-composer.ts';
export type {
  ComposedMessage,
  ComposerDragEvent,
  FileProblem,
  UseComposerOptions,
  UseComposerResult,
} from './hooks/use-composer.ts';
export { useDelayed } from './hooks/use-delayed.ts';
export { useElapsed } from './hooks/use-elapsed.ts';
export type { UseElapsedOptions } from './hooks/use-elapsed.ts';
export { useNow } from './hooks/use-now.ts';
export type { UseNowOptions } from './hooks/use-now.ts';
export { useReducedMotion } from './hooks/use-reduced-motion.ts';
export { useStickToBottom } from './hooks/use-stick-to-bottom.ts';
export type { UseStickToBottomOptions, UseStickToBottomResult } from './hooks/use-stick-to-bottom.ts';
export { ClockContext } from './hooks/clock-context.ts';
export { StreamRegistryContext, useRegisteredStream } from './hooks/stream-registry.ts';
export { useConnectionStatus } from './hooks/use-connection-status.ts';
export type {
  ConnectionStatusSource,
  UseConnectionStatusOptions,
  UseConnectionStatusResult,
} from './hooks/use-connection-status.ts';
export { useCountdown } from './hooks/use-countdown.ts';
export { useEventStream } from './hooks/use-event-stream.ts';
export type { UseEventStreamOptions, UseEventStreamResult } from './hooks/use-event-stream.ts';
export { useStore } from './hooks/use-store.ts';
export type { ReadableStore } from './hooks/use-store.ts';
export { createChat } from './compose/create-chat.ts';
export type { ChatOptions } from './compose/chat-options.ts';
export { chatSchemas } from './compose/chat-schemas.ts';
export type { ChatSchemas, SchemaMap, TypesOf } from './compose/chat-schemas.ts';
export { chatStorage } from './compose/chat-storage.ts';
export type { ChatRecords, ChatStorageOptions } from './compose/chat-storage.ts';
export { localChatStorage } from './compose/local-chat-storage.ts';
export type { LocalChatStorageOptions } from './compose/local-chat-storage.ts';
export { createEventStream } from './compose/create-event-stream.ts';
export type { EventOf, EventSchemas, EventStreamOptions, StreamEvent } from './compose/create-event-stream.ts';
export { shareRefresh } from './compose/headers.ts';
export type { HeadersFunction, HeadersGiven, HeadersOption } from './compose/headers.ts';
export type { Fact } from './store/facts.ts';
export type { ChatContent, ChatStorage, DraftStore, StoredChat } from './store/stored-chat.ts';
export type { EventStream, EventStreamSnapshot } from './store/event-store.ts';
export { createStreamRegistry } from './connection/registry.ts';
export type { StatusSource, StreamRegistry, StreamStatus } from './connection/registry.ts';
export type { QualityLevel, QualityThresholds, StreamQuality } from './connection/quality.ts';
export type { ConnectionState, ConnectionStatus } from './connection/connection-state.ts';
export type { Message, MessageError, MessageStatus, Part, PartOf, PartType, Role, Usage } from './message/message.ts';
export type { MessageOf, MessageTypes } from './message/message-types.ts';
export type { ChatStatus } from './store/chat-snapshot.ts';
export type { Chat as ChatStore, SendInput, TurnOptions, TurnOutcome } from './store/chat.ts';
