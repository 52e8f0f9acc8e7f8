// Pulls the connection's items one by one, and speaks up when a gap among numbered records has been waited for long
// enough while the next item is still out.
import type { Cancel, Clock } from '../base/clock.ts';

export interface Pull<Item> {
  /** The next item; `gap` when the watched gap has lasted too long. */
  next(): Promise<IteratorResult<Item> | 'gap'>;
  /** The number that is missing, or `undefined` for none. The same number again goes on waiting for the same gap. */
  watch(missing: number | undefined): void;
}

export function createPull<Item extends object>(items: AsyncIterator<Item>, clock: Clock, gapMs: number): Pull<Item> {
  let pending: Promise<IteratorResult<Item>> | undefined;
  let watched: number | undefined;
  let cancel: Cancel | undefined;
  let due = false;
  let tell: (() => void) | undefined;

  return {
    next() {
      const out = pending ?? items.next();
      pending = undefined;
      if (watched === undefined) return out;
      return new Promise((resolve, reject) => {
        tell = () => {
          tell = undefined;
          due = false;
          pending = out;
          resolve('gap');
        };
        if (due) return tell();
        const told = tell;
        // An item that loses against the gap stays pending, for the next call.
        const unlessTold = (run: () => void) => {
          if (tell !== told) return;
          tell = undefined;
          run();
        };
        out.then(
          (result) => unlessTold(() => resolve(result)),
          (thrown: unknown) => unlessTold(() => reject(thrown)),
        );
      });
    },
    watch(missing) {
      if (missing === watched) return;
      watched = missing;
      due = false;
      cancel?.();
      cancel =
        missing === undefined
          ? undefined
          : clock.after(gapMs, () => {
              due = true;
              tell?.();
            });
    },
  };
}
