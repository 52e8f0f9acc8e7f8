// The simulated server: one function from a Request to a Response, built on Web standards alone. It routes, reads what a
// request chooses, and answers; what a Response cannot do (FIN, RST, sockets) is left to the hosts.
import { isStreamError } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import { planBody, streamBody } from './body.ts';
import { strikingFaults } from './faults.ts';
import { feedRecords, isFeedName } from './feed.ts';
import { formats } from './formats/formats.ts';
import { type Format, matchesPath } from './formats/format.ts';
import { writeSse } from './formats/sse.ts';
import { createLedger, type SimulatorStats, type Turn } from './ledger.ts';
import { parseSimulation, resolveSimulation, type Simulation, type SimulationOptions } from './options.ts';
import type { Script } from './script.ts';
import { timerClock } from './timer-clock.ts';
import { awaitHead, countAttempt, openAnswer, type Server, type TurnRequest } from './turns.ts';

export interface SimulatorOptions {
  /** The path the routes stand under. Default: none. */
  readonly base?: string;
  /** What requests get that do not choose for themselves. */
  readonly defaults?: SimulationOptions;
  /** Scripts besides the built-in ones. */
  readonly scripts?: Readonly<Record<string, Script>>;
  /** How many turns are remembered; the oldest idle ones are forgotten. Default 1,000. */
  readonly maxTurns?: number;
  /** Default: the platform's timers. */
  readonly clock?: Clock;
}

/** Can be handed out as a `fetch` where requests are made with absolute URLs. */
export interface Simulator {
  (request: Request): Promise<Response>;
  stats(): SimulatorStats;
  /** Forgets one turn, or everything. */
  reset(turn?: string): void;
  /** What hosts that serve sockets build on. */
  readonly server: Server & { readonly base: string };
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const clock = options.clock ?? timerClock;
  const base = options.base ?? '';
  const ledger = createLedger(clock, options.maxTurns ?? 1_000);
  const server: Server = { clock, ledger, defaults: options.defaults ?? {}, scripts: options.scripts ?? {} };

  const handle = async (request: Request): Promise<Response> => {
    if (request.method === 'OPTIONS') return withCors(request, new Response(null, { status: 204 }));
    try {
      return withCors(request, await route(server, base, request));
    } catch (error) {
      if (!isStreamError(error)) throw error;
      return withCors(request, refuse(400, error.message));
    }
  };
  return Object.assign(handle, {
    stats: () => ledger.stats(),
    reset: (turn?: string) => ledger.reset(turn),
    server: { ...server, base },
  });
}

async function route(server: Server, base: string, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const path = pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : '';
  if (path === '/stats' && request.method === 'GET') {
    return Response.json(server.ledger.stats());
  }
  if (path === '/reset' && request.method === 'POST') {
    server.ledger.reset(searchParams.get('turn') ?? undefined);
    return new Response(null, { status: 204 });
  }
  const [, first = '', ...rest] = path.split('/');
  if (first === 'feed' && request.method === 'GET') return await serveFeed(server, request, rest.join('/'));
  const format = formats.find((candidate) => candidate.name === first);
  const below = `/${rest.join('/')}`;
  const listens = format?.routes.some((entry) => entry.method === request.method && matchesPath(entry.path, below));
  if (format && listens) return await serveTurn(server, request, format);
  return refuse(404, `Nothing is served at ${request.method} ${pathname}`);
}

async function serveTurn(server: Server, request: Request, format: Format): Promise<Response> {
  const url = new URL(request.url);
  const simulation = resolveSimulation(server.defaults, parseSimulation(url.searchParams));
  const body = parseJson(await request.text());
  const turnRequest: TurnRequest = {
    format,
    simulation,
    question: format.readQuestion(body, url.searchParams),
    name: url.searchParams.get('turn') ?? undefined,
    idempotencyKey: request.headers.get('idempotency-key') ?? undefined,
    identity: identify(request, body),
    after: readAfter(request, body),
  };
  const turn = countAttempt(server, turnRequest);
  const early = await refuseEarly(server, request, simulation, turn, (status, message) =>
    refuse(status, message, format.writeRefusal(status, message)),
  );
  if (early) return early;

  const opening = openAnswer(server, turnRequest, turn);
  if (opening.type === 'nothing-left') return new Response(null, { status: 204 });
  if (opening.type === 'refuse') {
    return refuse(opening.status, opening.message, format.writeRefusal(opening.status, opening.message));
  }
  const { answer, records } = opening;
  const live = server.ledger.connect(answer.turn);
  const writer = { ...format, sse: format.contentType === 'text/event-stream' };
  // The answer's records are its own; how they travel is this request's choice.
  const stream = streamBody(planBody(records, writer, simulation, turn.attempts), server.clock, request.signal, {
    sent(upTo) {
      answer.produced = Math.max(answer.produced, upTo + 1);
    },
    ended(how) {
      if (how === 'complete') server.ledger.complete(answer);
      live.close(how === 'aborted' ? 'aborted' : 'ended');
    },
  });
  return new Response(stream, { headers: bodyHeaders(simulation, turn, format.contentType) });
}

