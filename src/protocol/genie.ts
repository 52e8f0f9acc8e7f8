// Genie: agent records told apart by `messageType`, alone, in batches or gzipped, and a numbered variant of plain text.
// A result, a final search answer or `[DONE]` ends an answer; only the numbered variant ends by end of file.
import { compact } from '../base/compact.ts';
import { isStreamError } from '../base/errors.ts';
import type { Frame } from '../wire/frame.ts';
import type { Adapter, Codecs, Emit } from './adapter.ts';
import { newestOf, textOf } from './read-conversation.ts';
import {
  asObject,
  booleanField,
  type Fields,
  firstString,
  invalid,
  listField,
  numberField,
  objectField,
  objectsField,
  parseBody,
  parseObject,
  stringField,
} from './read-json.ts';

export interface GenieOptions {
  /** Which endpoint the url is: the agent's, or the search tool's. They share one grammar and differ in their requests. Default `agent`. */
  readonly endpoint?: 'agent' | 'search';
  /** Which kind of agent should answer. Default: the server's choice. */
  readonly agentType?: string | number;
}

interface GenieState {
  /** Addresses already told: every search record repeats all of its documents. */
  readonly sources: Set<string>;
  /** Who speaks under a message id; said in the first record only. */
  readonly authors: Map<string, string>;
  /** Only numbered text so far: that variant has no last record. */
  numbered: boolean;
}

/** The adapter for Genie's agents and its search tool. */
export function genie(options: GenieOptions = {}): Adapter<GenieState> {
  const { endpoint = 'agent', agentType } = options;
  return Object.freeze<Adapter<GenieState>>({
    name: 'genie',
    framings: ['sse'],
    accepts: ['text/event-stream'],
    init: () => ({ sources: new Set(), authors: new Map(), numbered: false }),
    prepare: unpack,
    recognise,
    read: readFrame,
    end: (state) => (state.numbered ? 'unconfirmed' : 'cut'),
    reject({ status, body }) {
      const fields = parseBody(body);
      return compact({ type: 'error', status, message: firstString(fields, 'error', 'message', 'detail') });
    },
    request({ conversation, turn }) {
      const query = textOf(newestOf(conversation, 'user'));
      return {
        method: 'POST',
        body:
          endpoint === 'search'
            ? { query, request_id: turn }
            : compact({ query, agentType, requestId: turn, isStream: true }),
      };
    },
  });
}

/** Some servers write records that are SSE text already: one `data:` too many, and blank lines behind. */
function textOfFrame(frame: Frame): string {
  return frame.kind === 'message' ? (frame.data ?? '').trim().replace(/^data:\s*/, '') : '';
}

async function gunzip(packed: string, codecs: Codecs): Promise<Frame> {
  try {
    const data = codecs.decodeUtf8(await codecs.gunzip(codecs.decodeBase64(packed)));
    return { kind: 'message', event: 'message', data };
  } catch (cause) {
    throw invalid('compressed', 'data', 'gzip', { cause });
  }
}

function unpack(frame: Frame, codecs: Codecs): Frame | Promise<Frame> {
  const text = textOfFrame(frame);
  // Parsing every record twice would cost more than this look.
  if (!text.includes('"compressed"')) return frame;
  const { compressed, data } = parseBody(text);
  return compressed === true && typeof data === 'string' ? gunzip(data, codecs) : frame;
}

function recognise(frame: Frame): number {
  const text = textOfFrame(frame);
  if (text === 'heartbeat') return 0.8;
  const fields = parseBody(text);
  if (typeof fields['messageType'] === 'string' || fields['compressed'] === true) return 1;
  if (fields['type'] === 'batch' && Array.isArray(fields['messages'])) return 1;
  if (typeof fields['sequence'] === 'number' && typeof fields['content'] === 'string') return 1;
  return typeof fields['requestId'] === 'string' ? 0.6 : 0;
}

function readFrame(state: GenieState, frame: Frame, emit: Emit): void {
  if (frame.kind === 'comment') emit({ type: 'heartbeat' });
  if (frame.kind !== 'message') return;
  const text = textOfFrame(frame);
  if (text === '') return;
  if (text === 'heartbeat') {
    emit({ type: 'heartbeat' });
    return;
  }
  if (text === '[DONE]') {
    emit({ type: 'finish', reason: 'stop' });
    return;
  }
  if (frame.event === 'error') {
    emitError(parseObject(text, 'error'), emit);
    return;
  }
  readRecord(state, parseRecord(text, emit), emit);
}

/** One endpoint writes its errors by hand and unescaped; what cannot be read and speaks of an error is one. */
function parseRecord(text: string, emit: Emit): Fields {
  try {
    return parseObject(text, 'message');
  } catch (error) {
    if (isStreamError(error) && text.includes('"error"')) {
      emit({ type: 'error', code: 'malformed-frame', message: 'The server reported an error that cannot be read.' });
    }
    throw error;
  }
}

