// Puts the arguments of a call together from the values at paths that Vertex streams: `$.rooms[0].name` and a string,
// or more of it.
import type { ProtocolError } from '../base/errors.ts';
import { asObject, booleanField, type Fields, invalid, stringField } from './read-json.ts';

export interface PartialArgs {
  /** What is known so far. */
  readonly value: Readonly<Record<string, unknown>>;
  add(piece: Fields): void;
}

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
  if (!path.startsWith('$') || keys.length === 0 || keys.includes('__proto__')) throw unfit();
  return keys;
}

function put(
  root: Record<string, unknown>,
  keys: readonly (string | number)[],
  change: (standing: unknown) => unknown,
): void {
  let node: Node = root;
  keys.forEach((key, depth) => {
    // A list grows one by one: a path may name any index, and a hole would cost what it skips.
    if (typeof key === 'number' ? !Array.isArray(node) || key > node.length : Array.isArray(node)) throw unfit();
    const fields = node as Record<string | number, unknown>;
    const standing = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (depth === keys.length - 1) {
      fields[key] = change(standing);
      return;
    }
    const isNode = Array.isArray(standing) || asObject(standing) !== undefined;
    const next = isNode ? (standing as Node) : typeof keys[depth + 1] === 'number' ? [] : {};
    fields[key] = next;
    node = next;
  });
}

type Node = Record<string, unknown> | unknown[];

function unfit(): ProtocolError {
  return invalid('partialArgs', 'jsonPath', 'a path into the arguments');
}
