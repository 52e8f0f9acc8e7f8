// Streams an answer as named events. It runs on its own, so a reader that was cut off may come back for the rest.
import { type Answer, answerOf } from './answers';

// Streams need a server that lives on: no static rendering, and Node's runtime.
export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

const heartbeatMs = 15_000;

export async function POST(request: Request): Promise<Response> {
  const { message } = (await request.json()) as { message?: unknown };
  if (typeof message !== 'string') return Response.json({ detail: 'A message is missing.' }, { status: 400 });
  const answer = answerOf(request.headers.get('idempotency-key') ?? crypto.randomUUID(), message);
  if (!answer) {
    return Response.json({ detail: 'Too many answers at once.' }, { status: 503, headers: { 'retry-after': '2' } });
  }
  return new Response(follow(answer, Number(request.headers.get('last-event-id') ?? -1) + 1), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

/** The answer's records from this one on, as bytes, until it is whole or its reader leaves. */
function follow(answer: Answer, from: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = from;
  let leave = () => {};
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const write = () => {
        for (; next < answer.records.length; next += 1) {
          const { event, data } = answer.records[next];
          send(`id: ${next}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        }
        if (!answer.done) return;
        leave();
        controller.close();
      };
      const heartbeat = setInterval(() => send(': heartbeat\n\n'), heartbeatMs);
      const unsubscribe = answer.subscribe(write);
      leave = () => {
        clearInterval(heartbeat);
        unsubscribe();
      };
      write();
    },
    cancel() {
      leave();
    },
  });
}
