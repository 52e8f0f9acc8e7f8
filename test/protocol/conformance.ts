// What every adapter has to hold, whatever it reads. `conformance` defines the tests for one adapter and its samples.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStreamError } from '../../src/base/errors.ts';
import type { Adapter, ReplyHead, TurnInput } from '../../src/protocol/adapter.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { said, toolTurn, turn } from '../support/conversations.ts';
import type { Sample } from '../support/samples.ts';
import { byteByByte, framesOf, utf8 } from '../support/split.ts';
import { codecs, readTurn } from './run-turn.ts';

export interface ConformanceOptions {
  readonly create: () => Adapter;
  readonly samples: readonly [Sample, ...Sample[]];
}

/** Values that fit no field, and fields that fit no value. */
const misfits: readonly unknown[] = [null, 7, -1.5, 'x', '', true, [], [1], [null], [[]], {}, { x: 1 }, '__proto__'];

const garbage: readonly Frame[] = [
  ...[
    '',
    ' ',
    'x',
    '{',
    '{}',
    '[]',
    '[{}]',
    'null',
    '7',
    '"x"',
    '{"type":7}',
    '\u0000',
    '<html></html>',
    'data: x',
  ].flatMap((data) =>
    ['message', 'error', 'done', 'ping', 'data', 'constructor'].map((event): Frame => ({
      kind: 'message',
      event,
      data,
    })),
  ),
  { kind: 'message', event: 'message', data: null },
  { kind: 'message', event: 'ping', data: null },
  { kind: 'message', event: 'message', data: '{"__proto__":{"type":"x"},"constructor":1,"toString":2}' },
  { kind: 'message', event: 'message', data: `${'['.repeat(5000)}${']'.repeat(5000)}` },
  { kind: 'comment', text: 'keep-alive' },
  { kind: 'retry', ms: 1 },
  { kind: 'binary', data: Uint8Array.of() },
  { kind: 'binary', data: Uint8Array.of(0xff, 0, 0x1f, 0x8b) },
];

const inputs: readonly TurnInput[] = [
  turn(said('user', 'Hello')),
  turn(said('user', 'One'), said('assistant', 'Two'), said('user', 'Three')),
  turn(
    said('system', 'Be brief.'),
    said('user', 'One'),
    { ...said('assistant'), status: 'failed' },
    said('user', 'Again'),
  ),
  { ...turn(said('user', 'One'), said('assistant', 'Two')), trigger: 'continue' },
  turn({ ...said('user'), parts: [] }),
  turn(),
  { ...toolTurn, conversation: withoutFiles(toolTurn) },
];

