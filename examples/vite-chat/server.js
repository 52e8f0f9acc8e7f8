// Serves the built page, and answers on /chat/stream as named events. `npm start` builds and runs it.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { answerOf } from './answers.js';

const heartbeatMs = 15_000;
const port = Number(process.env.PORT ?? 3000);

createServer(async (request, reply) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'POST' && pathname === '/chat/stream') await streamAnswer(request, reply);
  else servePage(pathname, reply);
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));

async function streamAnswer(request, reply) {
  const body = await readJson(request);
  if (typeof body?.message !== 'string') return refuse(reply, 400, 'A message is missing.');
  const answer = answerOf(request.headers['idempotency-key'] ?? randomUUID(), body.message);
  // Busy, and when to come again: the page says so and does.
  if (!answer) return refuse(reply, 503, 'Too many answers at once.', { 'retry-after': '2' });

  const reader = new AbortController();
  reply.on('close', () => reader.abort());
  reply.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no', // nginx would hold the stream back
  });
  // A silent connection is dropped by proxies, and cannot be told from a dead one.
  const heartbeat = setInterval(() => reply.write(': heartbeat\n\n'), heartbeatMs);
  const from = Number(request.headers['last-event-id'] ?? -1) + 1;
  for await (const { id, event, data } of answer.read(from, reader.signal)) {
    reply.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
  clearInterval(heartbeat);
  reply.end();
}

function refuse(reply, status, detail, headers = {}) {
  reply.writeHead(status, { 'content-type': 'application/json', ...headers });
  reply.end(JSON.stringify({ detail }));
}

async function readJson(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

function servePage(pathname, reply) {
  const file = normalize(pathname === '/' ? '/index.html' : pathname);
  const stream = createReadStream(join(import.meta.dirname, 'dist', file));
  stream.once('error', () => reply.writeHead(404).end());
  stream.once('open', () => {
    reply.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    stream.pipe(reply);
  });
}
