// Text in pieces to whole lines. A line ends with LF; a CR before it belongs to the ending. Linear in the text, however
// it is cut: an unfinished line is kept as the pieces it came in and joined once.
import type { WireError } from '../base/errors.ts';
import { bufferExceeded } from './limit.ts';

export interface LineSplitter {
  push(text: string): void;
  /** Hands over a last line that has no ending, if there is one. */
  end(): void;
}

export function createLineSplitter(maxLineChars: number, onLine: (line: string) => void): LineSplitter {
  let pieces: string[] = [];
  let pendingChars = 0;
  let started = false;
  let failure: WireError | undefined;

  function fail(): never {
    pieces = [];
    throw (failure = bufferExceeded(maxLineChars));
  }

  function complete(last: string): void {
    let line = last;
    if (pieces.length > 0) {
      pieces.push(last);
      line = pieces.join('');
      pieces = [];
      pendingChars = 0;
    }
    if (line.charCodeAt(line.length - 1) === CR) line = line.slice(0, -1);
    if (line.length > maxLineChars) fail();
    onLine(line);
  }

  return {
    push(text) {
      if (failure !== undefined) throw failure;
      if (text === '') return;
      let start = 0;
      if (!started) {
        started = true;
        if (text.charCodeAt(0) === BYTE_ORDER_MARK) start = 1;
      }
      for (let end = text.indexOf('\n', start); end !== -1; end = text.indexOf('\n', start)) {
        complete(text.slice(start, end));
        start = end + 1;
      }
      if (start === text.length) return;
      pieces.push(text.slice(start));
      pendingChars += text.length - start;
      // One more than the limit: the last character may be the CR of an ending.
      if (pendingChars > maxLineChars + 1) fail();
    },
    end() {
      if (failure !== undefined) throw failure;
      if (pieces.length > 0) complete('');
    },
  };
}

const CR = 13;
const BYTE_ORDER_MARK = 0xfeff;
