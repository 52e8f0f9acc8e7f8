// Tells the server to stop generating, where the protocol knows how: on the socket that is open, else by a request of
// its own. Nobody waits for the reply: the turn is stopped here whatever the server says.
import type { Clock } from '../base/clock.ts';
import type { Connection } from '../connection/connection-state.ts';
import type { Adapter, TurnInput } from '../protocol/adapter.ts';
import type { Transport } from '../transport/transport.ts';
import type { AppliedPoint, BuildRequest } from './resumption.ts';

/** A server that has not taken the cancel by then has other worries. */
const cancelTimeoutMs = 10_000;

export interface CancelPorts {
  readonly adapter: Adapter;
  readonly input: TurnInput;
  readonly transport: Transport;
  readonly buildRequest: BuildRequest;
  readonly clock: Clock;
}

export function sendCancel(ports: CancelPorts, connection: Connection, state: unknown, point: AppliedPoint): void {
  const { status } = connection.state;
  // Before a reply there is nothing to cancel: aborting the request is all.
  if (status !== 'open' && status !== 'stalled' && status !== 'waiting') return;
  const draft = ports.adapter.cancel?.(state, { ...point, input: ports.input });
  if (!draft) return;
  if (draft.body !== undefined && connection.send(JSON.stringify(draft.body))) return;

  const controller = new AbortController();
  const giveUp = ports.clock.after(cancelTimeoutMs, () => controller.abort());
  const open = async () => {
    const request = await ports.buildRequest(draft, { attempt: 1, refresh: false });
    const { batches } = await ports.transport.open({ ...request, signal: controller.signal });
    await batches[Symbol.asyncIterator]().return?.();
  };
  // A reply that is no stream is a refusal to the transport and a receipt here.
  void open().then(giveUp, giveUp);
}
