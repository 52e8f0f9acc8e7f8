// The port of a wire format, seen from the server: where it listens, what it reads from a request, how it writes the
// steps of an answer. One file a format; pacing, resuming and faults are the server's and know nothing of it.
import type { Json } from '../../protocol/chunk.ts';
import type { TokenStep } from '../script.ts';

/** One record as a format's encoder makes it, before the server numbers it. */
export interface DraftRecord {
  /** The SSE event name. Absent: an unnamed record. */
  readonly event?: string;
  /** A string goes out as it is. */
  readonly body: Json;
}

/** One numbered record. */
export interface WireRecord {
  readonly event: string | undefined;
  readonly data: string;
  /** The cursor, where the request wants cursors. */
  readonly id: string | undefined;
}

/** A question as a format's request states it. */
export interface Question {
  readonly conversation: string;
  readonly text: string;
  /** How the request wants the answer, in formats that have more than one way. */
  readonly variant?: string;
  /** How many of the answer's calls the client has run and answered already; see `client-tools.ts`. */
  readonly toolResults?: number;
  /** What the reader said to the question of a tool, in formats that can ask. */
  readonly approved?: boolean;
}

/** Where a client says it is. */
export interface Cursor {
  /** Which answer. */
  readonly answer?: string | undefined;
  /** The running answer of this conversation. With neither: the newest of the turn. */
  readonly conversation?: string;
  /** The last record it has; -1: none. `sent`: all that were sent, whoever got them. */
  readonly index: number | 'sent';
}

export interface EncodeContext {
  readonly question: Question;
  /** Unique within the server and the same for the same request; 8 characters. */
  readonly answerId: string;
}

export type Encoder = (step: TokenStep) => readonly DraftRecord[];

export interface FormatRoute {
  readonly method: 'GET' | 'POST';
  /** Below `<base>/<format>`; a segment that starts with a colon matches any. */
  readonly path: string;
  /** Stops the answer that `readCursor` finds in the path. */
  readonly cancels?: true;
}

/** What a socket's client said. */
export type SocketMessage =
  | {
      readonly type: 'ask';
      readonly question: Question;
      /** Told on every message of the answer; answers that have one may run side by side, others queue. */
      readonly request: string | undefined;
      readonly idempotencyKey: string | undefined;
    }
  | { readonly type: 'resume'; readonly after: string | Cursor; readonly request: string | undefined }
  /** Without a request: whatever runs. */
  | { readonly type: 'cancel'; readonly request: string | undefined }
  | { readonly type: 'ping' };

export interface Format {
  /** The first segment of its routes. */
  readonly name: string;
  readonly contentType: string;
  readonly routes: readonly FormatRoute[];
  /** Sent with every answer. Their names are made known to other origins. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Reads a request to one of its routes, `body` being parsed JSON or `undefined`; `null`: this is no question. */
  readQuestion(body: unknown, query: URLSearchParams, path: string): Question | null;
  /**
   * What a request to one of its routes wants to go on with, in formats that say it their own way. Others go by
   * `Last-Event-ID`, or by `after` in the query or the body.
   */
  readCursor?(path: string, query: URLSearchParams): Cursor | undefined;
  /** Whether an answer to it can be taken up again. Default: any can. */
  keeps?(question: Question): boolean;
  /** Called for each step in order; an answer has one encoder, which may remember what it wrote. */
  createEncoder(context: EncodeContext): Encoder;
  /** Puts a number into a record's body, for answers whose records are numbered. */
  number(body: Json, seq: number): Json;
  /** The record as text of an HTTP body. */
  write(record: WireRecord): string;
  /** A sign of life as text of an HTTP body. Empty: the format has none. */
  readonly heartbeat: string;
  /** The body of an error reply. */
  writeRefusal(status: number, message: string): string;
  /** Absent: the format has no socket. */
  readonly socket?: SocketFormat;
}

export interface SocketFormat {
  /** Below `<base>/<format>`, as in a route. */
  readonly path: string;
  /** `null`: not understood, and answered by nothing. */
  readMessage(message: unknown): SocketMessage | null;
  /** The record as one message. */
  write(record: WireRecord, request: string | undefined): string;
  writeRefusal(message: string, request: string | undefined): string;
  /** What a `resume` of an answer that has ended gets. Default: a refusal. */
  writeNothingLeft?(request: string | undefined): string;
  /** Empty: the format has none. */
  readonly heartbeat: string;
  /** What a `ping` is answered with. */
  readonly pong: string;
}

/** True where `path` fits `pattern`, whose segments that start with a colon stand for anything but a slash. */
export function matchesPath(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => (segment.startsWith(':') ? given[index] !== '' : segment === given[index]))
  );
}
