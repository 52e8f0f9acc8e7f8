// An adapter whose wire format is the chunks themselves, so that a test says in one place what the server sends and what
// the turn gives. A record's data is one chunk or a list of them as JSON; with `cursors`, its id is their cursor.
import { ProtocolError } from '../../src/base/errors.ts';
import type { Adapter, Ending } from '../../src/protocol/adapter.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import { type Frame, ownId } from '../../src/wire/frame.ts';
import { frame } from './puppet-transport.ts';

export interface ChunkAdapterOptions extends Partial<
  Pick<
    Adapter<ChunkAdapterState>,
    'idempotent' | 'resumeHeaders' | 'deadlineMs' | 'resume' | 'resumes' | 'reject' | 'prepare' | 'cancel'
  >
> {
  readonly cursors?: boolean;
  /** What an end of file means. Default `cut`. */
  readonly ending?: Ending;
  /** Emitted at the end of file. */
  readonly late?: readonly Chunk[];
}

export interface ChunkAdapterState {
  /** Records read by this state. */
  records: number;
}

export function chunkAdapter(options: ChunkAdapterOptions = {}): Adapter<ChunkAdapterState> {
  const { cursors = false, ending = 'cut', late = [], ...members } = options;
  return {
    name: 'chunks',
    framings: ['sse', 'socket'],
    accepts: ['text/event-stream'],
    ...members,
    init: () => ({ records: 0 }),
    read(state, record, emit) {
      if (record.kind !== 'message' || record.data === null) return;
      state.records += 1;
      const read = parse(record.data);
      for (const chunk of Array.isArray(read) ? read : [read]) {
        emit(cursors && ownId(record) !== undefined ? { ...chunk, cursor: ownId(record) } : chunk);
      }
    },
    end(_, emit) {
      late.forEach(emit);
      return ending;
    },
    request: ({ turn }) => ({ method: 'POST', body: { turn } }),
  };
}

function parse(data: string): Chunk | readonly Chunk[] {
  try {
    return JSON.parse(data) as Chunk | readonly Chunk[];
  } catch (cause) {
    throw new ProtocolError('invalid-chunk', 'Not JSON.', { cause, field: 'data' });
  }
}

export function record(chunk: Chunk | readonly Chunk[], id?: string): Frame {
  return frame(JSON.stringify(chunk), id);
}

export const text = (delta: string, seq?: number): Chunk =>
  seq === undefined ? { type: 'text', delta } : { type: 'text', delta, seq };

export const finish: Chunk = { type: 'finish', reason: 'stop' };
