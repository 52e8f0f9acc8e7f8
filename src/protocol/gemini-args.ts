// Puts the arguments of a call together from the values at paths that Vertex streams: `$.rooms[0].name` and a string,
// or more of it.
import { asObject, booleanField, type Fields, invalid, stringField } from './read-json.ts';

export interface PartialArgs {
  /** What is known so far. */
  readonly value: Readonly<Record<string, unknown>>;
  add(piece: Fields): void;
}

/** Longer lists are not arguments, and a path may name any index. */
const maxIndex = 9999;

export function createPartialArgs(): PartialArgs {
  const value: Record<string, unknown> = {};
  /** The path whose string goes on. */
  let open: string | undefined;
  return {
    value,
    add(piece) {
      const path = stringField(piece, 'jsonPath', 'partialArgs') ?? '';
      const keys = keysOf(path);
      const leaf = leafOf(piece);
      put(
        value,
        keys,
        typeof leaf === 'string' && open === path ? (standing) => `${standing ?? ''}${leaf}` : () => leaf,
      );
      open = booleanField(piece, 'willContinue', 'partialArgs') === true ? path : undefined;
    },
  };
}

function leafOf(piece: Fields): unknown {
  return piece['stringValue'] ?? piece['numberValue'] ?? piece['boolValue'] ?? null;
}

function keysOf(path: string): readonly (string | number)[] {
  const keys = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g)].map(
    ([, plain, index, single, double]) => (index === undefined ? (plain ?? single ?? double ?? '') : Number(index)),
  );
  const fits = keys.every((key) => (typeof key === 'number' ? key <= maxIndex : key !== '__proto__'));
  if (!path.startsWith('$') || keys.length === 0 || !fits) throw invalid('partialArgs', 'jsonPath', 'a path');
  return keys;
}

function put(
  root: Record<string, unknown>,
  keys: readonly (string | number)[],
  change: (standing: unknown) => unknown,
): void {
  let node: Record<string | number, unknown> = root;
  keys.slice(0, -1).forEach((key, depth) => {
    const standing = own(node, key);
    const next =
      Array.isArray(standing) || asObject(standing) !== undefined
        ? standing
        : typeof keys[depth + 1] === 'number'
          ? []
          : {};
    node[key] = next;
    node = next as Record<string | number, unknown>;
  });
  const last = keys.at(-1) ?? '';
  node[last] = change(own(node, last));
}

function own(node: Record<string | number, unknown>, key: string | number): unknown {
  return Object.hasOwn(node, key) ? node[key] : undefined;
}
