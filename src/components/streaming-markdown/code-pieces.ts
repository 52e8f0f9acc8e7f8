// The text of a code block in pieces of fifty lines, which a browser lays out far faster than one text that grows.
import type { Element, Text } from 'hast';
import { chunkLines, chunked } from '../../markdown/lines.ts';

/** The `code` inside a `pre`. */
export function codeOf(block: Element | undefined): Element | undefined {
  const code = block?.children[0];
  return code?.type === 'element' ? code : undefined;
}

export function languageOf(code: Element | undefined): string | undefined {
  const names = code?.properties['className'];
  const name = Array.isArray(names) ? names.find((each) => String(each).startsWith('language-')) : undefined;
  return name === undefined ? undefined : String(name).slice('language-'.length);
}

/** What is whole keeps its identity while the text grows. */
export function codePieces(code: Element | undefined): Text[] {
  const texts = code?.children.filter((child): child is Text => child.type === 'text') ?? [];
  return texts.flatMap((text, index) => (index === texts.length - 1 ? lastPieces(text) : [text]));
}

function lastPieces(text: Text): Text[] {
  if (text.value.length < chunkLines) return [text];
  const { chunks, value } = chunked([], text.value);
  return value === '' ? [...chunks] : [...chunks, { type: 'text', value }];
}
