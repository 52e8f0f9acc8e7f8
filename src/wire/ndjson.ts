// Lines to frames: each line is one message whose data is the line's raw text. Parsing it is the adapter's work.
import type { Decoder, Frame } from './frame.ts';
import { createLineSplitter } from './lines.ts';

/** Blank lines are skipped: some servers send them as a sign of life, and no JSON value is blank. */
export function createNdjsonDecoder(maxFrameChars: number): Decoder {
  return createLineDecoder(maxFrameChars, (line) => /\S/.test(line));
}

/** Every line is a message, blank ones included: only the adapter knows what a line means. */
export function createLinesDecoder(maxFrameChars: number): Decoder {
  return createLineDecoder(maxFrameChars, () => true);
}

function createLineDecoder(maxFrameChars: number, isRecord: (line: string) => boolean): Decoder {
  let out: Frame[] = [];
  const splitter = createLineSplitter(maxFrameChars, (line) => {
    if (isRecord(line)) out.push({ kind: 'message', event: 'message', data: line, id: undefined });
  });
  return {
    push(text, frames) {
      out = frames;
      splitter.push(text);
    },
    end(frames) {
      out = frames;
      splitter.end();
    },
  };
}
