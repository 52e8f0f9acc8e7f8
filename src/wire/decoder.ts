// Picks the decoder for a framing.
import type { Decoder, TextFraming } from './frame.ts';
import { createLinesDecoder, createNdjsonDecoder } from './ndjson.ts';
import { createSseDecoder } from './sse.ts';

export interface DecoderLimits {
  /**
   * The most that one record may hold, counted in UTF-16 units, of which a text never has more than bytes. Default 8 MB.
   */
  readonly maxFrameChars?: number;
}

export const defaultMaxFrameChars: number = 8 * 1024 * 1024;

export function createDecoder(framing: TextFraming, limits: DecoderLimits = {}): Decoder {
  const maxFrameChars = limits.maxFrameChars ?? defaultMaxFrameChars;
  switch (framing) {
    case 'sse':
      return createSseDecoder(maxFrameChars);
    case 'ndjson':
      return createNdjsonDecoder(maxFrameChars);
    case 'lines':
      return createLinesDecoder(maxFrameChars);
  }
}