export function conformance({ create, samples }: ConformanceOptions): void {
  const adapter = create();
  const heads: readonly ReplyHead[] = adapter.framings.map((framing) => ({ framing, headers: {} }));
  const framesOfSample = ({ stream, framing }: Sample): Frame[] => framesOf(framing, [utf8(stream)]);

  describe(`the adapter ${adapter.name}`, () => {
    it('carries on no value that is nested too deeply to be walked', async () => {
      const nested = `${'['.repeat(6_000)}${']'.repeat(6_000)}`;
      const all = samples.flatMap(framesOfSample).flatMap((frame) => deepened(frame, nested));
      // Each costs a whole stack, so some two dozen over all of them have to do.
      const step = Math.ceil(all.length / 24);
      for (const frame of all.filter((_, index) => index % step === 0)) {
        const { chunks } = await readTurn(adapter, [frame]);
        expect(() => JSON.stringify(chunks)).not.toThrow();
        for (const head of heads) expect(() => adapter.recognise?.(frame, head)).not.toThrow();
      }
    });

    it('is frozen and says what it reads', () => {
      expect(Object.isFrozen(adapter)).toBe(true);
      expect(adapter.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(adapter.framings.length).toBeGreaterThan(0);
      expect(adapter.accepts.every((type) => /^[a-z]+\/[a-z.+-]+$/.test(type))).toBe(true);
    });

    it.each(samples)('reads sample %# alike however it is cut, alone and beside another turn', async (sample) => {
      const frames = framesOfSample(sample);
      const once = await readTurn(adapter, frames);
      expect(framesOf(sample.framing, byteByByte(utf8(sample.stream)))).toEqual(frames);
      expect(await readTurn(adapter, frames)).toEqual(once);
      expect(await interleaved(adapter, frames)).toEqual([once.chunks, once.chunks]);
      expect(once.faults).toEqual([]);
    });

    it.each(samples)('makes chunks of sample %# that are plain JSON', async (sample) => {
      const { chunks } = await readTurn(adapter, framesOfSample(sample));
      expect(JSON.parse(JSON.stringify(chunks))).toStrictEqual(chunks);
    });

    it.each(samples)('never takes sample %# for whole when it is cut', async (sample) => {
      const bytes = utf8(sample.stream);
      for (let length = 0; length < bytes.length; length += 1) {
        const frames = framesOf(sample.framing, [bytes.subarray(0, length)]);
        const isWhole =
          sample.whole !== null && frames.some((frame) => holds(frame, sample.whole ?? '') && isUncut(frame));
        const { chunks, ending } = await readTurn(adapter, frames);
        const looksWhole = ending === 'complete' || chunks.some(({ type }) => type === 'finish');
        expect({ length, looksWhole: looksWhole && !isWhole }).toEqual({ length, looksWhole: false });
      }
      const { chunks, ending } = await readTurn(adapter, framesOfSample(sample));
      const isFinished = chunks.some(({ type }) => type === 'finish');
      expect(isFinished ? 'finished' : ending).toBe(sample.whole === null ? 'unconfirmed' : 'finished');
    });

    it.each(samples)('lets nothing after the end of sample %# count', async (sample) => {
      const frames = framesOfSample(sample);
      const once = await readTurn(adapter, frames);
      const more = [...garbage, ...frames];
      // Where only the end of file ends it, what comes before that is no addition.
      const isOver = (await readTurn(adapter, [...frames, ...more])).used <= frames.length;
      expect(isOver ? (await readTurn(adapter, [...frames, ...more])).chunks : once.chunks).toEqual(once.chunks);
      const state = adapter.init();
      for (const frame of [...frames, ...more]) await readInto(adapter, state, frame);
    });

    it('throws nothing but a `ProtocolError` that names the field', async () => {
      const odd = samples.flatMap(framesOfSample).flatMap(mutations);
      const state = adapter.init(heads[0]);
      for (const frame of [...garbage, ...odd]) {
        const { faults } = await readTurn(adapter, [frame]);
        for (const fault of faults) {
          expect(fault).toMatchObject({ name: 'ProtocolError', field: expect.stringMatching(/./) });
        }
        // The same state sees them all, as in a stream that goes wrong and on.
        await readInto(adapter, state, frame);
      }
      expect(['complete', 'unconfirmed', 'cut']).toContain(adapter.end(state, () => {}, { kind: 'eof' }));
    });

    it('throws nothing else on anything at all', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.constantFrom('message', 'error', 'done', 'token'), fc.oneof(fc.json(), fc.string()))),
          async (records) => {
            await readTurn(
              adapter,
              records.map(([event, data]) => ({ kind: 'message', event, data })),
            );
          },
        ),
        { numRuns: 100 },
      );
    });

    it('says of any frame whether it is its own, and of its samples that they are', () => {
      const { recognise } = adapter;
      if (recognise === undefined) return;
      for (const head of heads) {
        const scores = garbage.map((frame) => recognise(frame, head));
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
      }
      for (const sample of samples) {
        const head: ReplyHead = { framing: sample.framing, headers: {} };
        const best = Math.max(...framesOfSample(sample).map((frame) => recognise(frame, head)));
        expect(best).toBeGreaterThan(0);
      }
    });

    it('hands back as they are the frames that need no unpacking', async () => {
      for (const frame of [...garbage, ...samples.flatMap(framesOfSample)]) {
        if (frame.kind === 'binary' || (frame.kind === 'message' && frame.data?.includes('"compressed"'))) continue;
        expect(await (adapter.prepare?.(frame, codecs) ?? frame)).toBe(frame);
      }
    });

    it.each(inputs)('builds request %# as plain JSON, and leaves the conversation alone', (input) => {
      const draft = adapter.request(deepFreeze(structuredClone(input)));
      expect(JSON.parse(JSON.stringify(draft))).toStrictEqual(draft);
      expect(adapter.request(input)).toEqual(draft);
    });

    it('resumes and cancels by plain JSON or not at all, wherever the stream stands', async () => {
      for (const sample of samples) {
        const state = adapter.init({ framing: sample.framing, headers: {} });
        for (const frame of framesOfSample(sample)) {
          const point = { input: inputs[0] as TurnInput };
          const drafts = [adapter.resume?.(state, point), adapter.cancel?.(state, point)].filter(
            (draft) => draft != null,
          );
          expect(JSON.parse(JSON.stringify(drafts))).toStrictEqual(drafts);
          await readInto(adapter, state, frame);
        }
      }
    });

    it('makes something of any error reply', () => {
      for (const body of [
        '',
        'x',
        'null',
        '[]',
        '{}',
        '{"error":null}',
        '{"error":7,"message":[]}',
        '<html>',
        '{"error":{}}',
      ]) {
        const chunk = adapter.reject?.({ status: 500, headers: {}, body });
        expect(chunk === undefined || (chunk.type === 'error' && chunk.status === 500)).toBe(true);
        expect(JSON.parse(JSON.stringify(chunk ?? null))).toStrictEqual(chunk ?? null);
      }
    });
  });
}

