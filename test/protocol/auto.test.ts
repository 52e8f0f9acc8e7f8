import { describe, expect, it } from 'vitest';
import { ProtocolError } from '../../src/base/errors.ts';
import type { Adapter, ReplyHead } from '../../src/protocol/adapter.ts';
import { autoProtocol } from '../../src/protocol/auto.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import { delta } from '../../src/protocol/delta.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { typed } from '../../src/protocol/typed.ts';
import type { Frame, Framing } from '../../src/wire/frame.ts';
import { said, turn } from '../support/conversations.ts';
import { foreignRecordings, protocols } from '../support/protocols.ts';
import { eachRecording, framed } from '../support/recordings.ts';
import { cutAt, framesOf } from '../support/split.ts';
import { storedStreams } from '../support/stored-streams.ts';
import { readTurn } from './run-turn.ts';

const adapters = protocols.map(({ adapter }) => adapter);
const auto = autoProtocol(adapters, { request: delta() });

const message = (data: string, event = 'message'): Frame => ({ kind: 'message', event, data });
const head = (framing: Framing, headers: ReplyHead['headers'] = {}): { head: ReplyHead } => ({
  head: { framing, headers },
});
const chosenBy = (chunks: readonly Chunk[]): unknown =>
  chunks.flatMap((chunk) => (chunk.type === 'meta' && 'protocol' in chunk.meta ? [chunk.meta['protocol']] : []))[0];

/** Streams that have a record by which they could be told. */
const streams = storedStreams().filter(({ framing, bytes }) =>
  framesOf(framing, [bytes]).some(({ kind }) => kind !== 'comment'),
);

