// The package has no types of its own.
declare module 'sse-channel' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  export default class SseChannel {
    constructor(options?: { jsonEncode?: boolean; retryTimeout?: number; pingInterval?: number; historySize?: number });
    addClient(request: IncomingMessage, response: ServerResponse, callback?: () => void): void;
    getConnectionCount(): number;
    send(message: { id?: number; event?: string; data: unknown }): void;
    close(): void;
  }
}
