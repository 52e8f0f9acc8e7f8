// Server-sent events: text in pieces to frames, by the algorithm of the HTML standard. Beyond it, comments and `retry` are
// frames, so is a record that names an event without data, and a record has a bound.
// docs/decisions/0005-sse-reader.md says why this is ours, and how fast it is.
import type { WireError } from '../base/errors.ts';
import type { Decoder, Frame } from './frame.ts';
import { bufferExceeded } from './limit.ts';

export function createSseDecoder(maxFrameChars: number): Decoder {
  const state: SseState = { event: undefined, data: undefined, id: undefined, lastId: undefined, afterCr: false };
  /** The line that the last text left unfinished, in the pieces it came in, so that a long one is joined once. */
  let pieces: string[] = [];
  let pendingChars = 0;
  let started = false;
  let failure: WireError | undefined;

  function read(text: string, start: number, frames: Frame[]): number {
    const next = readLines(text, start, state, maxFrameChars, frames);
    return next === tooLarge ? fail() : next;
  }

  function keep(piece: string): void {
    pieces.push(piece);
    pendingChars += piece.length;
    if (pendingChars > maxFrameChars + fieldChars) fail();
  }

  function fail(): never {
    pieces = [];
    throw (failure = bufferExceeded(maxFrameChars));
  }

  return {
    push(text, frames) {
      if (failure !== undefined) throw failure;
      if (text === '') return;
      let start = !started && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
      started = true;
      if (pieces.length > 0) {
        const end = endOfLine(text);
        if (end === -1) return keep(text);
        start = end + 1;
        pieces.push(text.slice(0, start));
        const line = pieces.join('');
        pieces = [];
        pendingChars = 0;
        read(line, 0, frames);
      }
      if (start < text.length) start = read(text, start, frames);
      if (start < text.length) keep(text.slice(start));
    },
    end() {
      if (failure !== undefined) throw failure;
      // An unfinished record is discarded, as the standard says.
    },
  };
}

function endOfLine(text: string): number {
  const lf = text.indexOf('\n');
  const cr = text.indexOf('\r');
  return cr === -1 || (lf !== -1 && lf < cr) ? lf : cr;
}

/** What outlives a line. */
interface SseState {
  /** Of the record being read. */
  event: string | undefined;
  data: string | undefined;
  id: string | undefined;
  /** The last event id in force. */
  lastId: string | undefined;
  /** The text ended in a CR: an LF that comes next belongs to it. */
  afterCr: boolean;
}

/** The bound is for what a line holds; this is the most that stands before it. */
const fieldChars = 'event: '.length;

const tooLarge = -1;

/**
 * Reads the lines that begin at `start` and have an end, and returns where the first begins that has none, or `tooLarge`.
 * One loop over local variables and few looks at single characters, because both are felt where records are small. No
 * look is past the end: `charCodeAt` is a call from then on, which costs a record of 37 bytes a tenth of its time.
 */
function readLines(text: string, start: number, state: SseState, maxFrameChars: number, frames: Frame[]): number {
  const { length } = text;
  if (state.afterCr && text.charCodeAt(start) === LF) start += 1;
  state.afterCr = false;
  let { event, data } = state;
  // Each ending is searched for again only once it is passed; `length` stands for none.
  let lf = -1;
  let cr = -1;

  while (start < length) {
    const first = text.charCodeAt(start);
    let end = start;
    if (first !== LF) {
      if (lf < start && (lf = text.indexOf('\n', start)) === -1) lf = length;
      if (cr < start && (cr = text.indexOf('\r', start)) === -1) cr = length;
      end = lf < cr ? lf : cr;
      if (end === length) break;
    }

    if (end === start) {
      dispatch(event, data, state, frames);
      event = data = undefined;
    } else if (first === LETTER_D && isData(text, start, end)) {
      const value = valueAt(text, start + 5, end);
      data = data === undefined ? value : `${data}\n${value}`;
      if (data.length > maxFrameChars) return tooLarge;
      // A record mostly ends right after its data: seen here, that saves a round.
      if (end === lf && end + 1 < length && text.charCodeAt(end + 1) === LF) {
        dispatch(event, data, state, frames);
        event = data = undefined;
        start = end + 2;
        continue;
      }
    } else if (end - start > maxFrameChars + fieldChars) {
      return tooLarge;
    } else if (first === LETTER_E && isEvent(text, start, end)) {
      event = valueAt(text, start + 6, end);
    } else if (first === LETTER_I && isId(text, start, end)) {
      const value = valueAt(text, start + 3, end);
      if (!value.includes('\0')) state.id = value;
    } else if (first === COLON) {
      const comment = valueAt(text, start + 1, end);
      if (comment.length > maxFrameChars) return tooLarge;
      frames.push({ kind: 'comment', text: comment });
    } else {
      const [, ms] = /^retry: ?([0-9]+)$/.exec(text.slice(start, end)) ?? [];
      if (ms !== undefined) frames.push({ kind: 'retry', ms: Number(ms) });
    }

    start = end + 1;
    if (end !== cr) continue;
    if (start === length) state.afterCr = true;
    else if (text.charCodeAt(start) === LF) start += 1;
  }
  state.event = event;
  state.data = data;
  return start;
}

/** The record is over. */
function dispatch(event: string | undefined, data: string | undefined, state: SseState, frames: Frame[]): void {
  const { id, lastId } = state;
  // Most records, where the server names none: nothing to look at and nothing to write down.
  if (id === undefined && lastId === undefined && data !== undefined) {
    frames.push({ kind: 'message', event: event || 'message', data });
    return;
  }
  state.id = undefined;
  // An empty id takes the last one away.
  if (id !== undefined) state.lastId = id || undefined;
  if (data === undefined && !event) return;
  frames.push({
    kind: 'message',
    event: event || 'message',
    data: data ?? null,
    id: state.lastId,
    inheritsId: id === undefined && lastId !== undefined ? true : undefined,
  });
}

/** The field's value, without the one space that may follow the colon before `at`. */
function valueAt(text: string, at: number, end: number): string {
  return text.slice(text.charCodeAt(at) === SPACE ? at + 1 : at, end);
}

/** As `startsWith`, without the call. */
function isData(text: string, start: number, end: number): boolean {
  return (
    text.charCodeAt(start + 1) === 97 &&
    text.charCodeAt(start + 2) === 116 &&
    text.charCodeAt(start + 3) === 97 &&
    (start + 4 === end || text.charCodeAt(start + 4) === COLON)
  );
}

function isEvent(text: string, start: number, end: number): boolean {
  return (
    text.charCodeAt(start + 1) === 118 &&
    text.charCodeAt(start + 2) === LETTER_E &&
    text.charCodeAt(start + 3) === 110 &&
    text.charCodeAt(start + 4) === 116 &&
    (start + 5 === end || text.charCodeAt(start + 5) === COLON)
  );
}

function isId(text: string, start: number, end: number): boolean {
  return text.charCodeAt(start + 1) === LETTER_D && (start + 2 === end || text.charCodeAt(start + 2) === COLON);
}

const LF = 10;
const SPACE = 32;
const COLON = 58;
const LETTER_D = 100;
const LETTER_E = 101;
const LETTER_I = 105;
const BYTE_ORDER_MARK = 0xfeff;
