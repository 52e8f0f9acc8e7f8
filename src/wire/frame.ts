// What one record on the wire is, whatever carried it. A frame is not interpreted: that is the adapter's work.

/** One wire record. */
export type Frame =
  | {
      readonly kind: 'message';
      /** The SSE event name; `message` where the framing has no names. */
      readonly event: string;
      /** `null` for an SSE record that names an event but carries no data line; a browser's EventSource would drop it. */
      readonly data: string | null;
      /** The SSE last event id in force when the record was dispatched. Never used to drop repeats: some servers send one id on every record. */
      readonly id?: string | undefined;
      /** The id is an earlier record's, as the standard has it: this record brought none, so the id does not name it. */
      readonly inheritsId?: true | undefined;
    }
  | { readonly kind: 'comment'; readonly text: string }
  /** The server's wish for the reconnection delay, as sent; the connection clamps it. */
  | { readonly kind: 'retry'; readonly ms: number }
  | { readonly kind: 'binary'; readonly data: Uint8Array };

/** The id that names this record; `undefined` where it brought none. What repeats it is a repeat of the record. */
export function ownId(frame: Extract<Frame, { kind: 'message' }>): string | undefined {
  return frame.inheritsId ? undefined : frame.id;
}

/** How records are told apart: SSE, one JSON value a line, any text a line, or one socket message each. */
export type Framing = 'sse' | 'ndjson' | 'lines' | 'socket';

/** Framings that are text. A socket's messages are frames already. */
export type TextFraming = Exclude<Framing, 'socket'>;

/** Text in pieces to frames, for one connection. Pieces may end anywhere, also inside a line. */
export interface Decoder {
  /**
   * Appends the frames that `text` completes to `frames`. Throws a `WireError` `buffer-exceeded` when a record grows
   * past the limit; the frames before it are in `frames` by then, and every later call throws the same again.
   */
  push(text: string, frames: Frame[]): void;
  /** The stream is over: appends what only the end completes. An unfinished SSE record is discarded, as the standard says. */
  end(frames: Frame[]): void;
}
