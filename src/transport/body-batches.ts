// The body of one reply as batches: one read, one batch. Nothing is read before it is asked for.
import { readTwice } from '../base/read-twice.ts';
import type { Decoder, Frame } from '../wire/frame.ts';
import { closedEarly } from './failures.ts';
import type { FrameBatch } from './transport.ts';

/** What is needed of a `ReadableStreamDefaultReader`. */
export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/**
 * Leaving the loop or aborting `signal` cancels the body and ends the iteration, also while a read is out. A failing
 * read throws `closed-early`; what the decoder throws is thrown after the frames that came before.
 */
export function createBodyBatches(
  reader: ByteReader,
  decoder: Decoder,
  signal: AbortSignal,
): AsyncIterable<FrameBatch> {
  // One decoder for the connection, so that a character may be cut anywhere. The byte order mark is the frame decoder's.
  const text = new TextDecoder('utf-8', { ignoreBOM: true });
  let taken = false;
  let over = false;
  /** What the decoder threw, to be thrown after the frames before it. */
  let failure: unknown;

  function close(): void {
    over = true;
    signal.removeEventListener('abort', close);
    // A stream that failed cannot be cancelled; there is nothing left to do with it either way.
    reader.cancel().catch(() => undefined);
  }
  if (signal.aborted) close();
  else signal.addEventListener('abort', close);

  function take(read: Awaited<ReturnType<ByteReader['read']>>): IteratorResult<FrameBatch, undefined> {
    if (over) return done;
    const frames: Frame[] = [];
    const bytes = read.value?.byteLength ?? 0;
    try {
      decoder.push(
        read.done ? text.decode() : text.decode(read.value, isWhole(read.value) ? undefined : streaming),
        frames,
      );
      if (read.done) decoder.end(frames);
    } catch (thrown) {
      close();
      if (frames.length === 0) throw thrown;
      failure = thrown;
      return { done: false, value: { frames, bytes } };
    }
    if (!read.done) return { done: false, value: { frames, bytes } };
    close();
    return { done: false, value: { frames, bytes, end: { kind: 'eof' } } };
  }

  function lose(cause: unknown): IteratorResult<FrameBatch, undefined> {
    if (over) return done;
    close();
    throw closedEarly(cause);
  }

  /** Not an async function: one promise a read is all that small reads leave time for. */
  function next(): Promise<IteratorResult<FrameBatch, undefined>> {
    if (failure !== undefined) {
      const thrown = failure;
      failure = undefined;
      return Promise.reject(thrown);
    }
    return over ? Promise.resolve(done) : reader.read().then(take, lose);
  }

  const iterator: AsyncIterator<FrameBatch, undefined> = {
    next,
    async return() {
      if (!over) close();
      failure = undefined;
      return done;
    },
  };
  return {
    [Symbol.asyncIterator]() {
      if (taken) throw readTwice();
      taken = true;
      return iterator;
    },
  };
}

/**
 * No character is cut at the end of these bytes, so a decoder need not be told that more will come. Asked for small pieces
 * only, of one record say: there Node has a shorter way, while large ones it decodes faster as a stream.
 */
function isWhole(bytes: Uint8Array | undefined): boolean {
  return bytes !== undefined && bytes.length < smallBytes && (bytes[bytes.length - 1] ?? 0) < 0x80;
}

const smallBytes = 512;

/** The reader of a reply's body, whatever the platform makes of bodies. */
export function readerOf(response: Response): ByteReader {
  const body: ReadableStream<Uint8Array> | null | undefined = response.body;
  if (body) return body.getReader();
  // React Native's own fetch has no body streams: there the whole text is one read, late but right.
  let rest = body === undefined ? response.text() : Promise.resolve('');
  return {
    async read() {
      const whole = await rest;
      rest = Promise.resolve('');
      return whole === '' ? { done: true } : { done: false, value: new TextEncoder().encode(whole) };
    },
    cancel: () => Promise.resolve(),
  };
}

const done = { done: true, value: undefined } as const;
const streaming = { stream: true } as const;
