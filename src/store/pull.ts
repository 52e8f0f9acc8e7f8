// Pulls the connection's items one by one, and speaks up when a gap among numbered records has been waited for long
// enough while the next item is still out.
import type { Cancel, Clock } from '../base/clock.ts';

export interface Pull<Item> {
  /** The next item; `gap` when the watched gap has lasted too long; `undefined` at the end. */
  next(): Promise<Item | 'gap' | undefined>;
  /** The number that is missing, or `undefined` for none. The same number again goes on waiting for the same gap. */
  watch(missing: number | undefined): void;
}

export function createPull<Item extends object>(items: AsyncIterator<Item>, clock: Clock, gapMs: number): Pull<Item> {
  let pending: Promise<IteratorResult<Item>> | undefined;
  let watched: number | undefined;
  let cancel: Cancel | undefined;
  let due = false;
  let tell: (() => void) | undefined;

  const take = (result: IteratorResult<Item>): Item | undefined => {
    pending = undefined;
    return result.done === true ? undefined : result.value;
  };

  return {
    next() {
      pending ??= items.next();
      const out = pending;
      if (watched === undefined) return out.then(take);
      return new Promise((resolve, reject) => {
        tell = () => {
          tell = undefined;
          due = false;
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
          (result) => unlessTold(() => resolve(take(result))),
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
