// Turns unknown input into a known type by a Standard Schema (zod, valibot, arktype, ...) or by a plain function.
import { ProtocolError } from './errors.ts';

/** The part of the Standard Schema interface, version 1, that is used here (https://standardschema.dev). */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A schema, or a function that returns the value or throws. */
export type Parser<Output = unknown> = StandardSchema<Output> | ((value: unknown) => Output | Promise<Output>);

export type ParserOutput<P> =
  P extends StandardSchema<infer Output> ? Output : P extends (value: unknown) => infer Output ? Awaited<Output> : never;

/** A promise only where the parser is asynchronous. What does not fit is a `ProtocolError` that names the field. */
export function parseWith<Output>(parser: Parser<Output>, value: unknown): Output | Promise<Output> {
  // Some schemas are functions too: what they declare counts.
  if (!('~standard' in parser)) return guard(() => parser(value), (output) => output);
  return guard(() => parser['~standard'].validate(value), valueOf);
}

function guard<Raw, Output>(run: () => Raw | Promise<Raw>, read: (raw: Raw) => Output): Output | Promise<Output> {
  try {
    const raw = run();
    if (raw instanceof Promise) return raw.then(read).catch(refuse);
    return read(raw);
  } catch (thrown) {
    return refuse(thrown);
  }
}

function valueOf<Output>(result: SchemaResult<Output>): Output {
  if (!result.issues) return result.value;
  const issue = result.issues[0];
  const path = issue?.path?.map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  throw new ProtocolError('invalid-chunk', 'A value does not fit its schema, so it was skipped.', {
    field: path,
    details: result.issues,
  });
}

function refuse(thrown: unknown): never {
  if (thrown instanceof ProtocolError) throw thrown;
  throw new ProtocolError('invalid-chunk', 'A value was refused by its parser, so it was skipped.', { cause: thrown });
}
