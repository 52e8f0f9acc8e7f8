// The server's end of an event stream, as the transport contract speaks to it.
import type { ServerResponse } from 'node:http';
import type { Transport } from '../../src/transport/transport.ts';
import type { Peer, Server } from '../transport/contract.ts';
import { beginStream, closed, startHttpServer } from './http-server.ts';

export async function startEventStreamServer(transport: Transport, serve: (peer: Peer) => void): Promise<Server> {
  const { url, close } = await startHttpServer((response, { body }) => {
    beginStream(response);
    serve(peerOf(response, body));
  });
  return { url, close, transport };
}

function peerOf(response: ServerResponse, body: string): Peer {
  return {
    body,
    send: (data) => void response.write(`data: ${data}\n\n`),
    end: () => void response.end(),
    cut: () => void response.socket?.resetAndDestroy(),
    gone: closed(response),
  };
}