function readRecord(state: GenieState, record: Fields, emit: Emit): void {
  if (record['type'] !== 'batch') {
    readMessage(state, record, emit);
    return;
  }
  let fault: unknown;
  for (const entry of listField(record, 'messages', 'batch')) {
    try {
      const fields = asObject(entry);
      if (fields === undefined) throw invalid('batch', 'messages', 'a list of objects');
      readMessage(state, fields, emit);
    } catch (error) {
      // The others of the batch are as good as if they had come alone.
      fault ??= error;
    }
  }
  if (fault !== undefined) throw fault;
}

function readMessage(state: GenieState, fields: Fields, emit: Emit): void {
  const type = stringField(fields, 'messageType', 'message');
  if (type === undefined) {
    readUntyped(state, fields, emit);
    return;
  }
  state.numbered = false;
  const part = stringField(fields, 'messageId', type);
  const author = authorOf(state, fields, part, type);
  const send: Emit = author === undefined ? emit : (chunk) => emit({ ...chunk, run: author });
  const isFinal = booleanField(fields, 'isFinal', type) ?? false;
  switch (type) {
    case 'planning': {
      const items = listField(fields, 'planList', type).filter((item) => typeof item === 'string');
      send(compact({ type: 'status', id: part, state: type, items, phase: isFinal ? 'end' : undefined }));
      return;
    }
    case 'agent_stream':
      sendText(part, stringField(fields, 'result', type), isFinal, send);
      return;
    case 'status': {
      const label = stringField(fields, 'message', type);
      const sources = objectField(fields, 'searchResult', type);
      send(compact({ type: 'status', state: stringField(fields, 'status', type) ?? 'working', label }));
      sendSources(state, sources, send);
      return;
    }
    case 'search': {
      const answer = stringField(fields, 'answer', type);
      sendSources(state, objectField(fields, 'searchResult', type), send);
      sendText(part, answer, isFinal, send);
      if (isFinal) emit({ type: 'finish', reason: 'stop' });
      return;
    }
    case 'result': {
      const result = objectField(fields, 'resultMap', type);
      sendText(part, stringField(fields, 'result', type) ?? firstString(result ?? {}, 'taskSummary'), true, send);
      if (result !== undefined) send({ type: 'data', name: 'result', data: result });
      emit({ type: 'finish', reason: 'stop' });
      return;
    }
    case 'error':
      emitError(fields, emit);
      return;
    default: {
      const data = fields['resultMap'] ?? undefined;
      send(data === undefined ? { type: 'unknown', event: type, data: fields } : { type: 'data', name: type, data });
    }
  }
}

/** `{id?, sequence?, content}`, numbered from 0 and perhaps out of order; or an error written by hand. */
function readUntyped(state: GenieState, fields: Fields, emit: Emit): void {
  const seq = numberField(fields, 'sequence', 'message');
  const text = stringField(fields, 'content', 'message');
  if (text === undefined && seq === undefined) {
    if (typeof fields['error'] === 'string') emitError(fields, emit);
    else emit({ type: 'unknown', data: fields });
    return;
  }
  if (seq !== undefined && !(Number.isSafeInteger(seq) && seq >= 0))
    throw invalid('message', 'sequence', 'a whole number');
  state.numbered = true;
  // An empty text keeps its number: what comes after it must not wait.
  emit(compact({ type: 'text', delta: text ?? '', seq }));
}

/** The final record repeats the whole text. An empty one has nothing to repeat, and takes nothing back. */
function sendText(part: string | undefined, text: string | undefined, isFinal: boolean, send: Emit): void {
  if (text === undefined || text === '') return;
  send(isFinal ? compact({ type: 'text', part, set: text }) : compact({ type: 'text', part, delta: text }));
}

function sendSources(state: GenieState, found: Fields | undefined, send: Emit): void {
  for (const document of found === undefined ? [] : objectsField(found, 'docs', 'searchResult')) {
    const url = firstString(document, 'link', 'url');
    const title = firstString(document, 'title');
    const key = url ?? `title:${title ?? ''}`;
    if (state.sources.has(key)) continue;
    state.sources.add(key);
    const quote = firstString(document, 'content');
    send(compact({ type: 'source', kind: url === undefined ? 'document' : 'url', url, title, quote, data: document }));
  }
}

function authorOf(state: GenieState, fields: Fields, part: string | undefined, type: string): string | undefined {
  const named = stringField(fields, 'digitalEmployee', type) || undefined;
  if (part === undefined) return named;
  if (named !== undefined) state.authors.set(part, named);
  return named ?? state.authors.get(part);
}

function emitError(fields: Fields, emit: Emit): void {
  const code = firstString(fields, 'code', 'errorCode');
  emit(compact({ type: 'error', code, message: firstString(fields, 'error', 'message', 'errorMsg') }));
}
