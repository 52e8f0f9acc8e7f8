// Objects that say nothing where there is nothing.

/** The same object without the members that are `undefined`. */
export function compact<T extends object>(members: T): T {
  const kept = { ...members };
  for (const key of Object.keys(kept) as (keyof T)[]) if (kept[key] === undefined) delete kept[key];
  return kept;
}

/** The named members that are set, so that parts stay free of `undefined`. */
export function pick<T extends object, K extends keyof T>(from: T, ...keys: readonly K[]): Pick<T, K> {
  const picked = {} as Pick<T, K>;
  for (const key of keys) picked[key] = from[key];
  return compact(picked);
}
