// What of a turn's chunks its reader has not been told yet. A server that replays an answer tells all of it again; who
// reads chunks rather than messages would have everything twice.
import type { Chunk, ProseDeltaChunk } from '../protocol/chunk.ts';
import type { ChunkUpdate } from './answer.ts';

type Growing = ProseDeltaChunk | Extract<Chunk, { type: 'tool-args' }>;

/**
 * Gives the chunks of each update that are new. Of a replay these are the rest of each text, and facts that were not
 * told; a text that came out differently is told once as `set`, which replaces what was told.
 */
export function createRetelling(): (update: ChunkUpdate) => readonly Chunk[] {
  let texts = new Map<string, string>();
  let facts = new Map<string, number>();

  function tell(chunk: Chunk): Chunk {
    if (isGrowing(chunk)) {
      const key = keyOf(chunk);
      texts.set(key, (texts.get(key) ?? '') + chunk.delta);
    } else if ('set' in chunk && chunk.set !== undefined) texts.set(chunk.type, chunk.set);
    else facts.set(factOf(chunk), (facts.get(factOf(chunk)) ?? 0) + 1);
    return chunk;
  }

  return ({ chunks, replace }) => {
    if (replace !== true) return chunks.map(tell);
    const before = { texts, facts };
    texts = new Map();
    facts = new Map();
    chunks.forEach(tell);
    const passed = new Map<string, number>();
    const isNew = (fact: string) => {
      const count = (passed.get(fact) ?? 0) + 1;
      passed.set(fact, count);
      return count > (before.facts.get(fact) ?? 0);
    };
    return chunks.flatMap((chunk): readonly Chunk[] => {
      if (!isGrowing(chunk)) return 'set' in chunk || isNew(factOf(chunk)) ? [chunk] : [];
      const key = keyOf(chunk);
      const at = passed.get(key) ?? 0;
      passed.set(key, at + chunk.delta.length);
      const told = before.texts.get(key) ?? '';
      const whole = texts.get(key) ?? '';
      if (whole.startsWith(told)) {
        const delta = chunk.delta.slice(Math.max(0, told.length - at));
        return delta === '' ? [] : [{ ...chunk, delta }];
      }
      // Arguments that changed are told whole by their `tool-call`.
      if (at > 0 || chunk.type === 'tool-args') return [];
      const { delta: _delta, ...rest } = chunk;
      return [{ ...rest, set: whole }];
    });
  };
}

function isGrowing(chunk: Chunk): chunk is Growing {
  return 'delta' in chunk && chunk.delta !== undefined;
}

/** By kind only: a replay may name its parts anew. */
function keyOf(chunk: Growing): string {
  return chunk.type === 'tool-args' ? `args ${chunk.id}` : chunk.type;
}

function factOf({ cursor: _cursor, seq: _seq, raw: _raw, ...fact }: Chunk): string {
  return JSON.stringify(fact);
}
