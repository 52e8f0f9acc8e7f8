// Serves the built page and a feed of notices: GET /notices streams them, POST /notices adds one. `npm start` builds and
// runs it.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const port = Number(process.env.PORT ?? 3000);
const heartbeatMs = 15_000;
const keptNotices = 1_000;
const mostReaders = 500;

const notices = [];
const readers = new Set();
let lastId = 0;

createServer(async (request, reply) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname !== '/notices') servePage(pathname, reply);
  else if (request.method === 'POST') await addNotice(request, reply);
  else streamNotices(request, reply);
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));

async function addNotice(request, reply) {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  lastId += 1;
  notices.push({ id: lastId, text: String(JSON.parse(body).text), at: Date.now() });
  if (notices.length > keptNotices) notices.shift();
  for (const wake of readers) wake();
  reply.writeHead(204).end();
}

function streamNotices(request, reply) {
  if (readers.size >= mostReaders) {
    reply.writeHead(503, { 'retry-after': '5' }).end();
    return;
  }
  reply.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  // So that the page knows at once that it is connected, also where there is nothing to tell yet.
  reply.write(': connected\n\n');
  let last = Number(request.headers['last-event-id'] ?? 0);
  const write = () => {
    for (const { id, text, at } of notices.filter((notice) => notice.id > last)) {
      reply.write(`id: ${id}\nevent: notice\ndata: ${JSON.stringify({ text, at })}\n\n`);
      last = id;
    }
  };
  const heartbeat = setInterval(() => reply.write(': heartbeat\n\n'), heartbeatMs);
  readers.add(write);
  reply.on('close', () => {
    clearInterval(heartbeat);
    readers.delete(write);
  });
  write();
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