describe('autoProtocol', () => {
  it.each(streams)('names $name as $protocol.adapter.name at every size of pieces', async (stream) => {
    const { protocol, framing, bytes } = stream;
    const own = protocol.adapter;
    for (const size of [1, 2, 3, 5, 7, 16, 64, 1024, bytes.length]) {
      const edges = Array.from({ length: Math.ceil(bytes.length / size) - 1 }, (_, index) => (index + 1) * size);
      const frames = framesOf(framing, cutAt(bytes, edges));
      const { chunks, ending } = await readTurn(auto, frames, head(framing));
      expect(chosenBy(chunks)).toBe(own.name);
      const alone = await readTurn(own, frames, head(framing));
      expect(ending).toBe(alone.ending);
      expect(chunks.filter(isContent)).toEqual(alone.chunks.filter(isContent));
    }
  });

  it('says which protocol it chose before anything that the protocol says', async () => {
    const { chunks } = await readTurn(auto, [message('{"delta":"a","isFinal":true}')]);
    expect(chunks).toEqual([
      { type: 'meta', meta: { protocol: 'delta' } },
      { type: 'text', delta: 'a' },
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it('takes a format by the head of the reply', async () => {
    const { chunks } = await readTurn(
      auto,
      [message('{"type":"start"}')],
      head('sse', { 'x-vercel-ai-ui-message-stream': 'v1' }),
    );
    expect(chosenBy(chunks)).toBe('ai-sdk');
  });

  it('does not take a format that is not sent by this framing', async () => {
    const line = message('{"model":"m","message":{"content":"a"},"done":false}');
    expect(chosenBy((await readTurn(auto, [line], head('ndjson'))).chunks)).toBe('ollama');
    expect(chosenBy((await readTurn(auto, [line], head('socket'))).chunks)).not.toBe('ollama');
  });

  it('waits for a clearer frame, and then loses none', async () => {
    const frames = [message('{"type":"progress","value":0.5}'), message('{"type":"content","content":"a"}')];
    const { records } = await readTurn(auto, frames);
    expect(records).toEqual(
      [
        [
          { type: 'meta', meta: { protocol: 'typed' } },
          { type: 'unknown', event: 'progress', data: { type: 'progress', value: 0.5 } },
          { type: 'text', delta: 'a' },
        ],
        [],
      ].filter((record) => record.length > 0),
    );
  });

  it('takes the likeliest after eight frames, and at the end', async () => {
    const words = Array.from({ length: 9 }, (_, index) => message(`word ${index} `));
    const { records } = await readTurn(auto, words);
    expect(records.map((record) => record.length)).toEqual([9, 1]);
    const short = await readTurn(auto, words.slice(0, 2));
    expect(short).toMatchObject({ ending: 'unconfirmed', records: [[{ meta: { protocol: 'named-events' } }, {}, {}]] });
  });

  it('tells signs of life at once', async () => {
    const { records } = await readTurn(auto, [
      { kind: 'comment', text: 'keep-alive' },
      message('{"chunk_type":"start"}'),
    ]);
    expect(records[0]).toEqual([{ type: 'heartbeat' }]);
  });

  it('skips a frame that does not fit, also among those that waited', async () => {
    const { chunks, faults } = await readTurn(autoProtocol([typed()], { request: typed() }), [
      message('{"type":"progress"}'),
      message('{"type":"error","message":7}'),
      message('{"type":"content","content":"a"}'),
      message('{"type":"done"}'),
    ]);
    expect(chunks.map(({ type }) => type)).toEqual(['meta', 'unknown', 'error', 'text', 'finish']);
    expect(chunks[2]).toMatchObject({ fatal: false, code: 'invalid-chunk', details: { field: 'message' } });
    expect(faults).toEqual([]);
  });

  it('tries an adapter that cannot say', async () => {
    const { recognise: _, ...rest } = delta();
    const own: Adapter = { ...rest, name: 'own' };
    const either = autoProtocol([own, typed()], { request: own });
    const { chunks } = await readTurn(either, [message('{"delta":"a","isFinal":true}')]);
    expect(chosenBy(chunks)).toBe('own');
    const other = await readTurn(either, [message('{"type":"content","content":"a"}')]);
    expect(chosenBy(other.chunks)).toBe('typed');
  });

  describe('when the reply is in none of the formats', () => {
    const strange = (count: number): Frame[] => Array.from({ length: count }, (_, index) => message(`{"v":${index}}`));
    const few = autoProtocol([delta(), typed()], { request: delta() });

    it('fails the turn after eight frames and quotes what came first', async () => {
      const { chunks, faults, used } = await readTurn(few, strange(20));
      expect(used).toBe(8);
      expect(chunks).toMatchObject([
        { type: 'error', code: 'unrecognised', retryable: false, details: { excerpt: '{"v":0}' } },
      ]);
      expect(faults).toHaveLength(1);
      expect(faults[0]).toBeInstanceOf(ProtocolError);
      expect(faults[0]).toMatchObject({ code: 'unknown-chunk', excerpt: '{"v":0}' });
      expect(faults[0]?.message).toContain('delta, typed');
      expect(faults[0]?.message).not.toContain('"v"');
    });

    it('fails a shorter one at its end', async () => {
      const { chunks, ending } = await readTurn(few, [message('hello', 'greeting')]);
      expect(ending).toBeUndefined();
      expect(chunks).toMatchObject([{ type: 'error', code: 'unrecognised', details: { excerpt: 'greeting: hello' } }]);
    });

    it('quotes bytes as numbers', async () => {
      const only = autoProtocol([delta()], { request: delta() });
      const { chunks } = await readTurn(only, [{ kind: 'binary', data: Uint8Array.of(0x1f, 0x8b, 8) }]);
      expect(chunks).toMatchObject([{ details: { excerpt: '1f 8b 08' } }]);
    });

    eachRecording(foreignRecordings, (name, text) => {
      it(`names nothing of ${name}`, async () => {
        const { framing, bytes } = framed(name, text);
        const { chunks } = await readTurn(auto, framesOf(framing, [bytes]), head(framing));
        expect(chunks).toMatchObject([{ type: 'error', code: 'unrecognised' }]);
      });
    });

    it('leaves a reply without frames to be an empty one', async () => {
      expect(await readTurn(few, [])).toMatchObject({ chunks: [], ending: 'cut' });
      expect(await readTurn(few, [{ kind: 'comment', text: '' }])).toMatchObject({ ending: 'cut' });
    });
  });

  describe('the adapter that asks', () => {
    const question = turn(said('user', 'Hello'));

    it('builds the requests', () => {
      expect(auto.request(question)).toEqual(delta().request(question));
      const own = autoProtocol(adapters, { request: ({ turn: key }) => ({ method: 'POST', body: { key } }) });
      expect(own.request(question)).toEqual({ method: 'POST', body: { key: 'turn-1' } });
    });

    it('lends its headers, deadline and words for an error reply', () => {
      expect(auto.deadlineMs).toBe(120_000);
      const sure = autoProtocol(adapters, { request: namedEvents({ resumable: true, idempotent: true }) });
      expect(sure).toMatchObject({ resumeHeaders: ['last-event-id', 'idempotency-key'], idempotent: true });
      const reply = { status: 503, headers: {}, body: '{"detail":"busy"}' };
      expect(sure.reject?.(reply)).toEqual({ type: 'error', status: 503, message: 'busy' });
    });
  });

  describe('resuming', () => {
    const point = { input: turn(said('user', 'Hello')) };
    const started = message('{"event":"workflow_started","task_id":"t","workflow_run_id":"w"}');

    it("is the chosen protocol's", () => {
      const state = auto.init();
      auto.read(state, started, () => {});
      expect(auto.resume?.(state, point)?.path).toBe('/workflow/w/events');
      expect(auto.cancel?.(state, point)?.path).toBe('/chat-messages/t/stop');
    });

    it('is by headers where the chosen protocol has no way of its own', () => {
      const state = auto.init();
      auto.read(state, message('{"token":"a"}', 'token'), () => {});
      expect(auto.resume?.(state, point)).toBeUndefined();
    });

    it('follows what the answer remembers where a reload lost the state', () => {
      const begun = { ...said('assistant'), metadata: { protocol: 'dify', difyRun: 'w' } };
      expect(auto.resume?.(auto.init(), { ...point, message: begun })?.path).toBe('/workflow/w/events');
    });
  });
});

/** Heartbeats may come before what waited; the choice is told by `auto` alone. */
function isContent(chunk: Chunk): boolean {
  return chunk.type !== 'heartbeat' && !(chunk.type === 'meta' && 'protocol' in chunk.meta);
}
