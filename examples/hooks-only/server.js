// Serves the built page, and a WebSocket on /chat that speaks named events: `{type, data, id}`. `npm start` builds and
// runs it.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';

const port = Number(process.env.PORT ?? 3000);
const recordEveryMs = 30;
const keptMs = 60_000;
const mostAtOnce = 50;

/** What each turn has said so far, by its key: what a socket that comes back is read from. */
const answers = new Map();

const server = createServer((request, reply) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const file = normalize(pathname === '/' ? '/index.html' : pathname);
  const stream = createReadStream(join(import.meta.dirname, 'dist', file));
  stream.once('error', () => reply.writeHead(404).end());
  stream.once('open', () => {
    reply.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    stream.pipe(reply);
  });
});
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

new WebSocketServer({ server, path: '/chat' }).on('connection', (socket) => {
  let leave = () => {};
  socket.on('close', () => leave());
  socket.on('message', (bytes) => {
    const message = JSON.parse(String(bytes));
    if (message.type === 'ping') socket.send('{"type":"pong"}');
    if (message.type === 'chat' || message.type === 'resume') leave();
    if (message.type === 'chat') leave = start(socket, message);
    if (message.type === 'resume') leave = goOn(socket, String(message.after));
  });
});

function start(socket, { message, idempotency_key: key = randomUUID() }) {
  const known = answers.get(key);
  if (known) return follow(socket, known, 0);
  if (answers.size >= mostAtOnce) {
    socket.close(1013, 'Too many answers at once.'); // Try again later: the page does.
    return () => {};
  }
  const answer = { records: [], done: false, readers: new Set() };
  answers.set(key, answer);
  const rest = eventsFor(String(message));
  const timer = setInterval(() => {
    const { value, done } = rest.next();
    if (done) {
      clearInterval(timer);
      answer.done = true;
      setTimeout(() => answers.delete(key), keptMs).unref();
    } else {
      answer.records.push(JSON.stringify({ ...value, id: `${key}:${answer.records.length}` }));
    }
    for (const read of answer.readers) read();
  }, recordEveryMs);
  return follow(socket, answer, 0);
}

/** After a record that this server sent: what came since, and what is still to come. */
function goOn(socket, after) {
  const [, key, last] = /^(.*):(\d+)$/.exec(after) ?? [];
  const answer = answers.get(key);
  if (answer) return follow(socket, answer, Number(last) + 1);
  socket.send(JSON.stringify({ type: 'error', data: { error: 'That answer is not kept any more.' } }));
  return () => {};
}

function follow(socket, answer, from) {
  let next = from;
  const read = () => {
    for (; next < answer.records.length; next += 1) socket.send(answer.records[next]);
    if (answer.done) answer.readers.delete(read);
  };
  answer.readers.add(read);
  read();
  return () => answer.readers.delete(read);
}

/** A real backend asks its model here. */
function* eventsFor(question) {
  yield { type: 'thinking', data: { status: 'reading', message: 'Reading the question' } };
  const title = 'The WebSocket protocol';
  yield { type: 'sources', data: { count: 1, sources: [{ title, url: 'https://www.rfc-editor.org/rfc/rfc6455' }] } };
  const sentences = [
    `You asked: ${question}`,
    'Every word of this came over one socket, which stays open for the next question.',
    ...Array.from({ length: 12 }, (_, index) => `${index + 1}. Message after message, each with an id of its own.`),
    'Lose the network while it flows: the page opens another socket and names the last id it has shown.',
  ];
  for (const token of sentences.join('\n').split(/(?<=\s)(?=\S)/)) yield { type: 'token', data: { token } };
  yield { type: 'done', data: { status: 'completed' } };
}

server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
