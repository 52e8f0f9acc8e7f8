// What the tests beside this file share.
import type { ServerResponse } from 'node:http';
import type { Message } from '../../src/message/message.ts';

/** All that a message says of one kind. */
export function textOf(message: Message | undefined, type: 'text' | 'reasoning' = 'text'): string {
  return (message?.parts ?? []).map((part) => (part.type === type ? part.text : '')).join('');
}

/** Sends a Web-standard response through a Node server; a reader who leaves cancels its body. */
export async function pipe(from: Response, to: ServerResponse): Promise<void> {
  to.writeHead(from.status, Object.fromEntries(from.headers));
  const reader = from.body?.getReader();
  to.once('close', () => void reader?.cancel().catch(() => undefined));
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) break;
    to.write(value);
  }
  to.end();
}
