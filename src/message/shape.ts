// Checks unknown input against shapes that are data, and copies what is known of it. The first thing that does not fit is
// an error that names its place.
import { UsageError } from '../base/errors.ts';

/** What a field may be. `?` at the end of its name in the shape makes it optional. */
export type Check = 'string' | 'number' | 'boolean' | 'any' | 'record' | readonly string[] | Reader;
export type Reader = (value: unknown, at: string) => unknown;
export type Shape = Readonly<Record<string, Check>>;

export function misfit(at: string, expected: string): UsageError {
  return new UsageError(
    'invalid-option',
    `The conversation cannot be read: \`${at}\` is not ${expected}. It was not made by exportConversation(), or was changed since.`,
    { field: at },
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy with the fields of the shape only. */
export function readShape(value: unknown, at: string, shape: Shape): Record<string, unknown> {
  if (!isRecord(value)) throw misfit(at, 'an object');
  const copy: Record<string, unknown> = {};
  for (const [key, check] of Object.entries(shape)) {
    const isOptional = key.endsWith('?');
    const name = isOptional ? key.slice(0, -1) : key;
    const field = Object.hasOwn(value, name) ? value[name] : undefined;
    if (field === undefined && (isOptional || check === 'any')) continue;
    copy[name] = readField(field, `${at}.${name}`, check);
  }
  return copy;
}

function readField(value: unknown, at: string, check: Check): unknown {
  if (typeof check === 'function') return check(value, at);
  if (check === 'any') return value;
  if (check === 'record') {
    if (!isRecord(value)) throw misfit(at, 'an object');
    return value;
  }
  if (typeof check === 'string') {
    // A time or a count that is no finite number is not JSON's.
    if (typeof value !== check || (check === 'number' && !Number.isFinite(value))) throw misfit(at, `a ${check}`);
    return value;
  }
  if (!check.includes(value as string)) throw misfit(at, `one of ${check.join(', ')}`);
  return value;
}

export function shaped(shape: Shape): Reader {
  return (value, at) => readShape(value, at, shape);
}

export function listOf<T>(read: (value: unknown, at: string) => T): (value: unknown, at: string) => readonly T[] {
  return (value, at) => {
    if (!Array.isArray(value)) throw misfit(at, 'a list');
    return value.map((item, index) => read(item, `${at}[${index}]`));
  };
}
