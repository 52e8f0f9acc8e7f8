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
    push(piece, frames) {
      if (failure !== undefined) throw failure;
      if (piece === '') return;
      let text = piece;
      if (pieces.length > 0) {
        if (!piece.includes('\n') && !piece.includes('\r')) return keep(piece);
        pieces.push(piece);
        text = pieces.join('');
        pieces = [];
        pendingChars = 0;
      }
      const start = !started && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
      started = true;
      const end = readLines(text, start, state, maxFrameChars, frames);
      if (end === tooLarge) fail();
      if (end < text.length) keep(text.slice(end));
    },
    end() {
      if (failure !== undefined) throw failure;
      // An unfinished record is discarded, as the standard says.
    },
  };
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
 * Few looks at single characters, because they are felt where records are small, and none past the end: `charCodeAt` is
 * a call from then on, which costs a record of 37 bytes a tenth of its time.
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
    if (cr < start && (cr = text.indexOf('\r', start)) === -1) cr = length;
    if (cr === length && (event ?? data ?? state.id ?? state.lastId) === undefined) {
      start = readPlain(text, start, maxFrameChars, frames);
      if (start === length) break;
    }
    if (lf < start && (lf = text.indexOf('\n', start)) === -1) lf = length;
    const end = lf < cr ? lf : cr;
    if (end === length) break;

    if (end === start) {
      dispatch(event, data, state, frames);
      event = data = undefined;
    } else {
      const line = text.slice(start, end);
      const colon = line.indexOf(':');
      const field = colon === -1 ? line : line.slice(0, colon);
      const value = colon === -1 ? '' : line.slice(line.startsWith(' ', colon + 1) ? colon + 2 : colon + 1);
      if (line.length > maxFrameChars + fieldChars || value.length > maxFrameChars) return tooLarge;
      switch (field) {
        case 'data':
          data = data === undefined ? value : `${data}\n${value}`;
          if (data.length > maxFrameChars) return tooLarge;
          break;
        case 'event':
          event = value;
          break;
        case 'id':
          if (!value.includes('\0')) state.id = value;
          break;
        case 'retry':
          if (/^[0-9]+$/.test(value)) frames.push({ kind: 'retry', ms: Number(value) });
          break;
        case '':
          frames.push({ kind: 'comment', text: value });
      }
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

/**
 * The same for the records that most are: a name or none, one line of data, no ids. Returns where the first begins that
 * is something else or not all there. In a function of its own, which stays as fast as it is whatever else was read.
 */
function readPlain(text: string, start: number, maxFrameChars: number, frames: Frame[]): number {
  const last = text.length - 1;
  for (;;) {
    let at = start;
    let end = text.indexOf('\n', at);
    let event = '';
    if (end > at && isEvent(text, at)) {
      event = valueAt(text, at + 6, end);
      at = end + 1;
      end = text.indexOf('\n', at);
    }
    if (end <= at || end === last || text.charCodeAt(end + 1) !== LF || !isData(text, at)) return start;
    const data = valueAt(text, at + 5, end);
    if (data.length > maxFrameChars) return start;
    frames.push({ kind: 'message', event: event || 'message', data });
    start = end + 2;
  }
}

/** The record is over. */
function dispatch(event: string | undefined, data: string | undefined, state: SseState, frames: Frame[]): void {
  const { id, lastId } = state;
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
function isData(text: string, start: number): boolean {
  return (
    text.charCodeAt(start) === 100 &&
    text.charCodeAt(start + 1) === 97 &&
    text.charCodeAt(start + 2) === 116 &&
    text.charCodeAt(start + 3) === 97 &&
    text.charCodeAt(start + 4) === COLON
  );
}

function isEvent(text: string, start: number): boolean {
  return (
    text.charCodeAt(start) === 101 &&
    text.charCodeAt(start + 1) === 118 &&
    text.charCodeAt(start + 2) === 101 &&
    text.charCodeAt(start + 3) === 110 &&
    text.charCodeAt(start + 4) === 116 &&
    text.charCodeAt(start + 5) === COLON
  );
}

const LF = 10;
const SPACE = 32;
const COLON = 58;
const BYTE_ORDER_MARK = 0xfeff;
