// The heads of replies: refusals, headers of a stream, and what lets every page read them.
import { strikingFaults } from './faults.ts';
import type { Format } from './formats/format.ts';
import type { Simulation } from './options.ts';
import { awaitHead, type Server } from './turns.ts';

/** What is answered before any record is looked for: a missing token, a busy server, somebody else's page. */
export async function refuseEarly(
  server: Server,
  request: Request,
  simulation: Simulation,
  attempt: number,
  reply: (status: number, message: string) => Response,
): Promise<Response | undefined> {
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

export function bodyHeaders(
  simulation: Simulation,
  attempt: number,
  { contentType, headers: own = {} }: Pick<Format, 'contentType' | 'headers'>,
): Headers {
  const [wrong] = strikingFaults(simulation.faults, 'content-type', attempt);
  const headers = new Headers({
    'content-type': wrong?.value ?? contentType,
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    ...own,
  });
  if (Object.keys(own).length > 0) headers.set('access-control-expose-headers', Object.keys(own).join(', '));
  if (simulation.gzip) headers.set('content-encoding', 'gzip');
  return headers;
}

export function refuse(status: number, message: string, body: string = JSON.stringify({ detail: message })): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/json' } });
}

/** Says yes to every page, with credentials too, which `*` would not. */
export function withCors(request: Request, response: Response): Response {
  const { headers } = response;
  headers.set('access-control-allow-origin', request.headers.get('origin') ?? '*');
  headers.set('access-control-allow-credentials', 'true');
  headers.append('access-control-expose-headers', 'retry-after, content-encoding');
  headers.append('vary', 'origin');
  if (request.method !== 'OPTIONS') return response;
  headers.set('access-control-allow-methods', 'GET, POST, DELETE');
  const wanted = request.headers.get('access-control-request-headers');
  if (wanted !== null) headers.set('access-control-allow-headers', wanted);
  headers.set('access-control-max-age', '600');
  return response;
}
