import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Adapter, EndCause } from '../../src/protocol/adapter.ts';
import { agentMemory } from '../../src/protocol/agent-memory.ts';
import type { Chunk } from '../../src/protocol/chunk.ts';
import { delta } from '../../src/protocol/delta.ts';
import { genie } from '../../src/protocol/genie.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { typed } from '../../src/protocol/typed.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { byteByByte, cutAt, framesOf } from '../support/split.ts';
import { readTurn, runTurn } from './run-turn.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

type Expected = Readonly<Record<string, unknown>>;

interface Case {
  readonly source: string;
  readonly transport: 'sse' | 'ws';
  readonly note: string;
  readonly options?: object;
  readonly compare?: 'concat-text' | 'unordered-tail';
  readonly chunks: readonly Expected[] | readonly (readonly Expected[])[];
}

const protocols: Readonly<Record<string, (options?: object) => Adapter>> = {
  'named-events': namedEvents,
  genie,
  delta,
  typed,
  'agent-memory': agentMemory,
};

/** The codes as the expected lists write them out. */
const codeInWords: Readonly<Record<string, string>> = {
  'closed-early': 'stream-truncated',
  'malformed-frame': 'bad-frame',
  'invalid-chunk': 'bad-frame',
  gap: 'sequence-gap',
};

const splits: readonly { readonly how: string; readonly split: (bytes: Uint8Array) => Iterable<Uint8Array> }[] = [
  { how: 'whole', split: (bytes) => [bytes] },
  { how: 'in pieces of seven bytes', split: inSevens },
  { how: 'byte by byte', split: byteByByte },
];

describe.each(Object.entries(protocols))('%s', (name, create) => {
  const cases = casesOf(name);

  it.each(cases.filter(({ transport }) => transport === 'sse').flatMap(inEverySplit))(
    '$source $how: $note',
    async ({ bytes, split, ...entry }) => {
      const chunks = await runTurn(create(entry.options), framesOf('sse', split(bytes)));
      expectChunks(chunks, entry.chunks as Expected[], entry.compare);
    },
  );

  it.each(cases.filter(({ transport }) => transport === 'ws'))('$source: $note', async ({ bytes, ...entry }) => {
    const turns = Array.isArray(entry.chunks[0]) ? (entry.chunks as Expected[][]) : [entry.chunks as Expected[]];
    const steps = JSON.parse(new TextDecoder().decode(bytes)) as SocketStep[];
    const seen = await runSocket(create(entry.options), steps);
    expect(seen.length).toBe(turns.length);
    seen.forEach((chunks, index) => expectChunks(chunks, turns[index] ?? [], entry.compare));
  });
});

function casesOf(name: string): (Case & { readonly bytes: Uint8Array })[] {
  const folder = `${fixtures}${name}/`;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.expected.json'))
    .map((file) => {
      const entry = JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as Case;
      return { ...entry, bytes: new Uint8Array(readFileSync(`${folder}${entry.source}`)) };
    });
}

function inEverySplit<T extends Case>(entry: T): (T & (typeof splits)[number])[] {
  return splits.map((split) => ({ ...entry, ...split }));
}

interface SocketStep {
  readonly recv?: string;
  readonly recvBase64?: string;
  readonly close?: { readonly code: number; readonly reason: string; readonly wasClean: boolean };
}

/** One list of chunks a turn. The socket outlives its turns; a close between them belongs to none. */
async function runSocket(adapter: Adapter, steps: readonly SocketStep[]): Promise<(readonly Chunk[])[]> {
  let frames = steps.flatMap(frameOf);
  const close = steps.find((step) => step.close !== undefined)?.close;
  const why: EndCause =
    close === undefined
      ? { kind: 'eof' }
      : { kind: 'close', code: close.code, reason: close.reason, clean: close.wasClean };
  const turns: (readonly Chunk[])[] = [];
  while (frames.length > 0) {
    turns.push(await runTurn(adapter, frames, why));
    frames = frames.slice((await readTurn(adapter, frames)).used);
  }
  return turns;
}

function frameOf({ recv, recvBase64 }: SocketStep): Frame[] {
  if (recv !== undefined) return [{ kind: 'message', event: 'message', data: recv }];
  if (recvBase64 === undefined) return [];
  return [{ kind: 'binary', data: new Uint8Array(Buffer.from(recvBase64, 'base64')) }];
}

function expectChunks(chunks: readonly Chunk[], expected: readonly Expected[], compare: Case['compare']): void {
  let seen: Expected[] = chunks.map((chunk) => ({ ...chunk, ...inWords(chunk) }));
  let wanted = expected;
  if (compare === 'concat-text') {
    seen = joined(seen);
    wanted = joined(wanted);
  }
  if (compare === 'unordered-tail') {
    const order = (a: Expected, b: Expected): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    seen = seen.map((chunk) => ({ ...chunk, seq: undefined })).sort(order);
    wanted = [...wanted].sort(order);
  }
  // An expected `null` matches anything, and members that are not expected are not compared.
  const asExpected = seen.map((chunk, index) =>
    Object.fromEntries(
      Object.entries(wanted[index] ?? chunk).map(([key, value]) => [key, value === null ? null : chunk[key]]),
    ),
  );
  expect(asExpected).toEqual(wanted);
}

function inWords(chunk: Chunk): { readonly code?: string } {
  if (chunk.type !== 'error' || chunk.code === undefined) return {};
  return { code: codeInWords[chunk.code] ?? chunk.code };
}

function joined(chunks: readonly Expected[]): Expected[] {
  const out: Expected[] = [];
  for (const chunk of chunks) {
    const last = out.at(-1);
    if (chunk['type'] === 'text' && last?.['type'] === 'text') {
      out[out.length - 1] = { ...last, delta: `${last['delta']}${chunk['delta']}` };
    } else {
      out.push(chunk);
    }
  }
  return out;
}

function inSevens(bytes: Uint8Array): Uint8Array[] {
  return cutAt(
    bytes,
    Array.from({ length: Math.floor(bytes.length / 7) }, (_, index) => (index + 1) * 7),
  );
}
