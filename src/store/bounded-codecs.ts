// Packed records within the turn's bounds: a few bytes may hold gigabytes.
import { isStreamError, type StreamError } from '../base/errors.ts';
import type { Codecs } from '../protocol/adapter.ts';

/** Tells how much each record came to, and of the first that came to more than `maxBytes`. */
export function boundedCodecs(
  codecs: Codecs,
  maxBytes: number,
  onUnpacked: (bytes: number) => void,
  onTooLarge: (error: StreamError) => void,
): Codecs {
  return {
    ...codecs,
    async gunzip(data) {
      try {
        const unpacked = await codecs.gunzip(data, maxBytes);
        onUnpacked(unpacked.length);
        return unpacked;
      } catch (error) {
        if (isStreamError(error)) onTooLarge(error);
        throw error;
      }
    },
  };
}
