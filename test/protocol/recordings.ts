// Recorded streams of real servers. They are the data of others, so they are read from a folder beside the repository
// (`$RIVULET_RECORDINGS`) and never copied into it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TextFraming } from '../../src/wire/frame.ts';

const folder =
  process.env['RIVULET_RECORDINGS'] ?? fileURLToPath(new URL('../../../shared/fixtures/wire', import.meta.url));

export interface Recording {
  readonly framing: TextFraming;
  readonly bytes: Uint8Array;
}

/** The cases whose recordings are at hand: all, or none and a line that says so. */
export function atHand<T>(title: string, cases: readonly T[]): readonly T[] {
  if (existsSync(folder)) return cases;
  console.info(`${title}: ${cases.length} recordings left out; set RIVULET_RECORDINGS to their folder.`);
  return [];
}

/** The names of a folder's recordings. */
export function recordingsOf(name: string): readonly string[] {
  if (!existsSync(`${folder}/${name}`)) return [];
  return readdirSync(`${folder}/${name}`).filter((file) => /\.(sse|ndjson|jsonl|chunks\.txt)$/.test(file));
}

/** Recordings that hold payloads alone, one a line, are given the framing they came in. */
export function readRecording(name: string, file: string): Recording {
  const bytes = new Uint8Array(readFileSync(`${folder}/${name}/${file}`));
  if (/\.(ndjson|jsonl)$/.test(file)) return { framing: 'ndjson', bytes };
  if (!file.endsWith('.chunks.txt')) return { framing: 'sse', bytes };
  const payloads = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return { framing: 'sse', bytes: new TextEncoder().encode(payloads.map((line) => `data: ${line}\n\n`).join('')) };
}
