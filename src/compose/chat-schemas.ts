// Checks what a server sends against an application's schemas, between the protocol and everything behind it, so that
// the types of messages are true. What does not fit is told and left out, or marked as failed where it was a call's.
import { ProtocolError } from '../base/errors.ts';
import { type Parser, type ParserOutput, parseWith } from '../base/standard-schema.ts';
import type { MessageTypes } from '../message/message-types.ts';
import { mergeData } from '../message/reduce-data.ts';
import type { Adapter, Emit } from '../protocol/adapter.ts';
import type { Chunk, ChunkOf, Meta } from '../protocol/chunk.ts';
import { createDiagnostics, type OnDiagnostic } from '../store/diagnostics.ts';

/** Schemas or parse functions, each of which has to answer at once. */
export interface SchemaMap {
  /** By the tool's name. `result` is what the tool returns, wherever it runs; a server's results are checked. */
  readonly tools?: Readonly<Record<string, { readonly args?: Parser; readonly result?: Parser }>>;
  /** By the data part's name. */
  readonly data?: Readonly<Record<string, Parser>>;
  /** Of answers: as far as it came, so what comes later has to be optional. */
  readonly metadata?: Parser;
}

type Output<P> = P extends Parser ? ParserOutput<P> : unknown;

/** The types that schemas declare. */
export interface TypesOf<S extends SchemaMap> extends MessageTypes {
  readonly tools: S['tools'] extends object
    ? {
        readonly [Name in keyof S['tools']]: {
          readonly args: S['tools'][Name] extends { readonly args: infer P } ? Output<P> : unknown;
          readonly result: S['tools'][Name] extends { readonly result: infer P } ? Output<P> : unknown;
        };
      }
    : MessageTypes['tools'];
  readonly data: S['data'] extends object
    ? { readonly [Name in keyof S['data']]: Output<S['data'][Name]> }
    : MessageTypes['data'];
  readonly metadata: S['metadata'] extends Parser
    ? ParserOutput<S['metadata']> & MessageTypes['metadata']
    : MessageTypes['metadata'];
}

/** What `chatSchemas` makes and a chat takes. */
export interface ChatSchemas<Types extends MessageTypes = MessageTypes> {
  /** The protocol, with everything checked that it reads. Faults go to `onDiagnostic`, each kind once. */
  check<State>(protocol: Adapter<State>, onDiagnostic: OnDiagnostic | undefined): Adapter<unknown>;
  /** For the compiler alone. */
  readonly '~types'?: Types;
}

/**
 * Types a chat by its schemas, and checks what its server sends against them. Give the result to `createChat`,
 * `streamChat` or `useChatStream` as `schemas`. A function, so that a chat without schemas carries nothing of this.
 */
export function chatSchemas<const S extends SchemaMap>(schemas: S): ChatSchemas<TypesOf<S>> {
  return {
    check<State>(protocol: Adapter<State>, onDiagnostic: OnDiagnostic | undefined) {
      const { report } = createDiagnostics(onDiagnostic);
      const checked = ({ answer, inner }: Checked<State>, emit: Emit, run: (state: State, emit: Emit) => void): void =>
        run(inner, (chunk) => checkChunk(schemas, answer, chunk, emit, report));
      const { init, read, end, resume, cancel, ...rest } = protocol;
      return {
        ...rest,
        init: (reply) => ({ inner: init(reply), answer: newAnswer() }),
        read: (state, frame, emit) => checked(state, emit, (inner, checkedEmit) => read(inner, frame, checkedEmit)),
        end(state, emit, why) {
          let ending: ReturnType<typeof end> = 'cut';
          checked(state, emit, (inner, checkedEmit) => (ending = end(inner, checkedEmit, why)));
          return ending;
        },
        ...(resume && { resume: ({ inner }, point) => resume(inner, point) }),
        ...(cancel && { cancel: ({ inner }, point) => cancel(inner, point) }),
      } satisfies Adapter<Checked<State>> as Adapter;
    },
  };
}

interface Checked<State> {
  readonly inner: State;
  readonly answer: Answer;
}

/** What is known of the answer so far, as far as checking needs it. */
interface Answer {
  /** The calls by their ids; `fault` says why one is not what was declared. */
  readonly calls: Map<string, { name: string; args?: unknown; fault?: string }>;
  /** Data that may be patched or appended to, by name and id. */
  readonly data: Map<string, unknown>;
  metadata: Meta;
}

const newAnswer = (): Answer => ({ calls: new Map(), data: new Map(), metadata: {} });

type Report = (error: ProtocolError) => void;

