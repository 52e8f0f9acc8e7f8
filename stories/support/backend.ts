// Where stories stream from: real HTTP and WebSocket endpoints of the dev server; in the static build, and in the lab's
// hands, the same server in the page. Whichever it is, the lab sees it.
import {
  type ChatOptions,
  type EventStreamOptions,
  fetchTransport,
  type Transport,
  webSocketTransport,
} from '../../src/core.ts';
import {
  createSimulatedFetch,
  createSimulatedWebSocket,
  createSimulator,
  type SimulationOptions,
  simulationQuery,
  type Simulator,
  type SimulatorOptions,
} from '../../src/testing.ts';
import type { Lab } from './lab/lab-context.ts';
import { labTransport } from './lab/lab-transport.ts';
import type { ProtocolName } from './lab/protocol-titles.ts';
import { protocolNamed } from './lab/protocols.ts';
import { labSimulation } from './lab/simulation.ts';

export interface BackendOptions extends SimulationOptions {
  /** What the story speaks unless the lab says otherwise. Default `named-events`. */
  readonly protocol?: ProtocolName;
}

/** Options of `createChat` and `useChatStream` that reach the simulated server. */
export function backend(lab: Lab, { protocol = 'named-events', ...story }: BackendOptions = {}): ChatOptions {
  const { session, state } = lab;
  const { path, adapter, socket } = protocolNamed(state.protocol, protocol);
  const query = simulationQuery(labSimulation(state, story));
  const url = new URL(`${base}/${path}?${query}`, window.location.href).href;
  return {
    url,
    protocol: adapter,
    transport: watched(lab, socket),
    platform: {
      environment: session.environment,
      ...(session.held && { clock: session.clock, random: session.random }),
    },
    ...(session.held && { id: 'lab', generateId: session.generateId }),
  };
}

export interface FeedOptions extends SimulationOptions {
  /** Below the simulated server: `feed/prices`, `feed/notifications`. */
  readonly path: string;
  readonly everyMs?: number;
}

/** Options of `createEventStream` and `useEventStream` that reach a feed of the same server. */
export function feed(
  lab: Lab,
  { path, everyMs = 500, ...story }: FeedOptions,
): Required<Pick<EventStreamOptions, 'url' | 'transport' | 'platform'>> {
  const { session, state } = lab;
  const query = simulationQuery(labSimulation(state, story));
  // A name of its own in the server's books: faults are counted by a feed's attempts.
  const turn = session.held ? 'lab' : crypto.randomUUID();
  const address = `${base}/${path}?${query}&everyMs=${everyMs}&turn=${turn}`;
  return {
    url: new URL(address, window.location.href).href,
    transport: watched(lab, undefined),
    platform: { clock: session.clock, environment: session.environment, random: session.random },
  };
}

/** What reaches the server, under the lab's eyes. */
function watched({ session, state }: Lab, socket: true | undefined): Transport {
  const server = session.held ? createSimulator({ base, scripts, clock: session.serverClock }) : pageServer();
  const inner = server === undefined ? overNetwork(socket) : inPage(server, socket, session.held);
  return labTransport(inner, state.faults, session);
}

const base = '/__simulate';

function overNetwork(socket: true | undefined): Transport {
  return socket ? webSocketTransport() : fetchTransport();
}

function inPage(server: Simulator, socket: true | undefined, held: boolean): Transport {
  if (socket) return webSocketTransport({ WebSocket: createSimulatedWebSocket(server) });
  const inside = createSimulatedFetch(server);
  return fetchTransport({ fetch: held ? readAtOnce(inside) : inside });
}

/** Browsers read even a body that is text by work of their own, in a time of their own. */
function readAtOnce(inside: typeof fetch): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    const body = typeof init?.body === 'string' ? init.body : '';
    Object.defineProperty(request, 'text', { value: async () => body });
    return inside(request);
  };
}

let shared: Simulator | undefined;

/** The static build has no server but this one. */
function pageServer(): Simulator | undefined {
  if (!import.meta.env.PROD) return undefined;
  return (shared ??= createSimulator({ base, scripts }));
}

const scripts: NonNullable<SimulatorOptions['scripts']> = {};