async function readInto(adapter: Adapter, state: unknown, frame: Frame): Promise<void> {
  try {
    adapter.read(state, (await adapter.prepare?.(frame, codecs)) ?? frame, () => {});
  } catch (error) {
    if (!isStreamError(error) || error.name !== 'ProtocolError') throw error;
  }
}

/** Two turns at once, a frame of each by turns. */
async function interleaved(adapter: Adapter, frames: readonly Frame[]): Promise<Chunk[][]> {
  const turns = [0, 1].map(() => {
    const chunks: Chunk[] = [];
    return { state: adapter.init(), chunks, emit: (chunk: Chunk) => void chunks.push(chunk) };
  });
  for (const frame of frames) {
    const ready = (await adapter.prepare?.(frame, codecs)) ?? frame;
    for (const { state, emit } of turns) adapter.read(state, ready, emit);
  }
  for (const { state, chunks, emit } of turns) {
    if (!chunks.some(({ type }) => type === 'finish' || type === 'error')) adapter.end(state, emit, { kind: 'eof' });
  }
  const end = (chunks: Chunk[]): number => chunks.findIndex(({ type }) => type === 'finish') + 1 || chunks.length;
  return turns.map(({ chunks }) => chunks.slice(0, end(chunks)));
}

/** The frame with each of its values, one after the other, replaced by what does not fit. */
function mutations(frame: Frame): Frame[] {
  if (frame.kind !== 'message' || frame.data === null) return [];
  let value: unknown;
  try {
    value = JSON.parse(frame.data);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
  const changed = [...replaced(value)].map((next): Frame => ({ ...frame, data: JSON.stringify(next) }));
  const cut = [1, 2, 3].map((part): Frame => ({ ...frame, data: (frame.data ?? '').slice(0, -part) }));
  return [...changed, ...cut];
}

/** The frame with each of its members, one after the other, replaced by a value that only text can hold. */
function deepened(frame: Frame, nested: string): Frame[] {
  if (frame.kind !== 'message' || frame.data === null) return [];
  const { data } = frame;
  return [...data.matchAll(/:\s*(?=["{[\dtfn])/g)].map(({ index, 0: colon }) => ({
    ...frame,
    data: `${data.slice(0, index)}${colon}${nested},"rest":${data.slice(index + colon.length)}`,
  }));
}

function* replaced(value: unknown): Generator<unknown> {
  yield* misfits;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const next of replaced(inner)) {
      yield Array.isArray(value) ? value.with(Number(key), next) : { ...value, [key]: next };
    }
    if (!Array.isArray(value)) yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  }
}

function holds(frame: Frame, text: string): boolean {
  return frame.kind === 'message' && `${frame.event}\n${frame.data}`.includes(text);
}

/** A line at the end of a file may be the beginning of one; then it is no JSON. */
function isUncut(frame: Frame): boolean {
  if (frame.kind !== 'message' || !frame.data?.startsWith('{')) return true;
  try {
    JSON.parse(frame.data);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return false;
  }
}

function withoutFiles({ conversation }: TurnInput): TurnInput['conversation'] {
  const messages = conversation.messages.map((message) => ({
    ...message,
    parts: message.parts.filter(({ type }) => type !== 'file'),
  }));
  return { ...conversation, messages };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
