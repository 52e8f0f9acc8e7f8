// A real HTTP server on loopback whose answers are the test's.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  close(): Promise<void>;
}

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: ReceivedRequest) => void | Promise<void>;

export async function startHttpServer(answer: Answer): Promise<HttpServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (message, response) => {
    let body = '';
    for await (const piece of message.setEncoding('utf8')) body += piece;
    const { method = '', url: path = '', headers } = message;
    const request = { method, path, headers, body };
    requests.push(request);
    await answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** Sends the head of an event stream at once, before anything is written. */
export function beginStream(response: ServerResponse, contentType = 'text/event-stream'): void {
  response.writeHead(200, { 'content-type': contentType });
  response.flushHeaders();
}

/** Resolves when the client is gone, or the answer has been sent whole. */
export function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed) resolve();
    else response.once('close', resolve);
  });
}

/** An address on loopback where nobody listens. */
export async function unusedUrl(): Promise<string> {
  const server = await startHttpServer(() => undefined);
  await server.close();
  return server.url;
}
