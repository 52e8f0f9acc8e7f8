// The real parts behind the ports, made when they are first needed: one clock, one environment, one count of streams a
// page, so that all of a page's connections see the same.
import type { Clock } from '../base/clock.ts';
import { WireError } from '../base/errors.ts';
import { createSystemClock } from '../base/system-clock.ts';
import type { Random } from '../connection/backoff.ts';
import { createBrowserEnvironment, type Environment } from '../connection/environment.ts';
import { createOriginLimit, type OriginLimit } from '../connection/origin-limit.ts';
import type { Codecs } from '../protocol/adapter.ts';

export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  readonly originLimit: OriginLimit;
  readonly codecs: Codecs;
}

let shared: Platform | undefined;

/** The page's, worker's or server's own parts. */
export function platform(): Platform {
  if (shared === undefined) {
    const clock = createSystemClock();
    const environment = createBrowserEnvironment(clock);
    const originLimit = createOriginLimit((url) => environment.route(url));
    shared = { clock, random: Math.random, environment, originLimit, codecs: platformCodecs };
  }
  return shared;
}

const platformCodecs: Codecs = {
  async gunzip(data, maxBytes = Number.POSITIVE_INFINITY) {
    const packed = new Blob([data as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
    const reader = packed.getReader();
    const pieces: BlobPart[] = [];
    let size = 0;
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      if (size > maxBytes) {
        void reader.cancel();
        throw new WireError(
          'buffer-exceeded',
          `A packed record holds more than ${maxBytes} bytes, so reading stopped. Raise \`maxFrameBytes\` if records may be larger.`,
        );
      }
      pieces.push(read.value);
    }
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  },
  decodeUtf8: (data) => new TextDecoder().decode(data),
  decodeBase64: (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
};
