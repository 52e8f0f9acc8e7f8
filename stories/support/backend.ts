// Where stories stream from: real HTTP endpoints of the dev server, or, in the static build, the same handler in the page.
import { fetchTransport } from '../../src/core.ts';
import { createSimulator } from '../../src/testing.ts';

/** Options of `useChatStream` and `useEventStream` that reach the simulated server. */
export function backend(route: string, options: Readonly<Record<string, string | number>> = {}) {
  const query = new URLSearchParams(Object.entries(options).map(([name, value]) => [name, String(value)]));
  const url = new URL(`/__simulate/${route}?${query}`, window.location.href).href;
  return import.meta.env.PROD ? { url, transport: inPage() } : { url };
}

let simulator: ReturnType<typeof createSimulator> | undefined;

function inPage() {
  simulator ??= createSimulator();
  const handle = simulator;
  return fetchTransport({ fetch: (input, init) => handle(new Request(input, init)) });
}
