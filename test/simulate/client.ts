// Asks the simulated server as any client would, and reads what came whole.
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { SimulationOptions } from '../../src/simulate/options.ts';
import { simulationQuery } from '../../src/simulate/options.ts';

export interface AskOptions extends SimulationOptions {
  readonly message?: string;
  readonly turn?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Default: no waits. */
  readonly preset?: SimulationOptions['preset'];
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What reading ended with, where it did not end well. */
  readonly error: unknown;
}

export function askRequest(base: string, options: AskOptions = {}): Request {
  const { message = 'hi', turn, headers, signal, ...simulation } = options;
  const query = simulationQuery({ preset: 'instant', ...simulation });
  return new Request(`${base}/named-events/chat/stream?${query}${turn === undefined ? '' : `&turn=${turn}`}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ conversation_id: 'c1', message }),
    ...(signal ? { signal } : {}),
  });
}

export async function ask(base: string, options: AskOptions = {}): Promise<Reply> {
  return await readReply(await fetch(askRequest(base, options)));
}

export async function readReply(response: Response): Promise<Reply> {
  const { status, headers } = response;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  try {
    for await (const bytes of response.body ?? []) text += decoder.decode(bytes, { stream: true });
  } catch (error) {
    return { status, headers, text, error };
  }
  return { status, headers, text: text + decoder.decode(), error: undefined };
}

export interface Records {
  readonly events: readonly EventSourceMessage[];
  readonly comments: readonly string[];
  /** The answer: every token, joined. */
  readonly answer: string;
  readonly lastId: string | undefined;
}

export function readRecords(text: string): Records {
  const events: EventSourceMessage[] = [];
  const comments: string[] = [];
  const parser = createParser({
    onEvent: (event) => events.push(event),
    onComment: (comment) => comments.push(comment),
  });
  parser.feed(text);
  const answer = events.map((event) => (event.event === 'token' ? tokenText(event.data) : '')).join('');
  return { events, comments, answer, lastId: events.at(-1)?.id };
}

function tokenText(data: string): string {
  try {
    const body = JSON.parse(data) as { readonly token?: string; readonly tokens?: readonly string[] };
    return body.token ?? body.tokens?.join('') ?? '';
  } catch {
    // A planted broken record.
    return '';
  }
}
