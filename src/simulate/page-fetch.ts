// A `fetch` that is answered inside the page, for a static Storybook: nothing leaves it, and nobody is mocked.
import type { Simulator } from './handler.ts';

/** Unpacks what a browser's own network layer would have unpacked. */
export function createSimulatedFetch(simulator: Simulator): typeof fetch {
  return async (input, init) => {
    // A copy of a request hears an abort only as long as somebody keeps the original.
    const request = input instanceof Request && init === undefined ? input : new Request(input, init);
    const response = await simulator(request);
    if (response.body === null || response.headers.get('content-encoding') !== 'gzip') return response;
    // The DOM's types keep the two ends of this pair apart; every platform takes any bytes.
    const unzip = new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
    return new Response(response.body.pipeThrough(unzip), response);
  };
}
