// Server-sent events: text in pieces to frames, by eventsource-parser, with a shorter way for plain records. Adds what
// the parser leaves out: records that name an event without data, the last event id across records, and a bound that
// does not depend on how the text was cut.
import { createParser } from 'eventsource-parser';
import type { WireError } from '../base/errors.ts';
import type { Decoder, Frame } from './frame.ts';
import { bufferExceeded } from './limit.ts';
import { createNamedRecordWatch } from './named-record.ts';
import { readPlainRecords, type SseState } from './plain-records.ts';

export function createSseDecoder(maxFrameChars: number): Decoder {
  let out: Frame[] = [];
  let failure: WireError | undefined;
  const state: SseState = { lastId: undefined, unfinished: false };
  let probing = false;
  let started = false;
  /** The parser holds nothing: what comes next begins a record. */
  let atRecord = true;
  /** The beginning of a plain record, kept back to be read whole. A longer one is the parser's, which does not reread. */
  let carried = '';
  const maxCarriedChars = Math.min(1024, maxFrameChars);

  const parser = createParser({
    // The parser counts a line with its field name, we count the value: a little more for it, the exact check is ours.
    maxBufferSize: maxFrameChars + 16,
    onId(id) {
      // An empty id takes the last one away.
      state.lastId = id || undefined;
    },
    onEvent({ event, data }) {
      if (failure !== undefined) return;
      if (probing) {
        if (data === '') {
          if (event !== undefined) out.push({ kind: 'message', event, data: null, id: state.lastId });
          return;
        }
        data = data.slice(0, -1);
      }
      if (data.length > maxFrameChars) failure = bufferExceeded(maxFrameChars);
      else out.push({ kind: 'message', event: event ?? 'message', data, id: state.lastId });
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

  const parse = createNamedRecordWatch(feed, probe);
  // Ends the parser's own search for a byte order mark, which would take the three letters `ï»¿` for one.
  feed('\n');

  function read(text: string, at: number): void {
    while (at < text.length) {
      if (atRecord) at = readPlainRecords(text, at, state, maxFrameChars, out);
      if (at === text.length) return;
      if (atRecord && state.unfinished && text.length - at <= maxCarriedChars) {
        carried = text.slice(at);
        return;
      }
      const end = recordEnd(text, at);
      parse(text.slice(at, end));
      if (failure !== undefined) throw failure;
      atRecord = end !== undefined;
      at = end ?? text.length;
    }
  }

  return {
    push(text, frames) {
      if (failure !== undefined) throw failure;
      if (text === '') return;
      if (!started) {
        started = true;
        if (text.charCodeAt(0) === BYTE_ORDER_MARK) text = text.slice(1);
      }
      out = frames;
      let at = 0;
      if (carried !== '') {
        // Joined only as far as the record goes: searching a string that was put together is slower.
        at = recordEnd(text, 0) ?? text.length;
        const joined = carried + text.slice(0, at);
        carried = '';
        read(joined, 0);
      }
      read(text, at);
    },
    end() {
      if (failure !== undefined) throw failure;
    },
  };
}

/** Where a record ends beyond doubt, whatever the parser holds: after LF and a blank line that ends in LF. */
function recordEnd(text: string, at: number): number | undefined {
  for (let lf = text.indexOf('\n', at); lf !== -1; lf = text.indexOf('\n', lf + 1)) {
    const next = text.charCodeAt(lf + 1);
    if (next === LF) return lf + 2;
    if (next === CR && text.charCodeAt(lf + 2) === LF) return lf + 3;
  }
  return undefined;
}

const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = 0xfeff;
