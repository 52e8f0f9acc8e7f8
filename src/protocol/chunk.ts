// The one internal vocabulary: what any backend's stream is turned into. Names are nouns; a chunk says what became
// true, never what to do about it. Meanings are kept losslessly enough to rebuild the source format's.

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Free-form facts a server sends along; carried, never interpreted. */
export type Meta = Readonly<Record<string, unknown>>;

/** What every chunk may carry. */
export interface ChunkBase {
  /** A position the server can resume after, unique within the turn. Declared by the adapter, never guessed from an SSE id. */
  readonly cursor?: string;
  /** Order within the turn, from a server that numbers its records. Only `message/sequence` orders by it. */
  readonly seq?: number;
  /** The step the chunk belongs to; usage replaces within a step and adds up over steps. */
  readonly step?: string;
  /** The agent or sub-run that speaks, where several share one stream. */
  readonly run?: string;
  /** The record as it came, where an adapter is asked to keep it. */
  readonly raw?: unknown;
}

/** The stretch of text that something supports. Offsets are UTF-16 units into the part named by `part`. */
export interface Span {
  readonly part?: string;
  readonly start?: number;
  readonly end?: number;
  readonly quote?: string;
}

/** The turn begins: who answers, under which ids. May repeat on resume; later facts win. */
export interface StartChunk extends ChunkBase {
  readonly type: 'start';
  readonly id?: string;
  readonly thread?: string;
  readonly model?: string;
  readonly meta?: Meta;
}

export type ProseType = 'text' | 'reasoning' | 'refusal';

/** More of a text. Without `part` it continues the newest part of its type, unless something else came between. */
export interface ProseDeltaChunk extends ChunkBase {
  readonly type: ProseType;
  readonly part?: string;
  readonly delta: string;
  readonly set?: undefined;
}

/** The whole of a text so far. Replaces what stands; appending it would double the answer. */
export interface ProseSetChunk extends ChunkBase {
  readonly type: ProseType;
  readonly part?: string;
  readonly set: string;
  readonly delta?: undefined;
}

/** A part is final. `signature` and `redacted` are sent back to the server in later turns, unchanged. */
export interface PartEndChunk extends ChunkBase {
  readonly type: 'part-end';
  readonly part: string;
  readonly signature?: string;
  readonly redacted?: string;
  readonly meta?: Meta;
}

/** A tool is about to be called; its arguments follow. */
export interface ToolStartChunk extends ChunkBase {
  readonly type: 'tool-start';
  readonly id: string;
  readonly name: string;
  /** Who runs it. Default `server`. */
  readonly by?: 'client' | 'server';
  readonly title?: string;
  /** The tool call that made this one. */
  readonly parent?: string;
  readonly meta?: Meta;
}

/** More of the arguments' JSON text. */
export interface ToolArgsChunk extends ChunkBase {
  readonly type: 'tool-args';
  readonly id: string;
  readonly delta: string;
}

/** The call is whole. Starts the tool where no `tool-start` came before. `error`: the arguments do not parse. */
export interface ToolCallChunk extends ChunkBase {
  readonly type: 'tool-call';
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
  readonly error?: string;
  readonly by?: 'client' | 'server';
  readonly meta?: Meta;
}

/** What the tool returned. A preliminary result is replaced by the next one. */
export interface ToolResultChunk extends ChunkBase {
  readonly type: 'tool-result';
  readonly id: string;
  readonly name?: string;
  readonly result: unknown;
  readonly error?: boolean;
  readonly preliminary?: boolean;
}

/** The server waits for a yes or no, or tells which one was given. `tool` is the tool call in question. */
export interface ApprovalChunk extends ChunkBase {
  readonly type: 'approval';
  readonly id: string;
  readonly tool?: string;
  readonly message?: string;
  readonly data?: unknown;
  /** The answer, where the server knows it already: given by a rule, or in an earlier attempt. */
  readonly approved?: boolean;
  /** Why it was given so. */
  readonly reason?: string;
}

/** Something the answer rests on. The same `id` twice, or the same url without an id, is one source. */
export interface SourceChunk extends ChunkBase {
  readonly type: 'source';
  readonly id?: string;
  readonly kind: 'url' | 'document';
  readonly url?: string;
  readonly title?: string;
  readonly mediaType?: string;
  readonly quote?: string;
  readonly score?: number;
  /** The span of the answer it supports. */
  readonly at?: Span;
  readonly data?: unknown;
}

