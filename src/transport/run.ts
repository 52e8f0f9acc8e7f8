// The life of one connection, which anything may end and which everything that waits must notice.
import type { Clock } from '../base/clock.ts';

/** Closed once, by whoever comes first. */
export interface Run {
  readonly closed: boolean;
  close(): void;
  onClose(run: () => void): void;
  /** Resolves after the time, or when closed. */
  wait(ms: number): Promise<void>;
  /** What the promise brings, or `undefined` when closed before. */
  unlessClosed<T>(promise: T | Promise<T>): Promise<T | undefined>;
}

export function createRun(signal: AbortSignal, clock: Clock): Run {
  const closers = new Set<() => void>();
  let closed = false;
  function close(): void {
    if (closed) return;
    closed = true;
    signal.removeEventListener('abort', close);
    for (const closer of closers) closer();
  }
  signal.addEventListener('abort', close);
  return {
    get closed() {
      return closed;
    },
    close,
    onClose: (run) => void closers.add(run),
    wait(ms) {
      if (closed) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = ms === Infinity ? undefined : clock.after(ms, finish);
        function finish(): void {
          closers.delete(finish);
          cancel?.();
          resolve();
        }
        closers.add(finish);
      });
    },
    unlessClosed(promise) {
      return new Promise((resolve, reject) => {
        const finish = (): void => resolve(undefined);
        closers.add(finish);
        Promise.resolve(promise)
          .then(resolve, reject)
          .finally(() => closers.delete(finish));
      });
    },
  };
}
