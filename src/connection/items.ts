// The reader's side of a connection: its items one by one, until everything is over or the reader leaves.
import type { ConnectionItem } from './connection-state.ts';

type Result = IteratorResult<ConnectionItem>;

/** Asks for the next item and hands it on; `undefined` when everything is over. */
export type Pull = (
  handOn: (item: ConnectionItem | undefined) => Result,
  broke: (thrown: unknown) => never,
) => Promise<Result>;

/**
 * Not an async generator: small reads come one by one, and each would pay for its turns of the microtask queue. `leave` is
 * called once, whoever ends it.
 */
export function createItems(pull: Pull, leave: () => void): AsyncIterator<ConnectionItem> {
  let isOver = false;
  const over = (): Result => {
    if (!isOver) {
      isOver = true;
      leave();
    }
    return { done: true, value: undefined };
  };
  const handOn = (value: ConnectionItem | undefined): Result =>
    value === undefined || isOver ? over() : { done: false, value };
  const broke = (thrown: unknown): never => {
    over();
    throw thrown;
  };
  return {
    next: () => (isOver ? Promise.resolve(over()) : pull(handOn, broke)),
    return: () => Promise.resolve(over()),
  };
}
