// What a source that cannot be paused sent and nobody has read yet, as batches. Bounded: past its bounds the reader gets
// what was in it and then `buffer-exceeded`.
import type { StreamError } from '../base/errors.ts';
import { readTwice } from '../base/read-twice.ts';
import { bufferExceeded } from '../wire/limit.ts';
import type { Frame } from '../wire/frame.ts';
import { queueExceeded } from './failures.ts';
import type { FrameBatch, TransportEnd } from './transport.ts';

export interface MailboxLimits {
  readonly maxFrames: number;
  readonly maxBytes: number;
  readonly maxFrameBytes: number;
}

export interface Mailbox {
  /** `undefined` for bytes that are a sign of life and nothing else. */
  put(frame: Frame | undefined, bytes: number): void;
  end(end: TransportEnd): void;
  fail(error: StreamError): void;
  /** Drops what was not read and ends the iteration. */
  close(): void;
  readonly batches: AsyncIterable<FrameBatch>;
}

/** `onClose` is called once: when it failed, or else when it was closed, the reader left or the end was read. */
export function createMailbox(limits: MailboxLimits, onClose: (failed: boolean) => void): Mailbox {
  let frames: Frame[] = [];
  let bytes = 0;
  let alive = false;
  let end: TransportEnd | undefined;
  let failure: StreamError | undefined;
  let closed = false;
  let taken = false;
  let wake: (() => void) | undefined;

  function settle(): void {
    wake?.();
    wake = undefined;
  }

  function close(): void {
    if (closed) return;
    closed = true;
    settle();
    if (failure === undefined) onClose(false);
  }

  function fail(error: StreamError): void {
    if (closed || end !== undefined || failure !== undefined) return;
    failure = error;
    settle();
    onClose(true);
  }

  function take(): FrameBatch {
    const batch = { frames, bytes, ...(end === undefined ? undefined : { end }) };
    frames = [];
    bytes = 0;
    alive = false;
    if (end !== undefined) close();
    return batch;
  }

  async function next(): Promise<IteratorResult<FrameBatch, undefined>> {
    for (;;) {
      if (closed) return done;
      if (alive || (end !== undefined && failure === undefined)) return { done: false, value: take() };
      if (failure !== undefined) {
        closed = true;
        throw failure;
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    put(frame, size) {
      if (closed || end !== undefined || failure !== undefined) return;
      if (size > limits.maxFrameBytes) return fail(bufferExceeded(limits.maxFrameBytes));
      if (frames.length === limits.maxFrames || bytes + size > limits.maxBytes) return fail(queueExceeded());
      if (frame !== undefined) frames.push(frame);
      bytes += size;
      alive = true;
      settle();
    },
    end(why) {
      if (closed || failure !== undefined) return;
      end ??= why;
      settle();
    },
    fail,
    close,
    batches: {
      [Symbol.asyncIterator]() {
        if (taken) throw readTwice();
        taken = true;
        return {
          next,
          async return() {
            close();
            return done;
          },
        };
      },
    },
  };
}

const done = { done: true, value: undefined } as const;
