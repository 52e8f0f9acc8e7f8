// Puts a transport into a session's hands: nothing is sent, opened or read before the session lets it happen, all of it
// is written down, and the faults strike where they are set.
import { type FrameBatch, type Transport, TransportError } from '../../../src/core.ts';
import { deliver, type LabFault } from './faults.ts';
import { describeBatch, type LabEventKind } from './timeline.ts';

/** What a transport needs of the session it is in. */
export interface TransportHost {
  /** Resolves to the event's number once it may happen; rejects when the signal aborts first. */
  admit(kind: LabEventKind, text: string, signal: AbortSignal): Promise<number>;
  /** Writes down what happens by itself, unless it follows from an event. */
  tell(kind: LabEventKind, text: string): void;
  after(ms: number, run: () => void): () => void;
  setOnline(online: boolean): void;
  /** Counts work that takes no time of the stream's but some of the machine's. */
  busy<T>(work: Promise<T>): Promise<T>;
}

export function labTransport(inner: Transport, faults: readonly LabFault[], host: TransportHost): Transport {
  return {
    ...inner,
    async open(request) {
      const { signal } = request;
      const { pathname } = new URL(request.url, globalThis.location?.href);
      await host.admit('request', `${request.method ?? 'GET'} ${pathname.replace(/^.*__simulate/, '')}`, signal);
      let connection;
      try {
        connection = await host.busy(inner.open(request));
      } catch (error) {
        if (!signal.aborted) await host.admit('refused', reasonOf(error), signal);
        throw error;
      }
      const { status, framing } = connection.response;
      const opened = await host.admit('head', `${status} ${framing}`, signal);
      const leave = (): void => host.tell('aborted', 'left by the reader');
      signal.addEventListener('abort', leave);
      const batches = watch(connection.batches, faults, opened, signal, host, () =>
        signal.removeEventListener('abort', leave),
      );
      return { ...connection, batches };
    },
  };
}

async function* watch(
  batches: AsyncIterable<FrameBatch>,
  faults: readonly LabFault[],
  opened: number,
  signal: AbortSignal,
  host: TransportHost,
  ended: () => void,
): AsyncGenerator<FrameBatch, void, undefined> {
  const port = {
    admit(batch: FrameBatch, again: boolean) {
      const kind = batch.end ? 'end' : batch.frames.length > 0 ? 'frames' : 'bytes';
      return host.admit(kind, again ? `again: ${describeBatch(batch)}` : describeBatch(batch), signal);
    },
    leaveOut: (batch: FrameBatch) => host.admit('left-out', describeBatch(batch), signal),
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        const cancel = host.after(ms, resolve);
        signal.addEventListener('abort', () => {
          cancel();
          resolve();
        });
      }),
    lose(): never {
      throw new TransportError('closed-early', 'The lab cut the connection in mid-stream, as it was set to.', {
        retryable: true,
      });
    },
    async goOffline(ms: number) {
      await host.admit('offline', 'the browser is offline', signal);
      host.setOnline(false);
      host.after(ms, () => {
        host.tell('online', 'the browser is online');
        host.setOnline(true);
      });
    },
  };
  try {
    yield* deliver(batches, faults, opened, port);
  } catch (error) {
    // An abort ends the reading, it does not fail.
    if (signal.aborted) return;
    await host.admit('lost', reasonOf(error), signal);
    throw error;
  } finally {
    ended();
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof TransportError)) return String(error);
  return error.status === undefined ? error.code : `${error.status} ${error.code}`;
}
