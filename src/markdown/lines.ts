// Lines of a text, and long code cut by them. The engine and the components share it, so it needs neither.
import type { Text } from 'hast';

/** Where each line of a text starts. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

export function countLines(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(/\r\n|\n|\r/g)) count++;
  return count;
}

/** Lines of code to a text node. One node that grows without end costs a browser far more than many that do not. */
export const chunkLines = 50;

/** Cuts off whole chunks of lines; the value ends with a line ending. */
export function chunked(chunks: readonly Text[], value: string): { chunks: readonly Text[]; value: string } {
  const starts = lineStarts(value);
  if (starts.length <= chunkLines) return { chunks, value };
  const whole: Text[] = [...chunks];
  let from = 0;
  for (let line = chunkLines; line < starts.length; line += chunkLines) {
    whole.push({ type: 'text', value: value.slice(from, starts[line]) });
    from = starts[line] ?? from;
  }
  return { chunks: whole, value: value.slice(from) };
}
