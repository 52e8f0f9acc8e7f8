// What a script for the scripted transport can say.
import type { StreamError } from '../base/errors.ts';
import type { Frame } from '../wire/frame.ts';
import type { TransportEnd, TransportRequest, TransportResponse } from './transport.ts';

/** What happens next on a connection. Each step that brings something is one read. */
export type ScriptStep =
  | { readonly frames: readonly Frame[] }
  /** One message, or several that arrive together. */
  | { readonly data: string | readonly string[]; readonly event?: string; readonly id?: string }
  /** Text as it is on the wire, decoded by the framing of the response; it may end anywhere. */
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  | { readonly afterMs: number }
  | { readonly end: TransportEnd }
  | { readonly fail: StreamError }
  /** The network fails: `closed-early`. */
  | 'lost'
  /** Nothing more comes until the reader gives up. */
  | 'stall';

export interface ScriptedAttempt {
  /** How long the head of the reply takes. Default 0; `Infinity`: it never comes. */
  readonly headMs?: number;
  /** Rejects instead of opening: with this error, or with the one that stands for such a reply. */
  readonly refuse?: StreamError | ScriptedReply;
  /** Default: status 200, the url of the request, the first of its framings. */
  readonly response?: Partial<TransportResponse>;
  /** Followed by the end of the file, unless they end otherwise. */
  readonly steps?: Iterable<ScriptStep> | AsyncIterable<ScriptStep>;
}

export interface ScriptedReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the n-th request gets, counted from 0. In a list the last attempt repeats. */
export type Script =
  | ScriptedAttempt
  | readonly ScriptedAttempt[]
  | ((request: TransportRequest, index: number) => ScriptedAttempt);
