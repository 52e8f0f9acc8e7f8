// Objects that say nothing where there is nothing.

/** The same object without the members that are `undefined`. */
export function compact<T extends object>(members: T): T {
  const kept = { ...members };
  for (const key of Object.keys(kept) as (keyof T)[]) if (kept[key] === undefined) delete kept[key];
  return kept;
}
