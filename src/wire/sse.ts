// Server-sent events: text in pieces to frames, by eventsource-parser. It adds what the parser leaves out: records that
// name an event without data, the last event id across records, and a bound that does not depend on how the text was cut.
import { createParser } from 'eventsource-parser';
import type { WireError } from '../base/errors.ts';
import type { Decoder, Frame } from './frame.ts';
import { bufferExceeded } from './limit.ts';
import { createNamedRecordWatch } from './named-record.ts';

export function createSseDecoder(maxFrameChars: number): Decoder {
  let out: Frame[] = [];
  let failure: WireError | undefined;
  let lastId: string | undefined;
  let probing = false;
  let started = false;

  const parser = createParser({
    // The parser counts a line with its field name, we count the value: a little more for it, the exact check is ours.
    maxBufferSize: maxFrameChars + 16,
    onId(id) {
      // An empty id takes the last one away.
      lastId = id === '' ? undefined : id;
    },
    onEvent({ event, data }) {
      if (failure !== undefined) return;
      if (probing) {
        if (data === '') {
          if (event !== undefined) out.push({ kind: 'message', event, data: null, id: lastId });
          return;
        }
        data = data.slice(0, -1);
      }
      if (data.length > maxFrameChars) failure = bufferExceeded(maxFrameChars);
      else out.push({ kind: 'message', event: event ?? 'message', data, id: lastId });
    },
    onComment(text) {
      if (failure !== undefined) return;
      if (text.length > maxFrameChars) failure = bufferExceeded(maxFrameChars);
      else out.push({ kind: 'comment', text });
    },
    onRetry(ms) {
      if (failure === undefined) out.push({ kind: 'retry', ms });
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') failure ??= bufferExceeded(maxFrameChars);
    },
  });

  function feed(text: string): void {
    // After an overflow the parser throws a bare error; ours is thrown once the piece is through.
    if (failure === undefined) parser.feed(text);
  }

  /**
   * An empty data line before the blank line makes the parser hand over a record that has a name alone. It is taken
   * back in `onEvent`: data that was there has gained one LF, and data that is empty was not there.
   */
  function probe(blankLine: string): void {
    feed('data:\n');
    probing = true;
    feed(blankLine);
    probing = false;
  }

  const push = createNamedRecordWatch(feed, probe);
  // Ends the parser's own search for a byte order mark, which would take the three letters `ï»¿` for one.
  feed('\n');

  return {
    push(text, frames) {
      if (failure !== undefined) throw failure;
      if (text === '') return;
      if (!started) {
        started = true;
        if (text.charCodeAt(0) === BYTE_ORDER_MARK) text = text.slice(1);
      }
      out = frames;
      push(text);
      if (failure !== undefined) throw failure;
    },
    end() {
      if (failure !== undefined) throw failure;
    },
  };
}

const BYTE_ORDER_MARK = 0xfeff;
