// What adapters may use of the platform to unpack frames.
import type { Codecs } from '../protocol/adapter.ts';

export const platformCodecs: Codecs = {
  async gunzip(data) {
    const stream = new Blob([data as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  },
  decodeUtf8: (data) => new TextDecoder().decode(data),
  decodeBase64: (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
};
