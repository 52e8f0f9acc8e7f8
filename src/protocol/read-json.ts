// Reads JSON of unknown shape for the adapters: every check that fails is a `ProtocolError` that names the field.
// Absent and `null` mean the same; a wrong type is an error, never a guess.
import { ProtocolError, type StreamErrorOptions } from '../base/errors.ts';
import { isObject } from '../base/is-object.ts';
import type { Frame } from '../wire/frame.ts';
import type { Codecs } from './adapter.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A socket's binary message as the text it holds; other frames as they are. For `prepare`. */
export function binaryAsText(frame: Frame, codecs: Codecs): Frame {
  return frame.kind === 'binary' ? { kind: 'message', event: 'message', data: codecs.decodeUtf8(frame.data) } : frame;
}

/** A frame's data as an object, where it is one. Never an error: for recognising a format. */
export function peek(frame: Frame): Fields {
  return frame.kind === 'message' && frame.data !== null ? parseBody(frame.data) : {};
}

/** `record` names the kind of record in the error's message; the data itself is only in its excerpt. */
export function parse(data: string, record: string): unknown {
  try {
    return parseFlat(data);
  } catch (cause) {
    throw invalid(record, 'data', 'JSON', { excerpt: data.slice(0, 80), cause });
  }
}

/** Nesting that no record means to have is no trouble to parse, but takes the stack of whatever walks it later. */
function parseFlat(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (text.length > manyBrackets && text.split(/[[{]/, manyBrackets).length === manyBrackets) JSON.stringify(value);
  return value;
}

const manyBrackets = 1000;

/** The data of a record that has to be an object. */
export function parseObject(data: string, record: string): Fields {
  const fields = asObject(parse(data, record));
  if (fields === undefined) throw invalid(record, 'data', 'an object');
  return fields;
}

/** An error body's fields; none where it is not a JSON object. An error page of a proxy holds nothing for a reader. */
export function parseBody(body: string): Fields {
  try {
    return asObject(parseFlat(body)) ?? {};
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return {};
    throw error;
  }
}

export function asObject(value: unknown): Fields | undefined {
  return isObject(value) ? value : undefined;
}

export function stringField(fields: Fields, name: string, record: string): string | undefined {
  return field(fields, name, record, 'a string', (value) => typeof value === 'string');
}

export function numberField(fields: Fields, name: string, record: string): number | undefined {
  return field(fields, name, record, 'a number', (value) => typeof value === 'number');
}

export function booleanField(fields: Fields, name: string, record: string): boolean | undefined {
  return field(fields, name, record, 'true or false', (value) => typeof value === 'boolean');
}

export function objectField(fields: Fields, name: string, record: string): Fields | undefined {
  return field(fields, name, record, 'an object', isObject);
}

function field<T>(
  fields: Fields,
  name: string,
  record: string,
  wanted: string,
  fits: (value: unknown) => value is T,
): T | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined || fits(value)) return value;
  throw invalid(record, name, wanted);
}

/** Empty where the field is absent. */
export function listField(fields: Fields, name: string, record: string): readonly unknown[] {
  return field(fields, name, record, 'a list', isList) ?? [];
}

/** A list whose every member has to be an object. */
export function objectsField(fields: Fields, name: string, record: string): readonly Fields[] {
  return field(fields, name, record, 'a list of objects', isListOfObjects) ?? [];
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isListOfObjects(value: unknown): value is readonly Fields[] {
  return isList(value) && value.every(isObject);
}

/** The first of the names that holds a string with something in it. Never an error: for fields of free form. */
export function firstString(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** What a record is that does not fit. The field is named; its content is at most in the excerpt. */
export function invalid(
  record: string,
  field: string,
  wanted: string,
  more?: Pick<StreamErrorOptions, 'excerpt' | 'cause'>,
): ProtocolError {
  return new ProtocolError(
    'invalid-chunk',
    `The field "${field}" of a "${record}" record is not ${wanted}, so the record was skipped.`,
    { field, ...more },
  );
}
