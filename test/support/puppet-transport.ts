// A transport whose server is the test: it sees every request and says, step by step, what comes back.
import type { Frame } from '../../src/wire/frame.ts';
import type {
  FrameBatch,
  Transport,
  TransportConnection,
  TransportEnd,
  TransportRequest,
  TransportResponse,
} from '../../src/transport/transport.ts';

/** One call of `open`, and the strings to pull on it. */
export interface PuppetAttempt {
  readonly request: TransportRequest;
  /** The signal was aborted, or the reader left the loop. */
  readonly closed: boolean;
  /** How often the reader asked for a batch. */
  readonly reads: number;
  /** What was sent on it after it was opened. */
  readonly sent: readonly string[];
  accept(response?: Partial<TransportResponse>): void;
  refuse(error: unknown): void;
  push(...frames: Frame[]): void;
  /** Bytes that completed no frame. */
  pushBytes(bytes: number): void;
  end(why?: TransportEnd): void;
  fail(error: unknown): void;
}

export interface PuppetTransport extends Transport {
  readonly attempts: readonly PuppetAttempt[];
  /** The newest one. Throws where none was made. */
  readonly last: PuppetAttempt;
  /** Attempts that were opened and not closed, ended or failed. */
  readonly live: number;
}

export interface PuppetOptions {
  /** Goes on as if nothing had happened when its signal is aborted. */
  readonly deaf?: boolean;
}

export function createPuppetTransport({ deaf = false }: PuppetOptions = {}): PuppetTransport {
  const attempts: (PuppetAttempt & { readonly over: boolean })[] = [];
  return {
    name: 'puppet',
    attempts,
    get last() {
      const last = attempts.at(-1);
      if (!last) throw new Error('No attempt was made.');
      return last;
    },
    get live() {
      return attempts.filter((attempt) => !attempt.over && !attempt.closed).length;
    },
    open(request) {
      const attempt = createPuppetAttempt(request, deaf);
      attempts.push(attempt);
      return attempt.opened;
    },
  };
}

type Step = FrameBatch | { readonly thrown: unknown } | { readonly done: true };

function createPuppetAttempt(request: TransportRequest, deaf: boolean) {
  const steps: Step[] = [];
  const sent: string[] = [];
  let wake: (() => void) | undefined;
  let left = false;
  let over = false;
  let reads = 0;
  let accept!: (connection: TransportConnection) => void;
  let refuse!: (error: unknown) => void;
  const opened = new Promise<TransportConnection>((resolve, reject) => {
    accept = resolve;
    refuse = reject;
  });
  const add = (step: Step) => {
    steps.push(step);
    wake?.();
  };
  if (!deaf) {
    request.signal.addEventListener('abort', () => {
      refuse(request.signal.reason);
      add({ done: true });
    });
  }

  async function* batches(): AsyncGenerator<FrameBatch> {
    try {
      for (;;) {
        reads += 1;
        while (steps.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        const step = steps.shift();
        if (!step || 'done' in step) return;
        if ('thrown' in step) throw step.thrown;
        yield step;
        if (step.end) return;
      }
    } finally {
      left = true;
    }
  }

  return {
    request,
    opened,
    sent,
    get closed() {
      return left || request.signal.aborted;
    },
    get over() {
      return over;
    },
    get reads() {
      return reads;
    },
    accept(response: Partial<TransportResponse> = {}) {
      accept({
        response: { status: 200, url: request.url, headers: {}, framing: 'sse', ...response },
        batches: batches(),
        send: (message) => void sent.push(message),
      });
    },
    refuse(error: unknown) {
      over = true;
      refuse(error);
    },
    push: (...frames: Frame[]) => add({ frames, bytes: frames.length * 10 }),
    pushBytes: (bytes: number) => add({ frames: [], bytes }),
    end(why: TransportEnd = { kind: 'eof' }) {
      over = true;
      add({ frames: [], bytes: 0, end: why });
    },
    fail(error: unknown) {
      over = true;
      add({ thrown: error });
    },
  };
}

/** A record with this data, and this SSE id where one is given. */
export function frame(data: string, id?: string): Extract<Frame, { kind: 'message' }> {
  return id === undefined
    ? { kind: 'message', event: 'message', data }
    : { kind: 'message', event: 'message', data, id };
}

export const comment: Frame = { kind: 'comment', text: 'keep-alive' };
