// The adapter port: one foreign protocol as a small state machine without I/O. It reads frames, says what an end of
// file means, reads error bodies and builds requests; it never waits, retries, fetches or looks at a clock.
import type { Conversation, Message } from '../message/message.ts';
import type { Frame, Framing } from '../wire/frame.ts';
import type { Chunk, ErrorChunk, Json } from './chunk.ts';

export type Emit = (chunk: Chunk) => void;

/** A request as the protocol wants it. The caller's url, headers and `prepareRequest` are applied on top. */
export interface RequestDraft {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Appended to the caller's url. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json | object;
}

/** What a turn is built from. */
export interface TurnInput {
  /** Ends with the message to be answered, or with the assistant's message that a tool result continues. */
  readonly conversation: Conversation;
  readonly trigger: 'send' | 'regenerate' | 'retry' | 'continue';
  /** The same for every attempt of the turn: the idempotency key of servers that know one. */
  readonly turn: string;
}

/** What a resume or a cancel can go by beside the state, which is a new one after a reload. */
export interface TurnPoint<Input = TurnInput> {
  readonly input: Input;
  /** The cursor of the last chunk that was applied. */
  readonly cursor?: string;
  /** The answer as far as it is applied; its `serverId` is what `start` named. */
  readonly message?: Message;
}

/** What an adapter may use of the platform, handed in so that it stays pure. */
export interface Codecs {
  /** Stops unpacking, with a `WireError` `buffer-exceeded`, at more than `maxBytes`: a few bytes may hold gigabytes. */
  gunzip(data: Uint8Array, maxBytes?: number): Promise<Uint8Array>;
  decodeUtf8(data: Uint8Array): string;
  decodeBase64(text: string): Uint8Array;
}

/** What the end of a connection means when no terminal chunk came. */
export type Ending =
  /** The format ends this way. */
  | 'complete'
  /** The format ends this way, but so does a cut: the two cannot be told apart. */
  | 'unconfirmed'
  /** Something is missing. */
  | 'cut';

export type EndCause =
  | { readonly kind: 'eof' }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string; readonly clean: boolean };

/** What is known of the reply before its first frame. A transport's response is one. */
export interface ReplyHead {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly framing: Framing;
}

/**
 * `State` belongs to one attempt of one turn: `init` makes it, `read` may change it in place, nobody else looks inside.
 * A resume from a cursor goes on with the same state; a replay gets a new one.
 */
export interface Adapter<State = unknown, Input = TurnInput> {
  readonly name: string;
  readonly framings: readonly Framing[];
  /** Content types that are this format, without parameters. */
  readonly accepts: readonly string[];
  /** Repeating the request under the same key does not start a second generation. Default `false`. */
  readonly idempotent?: boolean;
  /** Headers it may add when resuming; none for foreign APIs, whose CORS preflight would refuse them. */
  readonly resumeHeaders?: readonly ('last-event-id' | 'idempotency-key')[];
  /**
   * Where the reply to a resume begins. `continue` (default): after the last applied frame, and the state goes on.
   * `replay`: at the start of the turn, so that it is read with a new state and applied behind the visible text.
   */
  readonly resumes?: 'continue' | 'replay';
  /** How long a whole turn may take. Default: no limit. */
  readonly deadlineMs?: number;
  /** `reply` is the head of the attempt's reply. Only adapters that choose by it need it. */
  init(reply?: ReplyHead): State;
  /**
   * Whether this frame is of this format, by marks of its own: 1 is certain, 0 says nothing, and what lies between is
   * what other formats may have too. Never throws. `autoProtocol` asks it of the first frames of a reply; an adapter
   * without it is judged by what `read` makes of them.
   */
  recognise?(frame: Frame, reply: ReplyHead): number;
  /**
   * Awaited, in order, before `read`: unpacks compressed or binary frames. Frames that are neither are handed back as
   * they are. Throws a `ProtocolError` for one that cannot be unpacked; it is reported and skipped as in `read`.
   */
  prepare?(frame: Frame, codecs: Codecs): Frame | Promise<Frame>;
  /**
   * Emits what the frame says, in order. Throws a `ProtocolError` that names the field for a payload that does not fit;
   * the frame is then reported and skipped. Emitting after a terminal chunk is harmless: the runner drops it.
   */
  read(state: State, frame: Frame, emit: Emit): void;
  /** Called once when the connection ended without a terminal chunk; may emit what was held back. */
  end(state: State, emit: Emit, why: EndCause): Ending;
  /** What an error reply means. Default: its status alone. */
  reject?(response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }): ErrorChunk;
  /** Throws a `UsageError` for what the conversation holds and the protocol cannot carry, rather than leave it out. */
  request(input: Input): RequestDraft;
  /** How to go on after the last applied frame; `null`: not from here. Absent or `undefined`: by `resumeHeaders`, else not at all. */
  resume?(state: State, point: TurnPoint<Input>): RequestDraft | null | undefined;
  /** Tells the server to stop generating; `null`: aborting is all there is. */
  cancel?(state: State, point: TurnPoint<Input>): RequestDraft | null;
}