function checkChunk(schemas: SchemaMap, answer: Answer, chunk: Chunk, emit: Emit, report: Report): void {
  switch (chunk.type) {
    case 'tool-start':
      answer.calls.set(chunk.id, { ...answer.calls.get(chunk.id), name: chunk.name });
      emit(chunk);
      return;
    case 'tool-call':
      checkCall(schemas, answer, chunk, emit, report);
      return;
    case 'tool-result':
      checkResult(schemas, answer, chunk, emit, report);
      return;
    case 'data':
      checkData(schemas, answer, chunk, emit, report);
      return;
    case 'start':
    case 'meta': {
      if (schemas.metadata === undefined || chunk.meta === undefined) break;
      const fit = parse(schemas.metadata, { ...answer.metadata, ...chunk.meta }, 'metadata', report);
      if ('fault' in fit) {
        if (chunk.type === 'start') emit({ ...chunk, meta: {} });
        return;
      }
      // What a schema leaves out may be a protocol's own.
      answer.metadata = { ...chunk.meta, ...(fit.value as Meta) };
      emit({ ...chunk, meta: answer.metadata });
      return;
    }
    default:
  }
  emit(chunk);
}

/** A call whose arguments do not fit is one that failed: its model is told, and may call again. */
function checkCall(
  schemas: SchemaMap,
  { calls }: Answer,
  chunk: ChunkOf<'tool-call'>,
  emit: Emit,
  report: Report,
): void {
  const { id, name, args } = chunk;
  const schema = schemas.tools?.[name]?.args;
  const fit: Fit =
    schema === undefined || chunk.error !== undefined
      ? { value: args }
      : parse(schema, args, `tools.${name}.args`, report);
  const error = 'fault' in fit ? fit.fault : chunk.error;
  const checked = 'value' in fit ? { ...chunk, args: fit.value } : chunk;
  calls.set(id, { name, args: checked.args, ...(error !== undefined && { fault: error }) });
  emit(error === undefined ? checked : { ...checked, error });
}

/** Also where the result came all the same, what the call shows is kept, and that it is not what was declared. */
function checkResult(
  schemas: SchemaMap,
  { calls }: Answer,
  chunk: ChunkOf<'tool-result'>,
  emit: Emit,
  report: Report,
): void {
  const call = calls.get(chunk.id);
  const name = chunk.name ?? call?.name ?? '';
  const schema = schemas.tools?.[name]?.result;
  const fit: Fit =
    schema === undefined || chunk.error === true
      ? { value: chunk.result }
      : parse(schema, chunk.result, `tools.${name}.result`, report);
  const isDropped = 'fault' in fit && chunk.preliminary === true;
  if (isDropped) return;
  emit('value' in fit ? { ...chunk, result: fit.value } : chunk);
  const error = 'fault' in fit ? fit.fault : call?.fault;
  if (error !== undefined && chunk.error !== true && chunk.preliminary !== true)
    emit({ type: 'tool-call', id: chunk.id, name, args: call?.args, error });
}

function checkData(schemas: SchemaMap, { data }: Answer, chunk: ChunkOf<'data'>, emit: Emit, report: Report): void {
  const { name, id, op } = chunk;
  const schema = schemas.data?.[name];
  const key = JSON.stringify([name, id]);
  // A change to something of an earlier page, which this answer does not know, cannot be checked.
  const isChange = op === 'patch' || op === 'append';
  if (schema === undefined || (isChange && !data.has(key))) {
    emit(chunk);
    return;
  }
  const fit = parse(schema, isChange ? mergeData(data.get(key), chunk) : chunk.data, `data.${name}`, report);
  if ('fault' in fit) return;
  data.set(key, fit.value);
  emit({ ...chunk, data: fit.value, ...(isChange && { op: 'set' as const }) });
}

type Fit = { readonly value: unknown } | { readonly fault: string };

/** `place` is where the value stands among the schemas. */
function parse(schema: Parser, value: unknown, place: string, report: Report): Fit {
  try {
    const parsed = parseWith(schema, value);
    if (!(parsed instanceof Promise)) return { value: parsed };
    parsed.catch(() => undefined);
    throw new ProtocolError('invalid-chunk', 'A schema that answers later cannot check a stream.');
  } catch (thrown) {
    const cause = thrown as ProtocolError;
    const field = cause.field ? `${place}.${cause.field}` : place;
    const [issue] = Array.isArray(cause.details) ? (cause.details as { message?: string }[]) : [];
    const why = issue?.message ?? (cause.cause instanceof Error ? cause.cause.message : cause.message);
    report(
      new ProtocolError(
        'invalid-chunk',
        `What the server sent as \`${field}\` does not fit its schema. Everything else of the answer is kept.`,
        { field, excerpt: why, details: cause.details, cause },
      ),
    );
    return { fault: `Does not fit at \`${field}\`: ${why}` };
  }
}
