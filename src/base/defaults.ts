// Options over defaults, where an option that is given as `undefined` is one that is not given.

export function withDefaults<T extends object>(defaults: T, given: Partial<T> | undefined): T {
  const result = { ...defaults };
  for (const key in given) if (given[key] !== undefined) result[key] = given[key];
  return result;
}
