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
export type { Clock } from './base/clock.ts';
export { createChat } from './compose/create-chat.ts';
export type { ChatOptions } from './compose/create-chat.ts';
export type { HeadersOption } from './compose/request.ts';
export type { CloseReason, Connection, ConnectionState, ConnectionStatus } from './connection/connection-state.ts';
export type * from './message/message.ts';
export type * from './protocol/chunk.ts';
export { isTerminal } from './protocol/chunk.ts';
export type { ChatSnapshot, ChatStatus } from './store/chat-snapshot.ts';
export type { Chat, ChatCallbacks, SendInput, TurnOptions, TurnOutcome } from './store/chat-store.ts';
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
export type { Frame, Framing } from './wire/frame.ts';
