// A real WebSocket server on loopback whose answers are the test's.
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface SocketServer {
  /** With `http`, as a user writes it. */
  readonly url: string;
  /** Every socket that was made, closed ones included. */
  readonly sockets: readonly ServerSocket[];
  close(): Promise<void>;
}

export interface ServerSocket {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly received: readonly string[];
  /** Resolves with the code when the socket has ended. */
  readonly ended: Promise<number>;
}

export async function startSocketServer(
  onMessage: (socket: WebSocket, message: string) => void,
  onOpen: (socket: WebSocket) => void = () => undefined,
): Promise<SocketServer> {
  const sockets: ServerSocket[] = [];
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => [...offered][0] ?? false,
    verifyClient: ({ req }: { readonly req: IncomingMessage }) => req.url !== '/refused',
  });
  server.on('connection', (socket, request) => {
    const received: string[] = [];
    const ended = new Promise<number>((resolve) => socket.on('close', resolve));
    sockets.push({ socket, request, received, ended });
    socket.on('message', (data) => {
      received.push(String(data));
      onMessage(socket, String(data));
    });
    onOpen(socket);
  });
  await new Promise((resolve) => server.on('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sockets,
    close() {
      for (const client of server.clients) client.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
