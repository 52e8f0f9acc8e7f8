// What Gemini says its answer rests on: search results, retrieved documents, pages it opened, and citations.
import { compact } from '../base/compact.ts';
import type { Emit } from './adapter.ts';
import type { SourceChunk } from './chunk.ts';
import { asObject, type Fields, firstString, listField, numberField, objectField, objectsField } from './read-json.ts';

export interface Told {
  /** Sources and spans already told: they are repeated in every record. */
  readonly told: Set<string>;
  /** All text so far. Citations count its bytes. */
  readonly text: string;
  /** How many parts of text or reasoning there were. */
  readonly parts: number;
}

/** Each source once, and each stretch of text it supports once: later records repeat both. */
export function readGrounding(state: Told, candidate: Fields, emit: Emit): void {
  const grounding = objectField(candidate, 'groundingMetadata', 'candidate') ?? {};
  const queries = listField(grounding, 'webSearchQueries', 'groundingMetadata').filter(
    (item) => typeof item === 'string',
  );
  if (queries.length > 0 && isNew(state, `queries:${queries.join('\n')}`)) {
    emit({ type: 'status', id: 'search', state: 'search', phase: 'end', items: queries });
  }
  const sources = objectsField(grounding, 'groundingChunks', 'groundingMetadata').map(sourceOf);
  for (const source of sources) if (isNew(state, keyOf(source))) emit(source);
  for (const support of objectsField(grounding, 'groundingSupports', 'groundingMetadata')) {
    const quote = firstString(objectField(support, 'segment', 'groundingSupports') ?? {}, 'text');
    const scores = listField(support, 'confidenceScores', 'groundingSupports');
    listField(support, 'groundingChunkIndices', 'groundingSupports').forEach((index, position) => {
      const source = sources[typeof index === 'number' ? index : -1];
      if (source === undefined || quote === undefined || !isNew(state, `${keyOf(source)}\n${quote}`)) return;
      const score = scores[position];
      emit(compact({ ...source, at: { quote }, score: typeof score === 'number' ? score : undefined }));
    });
  }
  const opened = objectField(candidate, 'urlContextMetadata', 'candidate') ?? {};
  for (const page of objectsField(opened, 'urlMetadata', 'urlContextMetadata')) {
    const url = firstString(page, 'retrievedUrl');
    if (url !== undefined && isNew(state, url)) emit({ type: 'source', kind: 'url', id: url, url, data: page });
  }
}

/** Citations count bytes of the whole text; spans count UTF-16 units of a part, which is the whole while there is one. */
export function readCitations(state: Told, candidate: Fields, emit: Emit): void {
  const metadata = objectField(candidate, 'citationMetadata', 'candidate') ?? {};
  const cited = [
    ...objectsField(metadata, 'citationSources', 'citationMetadata'),
    ...objectsField(metadata, 'citations', 'citationMetadata'),
  ];
  for (const citation of cited) {
    const url = firstString(citation, 'uri');
    const title = firstString(citation, 'title');
    const bytes = {
      start: numberField(citation, 'startIndex', 'citationMetadata') ?? 0,
      end: numberField(citation, 'endIndex', 'citationMetadata') ?? 0,
    };
    if (!isNew(state, `${url ?? title}\n${bytes.start}-${bytes.end}`)) continue;
    const start = unitsOf(state.text, bytes.start);
    const end = unitsOf(state.text, bytes.end);
    const at = state.parts === 1 && start !== undefined && end !== undefined ? { part: '1', start, end } : undefined;
    emit(
      compact({
        type: 'source',
        kind: url === undefined ? 'document' : 'url',
        id: url ?? title,
        url,
        title,
        at,
        data: citation,
      }),
    );
  }
}

function sourceOf(chunk: Fields): SourceChunk {
  const fields = asObject(chunk['web']) ?? asObject(chunk['retrievedContext']) ?? asObject(chunk['maps']) ?? {};
  const url = firstString(fields, 'uri');
  const title = firstString(fields, 'title');
  const quote = firstString(fields, 'text');
  const kind = url === undefined ? 'document' : 'url';
  return compact({ type: 'source', kind, id: url ?? title, url, title, quote, data: chunk });
}

function keyOf({ url, title }: SourceChunk): string {
  return url ?? `title:${title}`;
}

function isNew(state: Told, key: string): boolean {
  if (state.told.has(key)) return false;
  state.told.add(key);
  return true;
}

/** How many UTF-16 units the first `bytes` bytes of the text's UTF-8 are; `undefined` beyond its end. */
function unitsOf(text: string, bytes: number): number | undefined {
  let units = 0;
  let left = bytes;
  for (const character of text) {
    if (left <= 0) return units;
    const code = character.codePointAt(0) ?? 0;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    units += character.length;
  }
  return left <= 0 ? units : undefined;
}
