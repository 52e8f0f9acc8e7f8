// Where stories stream from: real HTTP endpoints of the dev server, or, in the static build, the same server in the page.
import { fetchTransport } from '../../src/core.ts';
import { createSimulatedFetch, createSimulator, type SimulationOptions, simulationQuery } from '../../src/testing.ts';

/** Options of `useChatStream` and `useEventStream` that reach the simulated server. */
export function backend(route: string, options: SimulationOptions = {}) {
  const url = new URL(`/__simulate/${route}?${simulationQuery(options)}`, window.location.href).href;
  return import.meta.env.PROD ? { url, transport: inPage() } : { url };
}

let transport: ReturnType<typeof fetchTransport> | undefined;

function inPage() {
  transport ??= fetchTransport({ fetch: createSimulatedFetch(createSimulator({ base: '/__simulate' })) });
  return transport;
}
