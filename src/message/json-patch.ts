// Applies a JSON Patch (RFC 6902) without changing what it is applied to: what the patch does not touch is shared.
import { isObject } from '../base/is-object.ts';

/** The value after the whole patch; `undefined` where one of its operations does not fit, so that none takes effect. */
export function applyJsonPatch(value: unknown, patch: readonly unknown[]): { readonly value: unknown } | undefined {
  let result = value;
  for (const operation of patch) {
    const next = applyOne(result, isObject(operation) ? operation : {});
    if (next === undefined) return undefined;
    result = next.value;
  }
  return { value: result };
}

type Fields = Readonly<Record<string, unknown>>;
type Found = { readonly value: unknown } | undefined;

function applyOne(root: unknown, { op, path, from, value }: Fields): Found {
  const to = pointer(path);
  if (to === undefined) return undefined;
  const source = op === 'move' || op === 'copy' ? pointer(from) : undefined;
  switch (op) {
    case 'add':
      return edit(root, to, { value }, true);
    case 'replace':
      return read(root, to) && edit(root, to, { value }, false);
    case 'remove':
      return read(root, to) && edit(root, to, undefined, false);
    case 'test': {
      const found = read(root, to);
      return found !== undefined && isEqual(found.value, value) ? { value: root } : undefined;
    }
    case 'copy':
    case 'move': {
      const found = source && read(root, source);
      if (source === undefined || found === undefined) return undefined;
      const base = op === 'move' ? edit(root, source, undefined, false) : { value: root };
      return base && edit(base.value, to, found, true);
    }
    default:
      return undefined;
  }
}

/** `/a~1b/0` names `a/b`, then `0`. */
function pointer(path: unknown): readonly string[] | undefined {
  if (path === '') return [];
  if (typeof path !== 'string' || !path.startsWith('/')) return undefined;
  return path
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(root: unknown, path: readonly string[]): Found {
  let value = root;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Fields)[name];
  }
  return { value };
}

/** Puts the member at `path`, or takes it away. `insert`: the members of a list behind it make room. */
function edit(root: unknown, path: readonly string[], put: Found, insert: boolean): Found {
  const [name, ...rest] = path;
  if (name === undefined) return put ?? { value: undefined };
  if (Array.isArray(root)) {
    const list = root as unknown[];
    const index = name === '-' ? list.length : Number(name);
    if (!Number.isInteger(index) || index < 0 || index > list.length || name.trim() === '') return undefined;
    if (rest.length > 0) {
      const inner = index < list.length ? edit(list[index], rest, put, insert) : undefined;
      return inner && { value: list.with(index, inner.value) };
    }
    return { value: list.toSpliced(index, insert ? 0 : 1, ...(put === undefined ? [] : [put.value])) };
  }
  if (!isObject(root)) return undefined;
  const isThere = Object.hasOwn(root, name);
  const inner = rest.length > 0 ? (isThere ? edit(root[name], rest, put, insert) : undefined) : put;
  if (inner === undefined && rest.length > 0) return undefined;
  const member: [string, unknown][] = inner === undefined ? [] : [[name, inner.value]];
  const entries = Object.entries(root).flatMap((entry) => (entry[0] === name ? member : [entry]));
  // `fromEntries` makes `__proto__` a name as any other.
  return { value: Object.fromEntries(isThere ? entries : [...entries, ...member]) };
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual((a as Fields)[key], (b as Fields)[key]))
  );
}
