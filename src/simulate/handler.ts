// The simulated server: one function from a Request to a Response, built on Web standards alone. It routes, reads what a
// request chooses, and answers; what a Response cannot do (FIN, RST, sockets) is left to the hosts.
import { isStreamError } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import { createSystemClock } from '../base/system-clock.ts';
import { parseCursor } from './answer.ts';
import { type BodyWriter, planBody, streamBody } from './body.ts';
import { feedRecords, isFeedName } from './feed.ts';
import { formats } from './formats/formats.ts';
import { type Format, matchesPath } from './formats/format.ts';
import { writeSse } from './formats/sse.ts';
import { createLedger, type SimulatorStats, type Turn, type TurnStats } from './ledger.ts';
import { parseFeed, parseSimulation, resolveSimulation, type Simulation, type SimulationOptions } from './options.ts';
import { bodyHeaders, refuse, refuseEarly, withCors } from './reply.ts';
import type { TimedRecord } from './record-faults.ts';
import type { Script } from './script.ts';
import { countAttempt, findAnswer, openAnswer, type Server, type TurnRequest } from './turns.ts';

export interface SimulatorOptions {
  /** The path the routes stand under. Default: none. */
  readonly base?: string;
  /** What requests get that do not choose for themselves. */
  readonly defaults?: SimulationOptions;
  /** Scripts besides the built-in ones. */
  readonly scripts?: Readonly<Record<string, Script>>;
  /** How many turns are remembered; the oldest idle ones are forgotten. Default 1,000. */
  readonly maxTurns?: number;
  /** Default: the system clock. */
  readonly clock?: Clock;
}

/** Can be handed out as a `fetch` where requests are made with absolute URLs. */
export interface Simulator {
  (request: Request): Promise<Response>;
  stats(): SimulatorStats;
  /** One turn's, by its name; all zero for one that was never heard of. */
  turnStats(turn: string): TurnStats;
  /** Forgets one turn, or everything. */
  reset(turn?: string): void;
  /** What hosts that serve sockets build on. */
  readonly server: Server & { readonly base: string };
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const clock = options.clock ?? createSystemClock();
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
    turnStats: (turn: string) => ledger.turnStats(turn),
    reset: (turn?: string) => ledger.reset(turn),
    server: { ...server, base },
  });
}

async function route(server: Server, base: string, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const path = pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : '';
  if (path === '/stats' && request.method === 'GET') {
    const turn = searchParams.get('turn');
    return Response.json(turn === null ? server.ledger.stats() : server.ledger.turnStats(turn));
  }
  if (path === '/reset' && request.method === 'POST') {
    server.ledger.reset(searchParams.get('turn') ?? undefined);
    return new Response(null, { status: 204 });
  }
  const [, first = '', ...rest] = path.split('/');
  if (first === 'feed' && request.method === 'GET') return await serveFeed(server, request, rest.join('/'));
  const format = formats.find((candidate) => candidate.name === first);
  const below = `/${rest.join('/')}`;
  const listens = format?.routes.find((entry) => entry.method === request.method && matchesPath(entry.path, below));
  if (format && listens?.cancels) return stopAnswer(server, format, below, searchParams);
  if (format && listens) return await serveTurn(server, request, format, below);
  return refuse(404, `Nothing is served at ${request.method} ${pathname}`);
}

function stopAnswer({ ledger }: Server, format: Format, path: string, query: URLSearchParams): Response {
  const cursor = format.readCursor?.(path, query);
  const answer = cursor && findAnswer(ledger, format, cursor);
  if (!answer) return refuse(404, 'Unknown answer', format.writeRefusal(404, 'Unknown answer'));
  answer.stoppedAt ??= answer.produced;
  return Response.json({ result: 'success' });
}

async function serveTurn(server: Server, request: Request, format: Format, path: string): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const simulation = resolveSimulation(server.defaults, parseSimulation(searchParams));
  const body = parseJson(await request.text());
  const after = readAfter(request, body);
  const turnRequest: TurnRequest = {
    format,
    simulation,
    question: format.readQuestion(body, searchParams, path),
    name: searchParams.get('turn') ?? undefined,
    idempotencyKey: request.headers.get('idempotency-key') ?? undefined,
    identity: identify(request, body),
    after: format.readCursor?.(path, searchParams) ?? (after === undefined ? undefined : parseCursor(after)),
  };
  const reply = (status: number, message: string): Response =>
    refuse(status, message, format.writeRefusal(status, message));

  return await connected(server, request, simulation, countAttempt(server, turnRequest), reply, (turn) => {
    const opening = openAnswer(server, turnRequest, turn);
    if (opening.type === 'nothing-left') return new Response(null, { status: 204 });
    if (opening.type === 'refuse') return reply(opening.status, opening.message);
    const { answer, records } = opening;
    return {
      records,
      contentType: format.contentType,
      headers: format.headers ?? {},
      writer: { ...format, sse: format.contentType === 'text/event-stream' },
      sent(upTo) {
        answer.produced = Math.max(answer.produced, upTo + 1);
      },
      completed: () => server.ledger.complete(answer),
    };
  });
}

async function serveFeed(server: Server, request: Request, name: string): Promise<Response> {
  if (!isFeedName(name)) return refuse(404, `There is no feed "${name}"`);
  const { searchParams } = new URL(request.url);
  const simulation = resolveSimulation(server.defaults, parseSimulation(searchParams));
  const { everyMs, count } = parseFeed(searchParams);
  const after = readAfter(request, undefined);
  const key = searchParams.get('turn');
  const turn = server.ledger.attempt(key ?? identify(request, undefined), key !== null, after !== undefined);

  return await connected(server, request, simulation, turn, refuse, () => {
    const resumes = after !== undefined && /^\d+$/.test(after) && simulation.resume === 'id';
    const from = resumes ? Number(after) + 1 : 0;
    if (from >= count) return new Response(null, { status: 204 });
    return {
      records: feedRecords(name, { seed: simulation.seed, from, everyMs, count, ids: simulation.ids }),
      contentType: 'text/event-stream',
      headers: {},
      writer: { write: writeSse, heartbeat: ': heartbeat\n\n', sse: true },
      sent() {},
      completed() {},
    };
  });
}

/** What a route found to send. */
interface Show {
  readonly records: Iterable<TimedRecord>;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly writer: BodyWriter;
  sent(upTo: number): void;
  completed(): void;
}

/** One connection of a turn, from its request to its last byte: counted, struck by faults, and closed in the books once. */
async function connected(
  server: Server,
  request: Request,
  simulation: Simulation,
  turn: Turn,
  reply: (status: number, message: string) => Response,
  open: (turn: Turn) => Show | Response,
): Promise<Response> {
  const live = server.ledger.connect(turn, request);
  // Requests of the same turn may come in while this one waits for its head.
  const attempt = turn.attempts;
  try {
    const show = (await refuseEarly(server, request, simulation, attempt, reply)) ?? open(turn);
    if (show instanceof Response) {
      live.close('ended');
      return show;
    }
    const steps = planBody(show.records, show.writer, simulation, attempt);
    const stream = streamBody(steps, server.clock, request.signal, {
      sent: show.sent,
      ended(how) {
        if (how === 'complete') show.completed();
        live.close(how === 'aborted' ? 'aborted' : 'ended');
      },
    });
    return new Response(stream, { headers: bodyHeaders(simulation, attempt, show) });
  } catch (error) {
    live.close(request.signal.aborted ? 'aborted' : 'ended');
    throw error;
  }
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