/** A file the answer contains. */
export interface FileChunk extends ChunkBase {
  readonly type: 'file';
  readonly url?: string;
  readonly base64?: string;
  readonly mediaType: string;
  readonly name?: string;
  /** Made while thinking, not meant as an answer. */
  readonly reasoning?: boolean;
  readonly meta?: Meta;
}

/** What the server is doing: the phases a thinking indicator shows. The same `id` (else the same `state`) is the same phase. */
export interface StatusChunk extends ChunkBase {
  readonly type: 'status';
  readonly id?: string;
  readonly state: string;
  readonly label?: string;
  readonly phase?: 'start' | 'update' | 'end';
  /** Set at the end of a phase that can fail. */
  readonly ok?: boolean;
  /** 0 to 1. */
  readonly progress?: number;
  /** Lines of a plan, queries of a search. */
  readonly items?: readonly string[];
  readonly data?: unknown;
}

/** Anything with a name that an application understands. Transient data is told once and not kept. */
export interface DataChunk extends ChunkBase {
  readonly type: 'data';
  readonly name: string;
  /** The same name and id replace, patch or append to the same part. */
  readonly id?: string;
  readonly data: unknown;
  /** Default `set`. `patch` is an RFC 6902 list, or an object merged shallowly. */
  readonly op?: 'set' | 'patch' | 'append';
  readonly transient?: boolean;
}

/** A model call inside the turn. `reset`: what this step sent so far is void. */
export interface StepChunk extends ChunkBase {
  readonly type: 'step';
  readonly phase: 'start' | 'end' | 'reset';
  readonly id?: string;
}

/** Tokens so far within the step: the last wins. `input` includes `cached`; `output` includes `reasoning`. */
export interface UsageChunk extends ChunkBase {
  readonly type: 'usage';
  readonly input?: number;
  readonly output?: number;
  readonly total?: number;
  readonly reasoning?: number;
  readonly cached?: number;
  readonly cost?: number;
  readonly model?: string;
}

/** Facts about the message, merged shallowly. */
export interface MetaChunk extends ChunkBase {
  readonly type: 'meta';
  readonly meta: Meta;
}

export type FinishReason =
  | 'stop'
  | 'length'
  /** The turn ends on a client tool call without a result, whatever the provider names it. */
  | 'tool-calls'
  | 'content-filter'
  | 'paused'
  | 'aborted'
  | 'other'
  | 'unknown';

/**
 * The answer is over. Terminal: the only thing that makes a message `complete`; `aborted`, which says that the server
 * gave it up, makes it `stopped`.
 */
export interface FinishChunk extends ChunkBase {
  readonly type: 'finish';
  readonly reason: FinishReason;
  /** The provider's own word, where it differs. Narrows the base's `raw`. */
  readonly raw?: string;
}

/** The server reports a failure. Terminal unless `fatal` is `false`. `retryAfter` is in seconds. */
export interface ErrorChunk extends ChunkBase {
  readonly type: 'error';
  readonly code?: string;
  readonly message?: string;
  readonly status?: number;
  readonly retryable?: boolean;
  readonly retryAfter?: number;
  readonly fatal?: boolean;
  readonly details?: unknown;
}

/** A sign of life that says nothing else. */
export interface HeartbeatChunk extends ChunkBase {
  readonly type: 'heartbeat';
  readonly at?: number;
}

/** A record the adapter does not know. Reported once a kind, then skipped. */
export interface UnknownChunk extends ChunkBase {
  readonly type: 'unknown';
  readonly event?: string;
  readonly data?: unknown;
}

export type Chunk =
  | StartChunk
  | ProseDeltaChunk
  | ProseSetChunk
  | PartEndChunk
  | ToolStartChunk
  | ToolArgsChunk
  | ToolCallChunk
  | ToolResultChunk
  | ApprovalChunk
  | SourceChunk
  | FileChunk
  | StatusChunk
  | DataChunk
  | StepChunk
  | UsageChunk
  | MetaChunk
  | FinishChunk
  | ErrorChunk
  | HeartbeatChunk
  | UnknownChunk;

export type ChunkType = Chunk['type'];
export type ChunkOf<T extends ChunkType> = Extract<Chunk, { readonly type: T }>;

/** The server gave the answer up: what there is of it is all there will be, and not the whole. */
export function isAborted(chunk: Chunk): boolean {
  return chunk.type === 'finish' && chunk.reason === 'aborted';
}

/** A terminal chunk ends its turn; nothing after it counts. */
export function isTerminal(chunk: Chunk): chunk is FinishChunk | ErrorChunk {
  return chunk.type === 'finish' || (chunk.type === 'error' && chunk.fatal !== false);
}
