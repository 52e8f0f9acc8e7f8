// A connection in the hands of a test: its clock, its server, its surroundings, and a reader with an answer ready.
import type { ConnectionOptions } from '../../src/connection/connection-options.ts';
import { createConnection } from '../../src/connection/connection.ts';
import type { Connection, ConnectionItem, ConnectionState, Resumption } from '../../src/connection/connection-state.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { createFakeEnvironment } from '../support/fake-environment.ts';
import { createPuppetTransport } from '../support/puppet-transport.ts';

/** What a reader does with a loss or an end. */
export type Answer = (item: ConnectionItem, connection: Connection) => void;

export const url = 'https://example.test/stream';

/** Resumes with the same address, after `cursor`. */
export function resumption(cursor = '1', mode: Resumption['mode'] = 'continue'): Resumption {
  return { mode, request: () => ({ url, headers: { 'last-event-id': cursor } }) };
}

/** `random` is 0.5 unless told, so a first delay is 550 ms: halfway between 100 and 1,000. */
export function setUp(options: Partial<ConnectionOptions> & { readonly deaf?: boolean } = {}) {
  const clock = createFakeClock();
  const environment = createFakeEnvironment();
  const transport = createPuppetTransport({ deaf: options.deaf });
  const connection = createConnection({
    transport,
    request: () => ({ url, method: 'POST' }),
    clock,
    random: () => 0.5,
    environment,
    ...options,
  });
  const states: ConnectionState[] = [];
  connection.subscribe(() => states.push(connection.state));
  return { clock, environment, transport, connection, states };
}

/** Reads to the end, answering losses and ends. Items are in `items` as they come. */
export function read(connection: Connection, answer: Answer = () => undefined) {
  const items: ConnectionItem[] = [];
  const done = (async () => {
    for await (const item of connection.items) {
      items.push(item);
      if (item.kind === 'end' || item.kind === 'lost') answer(item, connection);
    }
  })();
  return { items, done };
}

/** As `read`, for a stream that can always be resumed. */
export function readResuming(connection: Connection, cursor?: string) {
  return read(connection, () => connection.resumeWith(resumption(cursor)));
}

/** The data of every message frame, in order. */
export function dataOf(items: readonly ConnectionItem[]): string[] {
  return items.flatMap((item) =>
    item.kind === 'batch' ? item.frames.flatMap((frame) => (frame.kind === 'message' ? [frame.data ?? ''] : [])) : [],
  );
}

export { settle };
