// Entry point `rivulet/core`: everything without React. For servers, workers, other frameworks and tests.
export {
  isStreamError,
  ProtocolError,
  RemoteError,
  StreamError,
  TransportError,
  UsageError,
  WireError,
} from './base/errors.ts';
export type { StreamErrorCode, StreamErrorOptions } from './base/errors.ts';
export type { Cancel, Clock } from './base/clock.ts';
export type { Parser, ParserOutput, StandardSchema } from './base/standard-schema.ts';
export { createChat } from './compose/create-chat.ts';
export type { ConfigurableChat } from './compose/create-chat.ts';
export type { ChatOptions } from './compose/chat-options.ts';
export { chatSchemas } from './compose/chat-schemas.ts';
export type { ChatSchemas, SchemaMap, TypesOf } from './compose/chat-schemas.ts';
export { chatStorage } from './compose/chat-storage.ts';
export type { ChatRecords, ChatStorageOptions } from './compose/chat-storage.ts';
export { localChatStorage } from './compose/local-chat-storage.ts';
export type { LocalChatStorageOptions } from './compose/local-chat-storage.ts';
export { streamChat } from './compose/stream-chat.ts';
export type { ChatStream, StreamChatOptions } from './compose/stream-chat.ts';
export { createEventStream } from './compose/create-event-stream.ts';
export type { EventOf, EventSchemas, EventStreamOptions, StreamEvent } from './compose/create-event-stream.ts';
export { shareRefresh } from './compose/headers.ts';
export type { HeadersFunction, HeadersGiven, HeadersOption } from './compose/headers.ts';
export type { RequestOptions } from './compose/request.ts';
export type { CloseReason, Connection, ConnectionState, ConnectionStatus } from './connection/connection-state.ts';
export { exportConversation, importConversation } from './message/export.ts';
export type { ExportedConversation } from './message/export.ts';
export type * from './message/message.ts';
export type * from './message/message-types.ts';
export type * from './protocol/chunk.ts';
export { isTerminal } from './protocol/chunk.ts';
export { isBusy } from './connection/policy.ts';
export type { StreamQuality, QualityLevel, QualityThresholds } from './connection/quality.ts';
export { createStreamRegistry } from './connection/registry.ts';
export type { StatusSource, StreamRegistry, StreamStatus } from './connection/registry.ts';
export type { ChatSnapshot, ChatStatus } from './store/chat-snapshot.ts';
export type {
  Chat as ChatStore,
  ChatCallbacks,
  ClientToolCall,
  SendInput,
  TurnOptions,
  TurnOutcome,
} from './store/chat.ts';
export type { Fact, FactFigures, FactSubject, Observe } from './store/facts.ts';
export type { ChatContent, ChatStorage, DraftStore, StoredChat } from './store/stored-chat.ts';
export type { EventStream, EventStreamSnapshot } from './store/event-store.ts';
export { fetchTransport } from './transport/fetch.ts';
export type { FetchTransportOptions } from './transport/fetch.ts';
export type {
  FrameBatch,
  RejectedResponse,
  Transport,
  TransportConnection,
  TransportEnd,
  TransportRequest,
  TransportResponse,
} from './transport/transport.ts';
export { webSocketTransport } from './transport/websocket.ts';
export { multiplexByField } from './transport/websocket-options.ts';
export type * from './transport/websocket-options.ts';
export type { Frame, Framing } from './wire/frame.ts';
