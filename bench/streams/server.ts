// Feeds many streams from a process of its own: every tick each stream gets its next records in one write. As little
// server as there can be, so that what is measured is the client.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Every so many tokens carry the time they were written at. */
export const stampEvery = 50;

/** The text that arrives, without its stamps. */
export function expectedText(frames: number): string {
  let text = '';
  for (let index = 0; index < frames; index += 1) text += `${index} `;
  return text;
}

interface Stream {
  readonly reply: ServerResponse;
  next: number;
}

function serve(streams: number, rate: number, frames: number, perWrite: number): void {
  const open: Stream[] = [];
  const tickMs = (1_000 / rate) * perWrite;
  let startedAt = 0;
  let ticks = 0;

  const tick = (): void => {
    ticks += 1;
    const now = performance.timeOrigin + performance.now();
    // The same for all: writing is the work, not making.
    const records = new Map<number, string>();
    for (const stream of open) {
      if (stream.next > frames) continue;
      let written = records.get(stream.next);
      if (written === undefined) {
        written = '';
        for (let index = stream.next; index < Math.min(frames, stream.next + perWrite); index += 1) {
          const stamp = index % stampEvery === 0 ? `@${now.toFixed(2)}` : '';
          written += `id: ${index}\nevent: token\ndata: {"token":"${index}${stamp} "}\n\n`;
        }
        records.set(stream.next, written);
      }
      stream.next += perWrite;
      if (stream.next >= frames) {
        stream.reply.end(`${written}id: ${frames}\nevent: done\ndata: {"status":"completed"}\n\n`);
        stream.next = frames + 1;
      } else stream.reply.write(written);
    }
    if (open.some(({ next }) => next <= frames)) {
      setTimeout(tick, Math.max(0, startedAt + ticks * tickMs - performance.now()));
    } else {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMs: (user + system) / 1_000 });
    }
  };

  const server = createServer((request, reply) => {
    request.resume();
    reply.writeHead(200, { 'content-type': 'text/event-stream' });
    reply.flushHeaders();
    request.socket.setNoDelay(true);
    open.push({ reply, next: 0 });
    if (open.length < streams) return;
    process.send?.({ startedAt: performance.timeOrigin + performance.now() });
    startedAt = performance.now();
    tick();
  });
  server.listen(0, '127.0.0.1', 2_048, () => process.send?.({ port: (server.address() as AddressInfo).port }));
}

if (process.send) {
  const [streams = 0, rate = 0, frames = 0, perWrite = 1] = process.argv.slice(2).map(Number);
  serve(streams, rate, frames, perWrite);
}
