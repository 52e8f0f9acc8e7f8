// Serves the simulator's sockets on a Node HTTP server, by the `ws` package.
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Simulator } from './handler.ts';
import { endSocket, requestUrl } from './node-response.ts';
import { shakeHands, type SocketPort, type SocketSession } from './socket.ts';

export interface SocketServer {
  /** Takes the upgrade and says `true`, or leaves it to others. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

export function serveSockets(simulator: Simulator): SocketServer {
  const acceptor = new WebSocketServer({ noServer: true });
  return {
    handle(request, socket, head) {
      const handshake = shakeHands(simulator, requestUrl(request));
      // A client may be gone before it is answered.
      socket.on('error', () => socket.destroy());
      switch (handshake.type) {
        case 'none':
          return false;
        case 'cut':
          if (handshake.end !== 'hang' && socket instanceof Socket) endSocket(socket, handshake.end);
          return true;
        case 'refuse':
          socket.end(refusal(handshake.status, handshake.retryAfter));
          return true;
        case 'accept':
          acceptor.handleUpgrade(request, socket, head, (client) => attach(client, socket, handshake.open));
          return true;
      }
    },
    close() {
      for (const client of acceptor.clients) client.terminate();
      acceptor.close();
    },
  };
}

function attach(client: WebSocket, socket: Duplex, open: (port: SocketPort) => SocketSession): void {
  const session = open({
    // A message to a client that left is lost without a word; `closed` tells the session.
    send: (message) => new Promise((resolve) => client.send(message, () => resolve())),
    close: (code) => client.close(code),
    cut(ending) {
      if (socket instanceof Socket) endSocket(socket, ending);
      else client.terminate();
    },
  });
  client.on('message', (data) => session.receive(String(data)));
  client.on('close', () => session.closed());
  client.on('error', () => client.terminate());
}

function refusal(status: number, retryAfter: string | undefined): string {
  const wait = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\nConnection: close\r\n${wait}Content-Length: 0\r\n\r\n`;
}
