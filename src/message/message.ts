// The types of what is shown: Message, Part, Conversation. Plain JSON values, never mutated once published.
import type { FinishReason, Meta, Span } from '../protocol/chunk.ts';

export type Role = 'user' | 'assistant' | 'system';

/**
 * | status      | means                                                                              |
 * | ----------- | ---------------------------------------------------------------------------------- |
 * | pending     | asked for; nothing has arrived                                                      |
 * | streaming   | something has arrived and more is expected                                          |
 * | complete    | the server said that it is whole                                                    |
 * | unconfirmed | the format ends by end of file and the file ended: probably whole, a cut looks alike |
 * | stopped     | it was given up: by the reader, or by the server (`finishReason` is then `aborted`)  |
 * | interrupted | the connection was lost and could not be resumed; what arrived is kept              |
 * | failed      | the server reported an error, or what it sent cannot be an answer                   |
 */
export type MessageStatus = 'pending' | 'streaming' | 'complete' | 'unconfirmed' | 'stopped' | 'interrupted' | 'failed';

/** Why a message is not whole, as plain JSON, so that it can be stored. `code` is a `StreamErrorCode`. */
export interface MessageError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly status?: number;
  /** When trying again makes sense, as wall-clock milliseconds. */
  readonly retryAt?: number;
  readonly remoteCode?: string;
  readonly details?: unknown;
}

export interface Usage {
  readonly input?: number;
  readonly output?: number;
  readonly total?: number;
  readonly reasoning?: number;
  readonly cached?: number;
  readonly cost?: number;
}

interface PartBase {
  /** Stable for the part's life; a key for rendering. */
  readonly id: string;
  readonly step?: string;
  /** The agent or sub-run that speaks. */
  readonly run?: string;
  readonly meta?: Meta;
}

export interface ProsePart extends PartBase {
  readonly type: 'text' | 'reasoning' | 'refusal';
  readonly text: string;
  /** `streaming` until the part ended or something else came after it. */
  readonly status: 'streaming' | 'complete';
  /** When the first and the last of it arrived; reasoning panels show the difference. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Opaque proof some providers want back with the next turn. */
  readonly signature?: string;
  readonly redacted?: string;
}

export type TextPart = ProsePart & { readonly type: 'text' };
export type ReasoningPart = ProsePart & { readonly type: 'reasoning' };
export type RefusalPart = ProsePart & { readonly type: 'refusal' };

export interface ApprovalRequest {
  readonly id: string;
  readonly message?: string;
  readonly data?: unknown;
  /** `undefined` while the question is open. */
  readonly approved?: boolean;
  readonly reason?: string;
}

/**
 * | status    | means                                                           |
 * | --------- | --------------------------------------------------------------- |
 * | streaming | arguments are arriving; `args` holds what can be read of them   |
 * | called    | the call is whole, no result yet                                |
 * | awaiting  | an approval is open                                             |
 * | complete  | `result` is final                                               |
 * | failed    | the tool, or reading its arguments, failed; `error` says how     |
 * | denied    | the reader said no                                              |
 */
export interface ToolPart extends PartBase {
  readonly type: 'tool';
  readonly callId: string;
  readonly name: string;
  readonly title?: string;
  /** Who runs it: a `client` call waits for `addToolResult`. */
  readonly by: 'client' | 'server';
  readonly parent?: string;
  readonly status: 'streaming' | 'called' | 'awaiting' | 'complete' | 'failed' | 'denied';
  readonly argsText: string;
  readonly args?: unknown;
  readonly result?: unknown;
  /** The result may still be replaced. */
  readonly preliminary?: boolean;
  readonly error?: string;
  readonly approval?: ApprovalRequest;
}

/** A question of the server's that is not about a tool call. */
export interface ApprovalPart extends PartBase, Omit<ApprovalRequest, 'id'> {
  readonly type: 'approval';
  readonly approvalId: string;
}

export interface SourcePart extends PartBase {
  readonly type: 'source';
  readonly kind: 'url' | 'document';
  readonly url?: string;
  readonly title?: string;
  readonly mediaType?: string;
  readonly quote?: string;
  readonly score?: number;
  /** The spans of the answer it supports. */
  readonly at?: readonly Span[];
  readonly data?: unknown;
}

export interface FilePart extends PartBase {
  readonly type: 'file';
  readonly mediaType: string;
  readonly url?: string;
  readonly base64?: string;
  readonly name?: string;
  readonly reasoning?: boolean;
}

/** One phase of what the server was doing. */
export interface StatusPart extends PartBase {
  readonly type: 'status';
  /** The server's id: a phase that has one lasts until the server ends it, one without until something else happens. */
  readonly key?: string;
  readonly state: string;
  readonly label?: string;
  readonly status: 'active' | 'done' | 'failed';
  readonly progress?: number;
  readonly items?: readonly string[];
  readonly data?: unknown;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** Named data of the application's. Rendered by name; `memory` has a default line. */
export interface DataPart extends PartBase {
  readonly type: 'data';
  readonly name: string;
  readonly key?: string;
  readonly data: unknown;
}

export type Part =
  | TextPart
  | ReasoningPart
  | RefusalPart
  | ToolPart
  | ApprovalPart
  | SourcePart
  | FilePart
  | StatusPart
  | DataPart;

export type PartType = Part['type'];
export type PartOf<T extends PartType> = Extract<Part, { readonly type: T }>;

export interface Message {
  /** Ours, and stable: a server's own id goes to `serverId`. */
  readonly id: string;
  readonly role: Role;
  readonly parts: readonly Part[];
  readonly status: MessageStatus;
  /** Wall-clock milliseconds, from the store's clock. */
  readonly createdAt: number;
  readonly metadata: Meta;
  readonly serverId?: string;
  readonly model?: string;
  /** Added up over the message's steps. */
  readonly usage?: Usage;
  /** The latest figures of each step, where there was more than one report. */
  readonly usageByStep?: Readonly<Record<string, Usage>>;
  readonly finishReason?: FinishReason;
  readonly error?: MessageError;
  /** Which regeneration of the same place this is, from 0. */
  readonly version: number;
  /** How often the answer was continued with tool results or approvals. Absent: never. */
  readonly round?: number;
}

/** Another way the conversation went on from one place, kept whole. */
export interface BranchVersion {
  readonly messages: readonly Message[];
  readonly branches: readonly Branch[];
}

/**
 * A place where more than one version exists. The active version's messages stand in the conversation itself,
 * so a token costs the same with and without branches; its slot in `versions` is `null`.
 */
export interface Branch {
  /** The message before the place; `null` at the start of the conversation. */
  readonly after: string | null;
  readonly versions: readonly (BranchVersion | null)[];
  readonly active: number;
}

export interface Conversation<M = Message> {
  readonly id: string;
  /** The active path, oldest first. */
  readonly messages: readonly M[];
  readonly branches: readonly Branch[];
}
