// Carries requests and replies between node:http and the handler, with the endings that a Response cannot express.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionCut } from './body.ts';
import type { Simulator } from './handler.ts';

const largestRequestBytes = 8 * 1024 * 1024;

/** Answers one request. Never rejects: what fails for the client's or the script's sake ends the connection. */
export async function answerNode(simulator: Simulator, request: IncomingMessage, reply: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const bare = bareReply(reply);
  bare.on('close', () => {
    if (!reply.writableFinished) gone.abort(new DOMException('The client left', 'AbortError'));
  });
  reply.sendDate = false;
  request.socket.setNoDelay(true);
  try {
    const response = await simulator(await readRequest(request, gone.signal));
    await sendResponse(response, bare, reply);
  } catch (error) {
    if (error instanceof ConnectionCut) endSocket(request.socket, error.ending);
    else if (!gone.signal.aborted) {
      bare.writeHead(500, { 'content-type': 'text/plain' });
      bare.end(String(error));
    }
  }
}

async function readRequest(request: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const url = requestUrl(request);
  const method = request.method ?? 'GET';
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal });
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > largestRequestBytes) throw new RangeError('The request is larger than the simulated server reads');
    parts.push(part);
  }
  return new Request(url, { method, headers, signal, body: Buffer.concat(parts) });
}

/** The address a client used, from a request that holds its path alone. */
export function requestUrl(request: IncomingMessage): URL {
  const withOriginal = request as IncomingMessage & { readonly originalUrl?: string };
  return new URL(withOriginal.originalUrl ?? request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
}

type BareReply = Pick<ServerResponse, 'writeHead' | 'flushHeaders' | 'write' | 'end' | 'on' | 'off'>;

/**
 * The reply's own methods. A middleware in front may have put others in their place: Storybook's compression gathers
 * what is written, holds the head back, and keeps listeners to itself until the first write.
 */
function bareReply(reply: ServerResponse): BareReply {
  const own = Object.getPrototypeOf(reply) as ServerResponse;
  return {
    writeHead: own.writeHead.bind(reply),
    flushHeaders: own.flushHeaders.bind(reply),
    write: own.write.bind(reply),
    end: own.end.bind(reply),
    on: own.on.bind(reply),
    off: own.off.bind(reply),
  };
}

async function sendResponse(response: Response, bare: BareReply, reply: ServerResponse): Promise<void> {
  bare.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) {
    bare.end();
    return;
  }
  // The head goes out before the first record is due.
  bare.flushHeaders();
  const reader = response.body.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    if (!bare.write(value)) await drained(bare, reply);
  }
  bare.end();
}

/** A client that left drains nothing: its `close` ends the wait too. */
function drained(bare: BareReply, reply: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      bare.off('drain', finish);
      bare.off('close', finish);
      resolve();
    };
    if (reply.destroyed) finish();
    bare.on('drain', finish);
    bare.on('close', finish);
  });
}

/** Ends a connection once what was written is out: RST and `destroy` overtake it otherwise, and RST becomes FIN. */
export function endSocket(socket: Socket, ending: ConnectionCut['ending']): void {
  if (ending === 'fin') {
    socket.end();
    return;
  }
  const end = (): void => void (ending === 'reset' ? socket.resetAndDestroy() : socket.destroy());
  // The callback of a write still counts as a write in progress: the end waits for the turn after it.
  socket.write('', () => setImmediate(end));
}
