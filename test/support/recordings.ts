// Streams recorded from real servers. They are the data of others and live outside the repository; where they are
// missing, one line says how many cases were left out.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';
import type { TextFraming } from '../../src/wire/frame.ts';
import { utf8 } from './split.ts';

const folder = resolve(root, process.env['RIVULET_RECORDINGS'] ?? '../shared/fixtures/wire');

/** The recordings that are there, with their text. */
export function readRecordings(names: readonly string[]): readonly (readonly [name: string, text: string])[] {
  const there = names.filter((name) => existsSync(join(folder, name)));
  const missing = names.length - there.length;
  if (missing > 0)
    console.info(`${missing} recorded streams are not in RIVULET_RECORDINGS; their cases were left out.`);
  return there.map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

/** Defines tests for each recording that is there. */
export function eachRecording(names: readonly string[], define: (name: string, text: string) => void): void {
  const recordings = readRecordings(names);
  for (const [name, text] of recordings) define(name, text);
  // A suite must hold a test; where all are missing this one says that the folder is, and not just one of its files.
  if (recordings.length > 0) return;
  it('are left out only where their folder is missing', () => {
    expect(names.filter((name) => existsSync(join(folder, dirname(name))))).toEqual([]);
  });
}

/** Recorded streams of a folder, as `folder/file`; none where they are missing. */
export function recordingsIn(name: string): readonly string[] {
  const path = join(folder, name);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => /\.(sse|ndjson|jsonl|chunks\.txt)$|^ai4-.*\.txt$/.test(file))
    .map((file) => `${name}/${file}`);
}

/** A recording's bytes and how its records are told apart. Payloads stored one a line get the framing they came in. */
export function framed(name: string, text: string): { readonly framing: TextFraming; readonly bytes: Uint8Array } {
  if (name.endsWith('.sse')) return { framing: 'sse', bytes: utf8(text) };
  if (name.startsWith('ai-sdk-data-v1/')) return { framing: 'lines', bytes: utf8(text) };
  if (name.startsWith('ollama/')) return { framing: 'ndjson', bytes: utf8(text) };
  const records = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [recordOf(name, line)]));
  return { framing: 'sse', bytes: utf8(records.join('')) };
}

/** Tuples are an event and its data; other lines are data alone. */
function recordOf(name: string, line: string): string {
  if (!name.includes('.tuples.')) return `data: ${line}\n\n`;
  const [event, data] = JSON.parse(line) as [string, unknown];
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The lines of a recording that holds one JSON value a line. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));
}

/** The `data` of each record of an SSE recording that is JSON. */
export function sseData(text: string): Record<string, unknown>[] {
  return text.split(/\n\n/).flatMap((record) => {
    const data = record.split('\n').flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trim()] : []));
    return data.length === 0 || data[0] === '[DONE]' ? [] : [JSON.parse(data.join('\n')) as Record<string, unknown>];
  });
}