async function serveFeed(server: Server, request: Request, name: string): Promise<Response> {
  if (!isFeedName(name)) return refuse(404, `There is no feed "${name}"`);
  const { searchParams } = new URL(request.url);
  const simulation = resolveSimulation({ resume: 'id' }, server.defaults, parseSimulation(searchParams));
  const after = readAfter(request, undefined);
  const key = searchParams.get('turn');
  const turn = server.ledger.attempt(key ?? identify(request, undefined), key !== null, after !== undefined);
  const early = await refuseEarly(server, request, simulation, turn, refuse);
  if (early) return early;

  const from = after !== undefined && /^\d+$/.test(after) && simulation.resume !== 'none' ? Number(after) + 1 : 0;
  const everyMs = Number(searchParams.get('everyMs') ?? 500);
  const count = Number(searchParams.get('count') ?? Infinity);
  if (from >= count) return new Response(null, { status: 204 });
  const records = feedRecords(name, { seed: simulation.seed, from, everyMs, count, ids: simulation.ids });
  const live = server.ledger.connect(turn);
  const writer = { write: writeSse, heartbeat: ': heartbeat\n\n', sse: true };
  const stream = streamBody(planBody(records, writer, simulation, turn.attempts), server.clock, request.signal, {
    sent() {},
    ended: (how) => live.close(how === 'aborted' ? 'aborted' : 'ended'),
  });
  return new Response(stream, { headers: bodyHeaders(simulation, turn, 'text/event-stream') });
}

/** What is answered before any record is looked for: a missing token, a busy server, somebody else's page. */
async function refuseEarly(
  server: Server,
  request: Request,
  simulation: Simulation,
  turn: Turn,
  reply: (status: number, message: string) => Response,
): Promise<Response | undefined> {
  const attempt = turn.attempts;
  await awaitHead(server.clock, simulation, attempt, request.signal);
  if (simulation.token !== undefined && request.headers.get('authorization') !== `Bearer ${simulation.token}`) {
    return reply(401, 'The token is missing or not valid');
  }
  const [fault] = strikingFaults(simulation.faults, 'status', attempt);
  if (fault) {
    // A reply with one of these statuses must not have a body.
    const bare = [204, 205, 304].includes(fault.status);
    const response = bare ? new Response(null, { status: fault.status }) : reply(fault.status, 'The server is busy');
    if (fault.retryAfter !== undefined) response.headers.set('retry-after', fault.retryAfter);
    if (fault.location !== undefined) response.headers.set('location', fault.location);
    return response;
  }
  const [wrong] = strikingFaults(simulation.faults, 'content-type', attempt);
  if (!wrong?.value.startsWith('text/html')) return undefined;
  return new Response('<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>', {
    headers: { 'content-type': wrong.value },
  });
}

function bodyHeaders(simulation: Simulation, turn: Turn, contentType: string): Headers {
  const [wrong] = strikingFaults(simulation.faults, 'content-type', turn.attempts);
  const headers = new Headers({
    'content-type': wrong?.value ?? contentType,
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  if (simulation.gzip) headers.set('content-encoding', 'gzip');
  return headers;
}

function refuse(status: number, message: string, body = JSON.stringify({ detail: message })): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/json' } });
}

/** Says yes to every page, with credentials too, which `*` would not. */
function withCors(request: Request, response: Response): Response {
  const { headers } = response;
  headers.set('access-control-allow-origin', request.headers.get('origin') ?? '*');
  headers.set('access-control-allow-credentials', 'true');
  headers.set('access-control-expose-headers', 'retry-after, content-encoding');
  headers.append('vary', 'origin');
  if (request.method !== 'OPTIONS') return response;
  headers.set('access-control-allow-methods', 'GET, POST, DELETE');
  const wanted = request.headers.get('access-control-request-headers');
  if (wanted !== null) headers.set('access-control-allow-headers', wanted);
  headers.set('access-control-max-age', '600');
  return response;
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // No format asks in anything but JSON: what cannot be read is no question, which the reply says.
    return undefined;
  }
}

function readAfter(request: Request, body: unknown): string | undefined {
  const header = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after');
  if (header !== null) return header;
  return typeof body === 'object' && body !== null && 'after' in body ? String(body.after) : undefined;
}

/** The same for every attempt of a turn, wherever it goes on from. */
function identify(request: Request, body: unknown): string {
  const url = new URL(request.url);
  url.searchParams.delete('after');
  const asked = typeof body === 'object' && body !== null ? { ...body, after: undefined } : body;
  return `${request.method} ${url.pathname}${url.search} ${JSON.stringify(asked) ?? ''}`;
}
