// Follows the tool calls of one turn while their arguments stream: the same for every format that sends them in pieces.
// Knows which client calls are still open when the turn ends, and so how it really finishes.
import { compact } from '../base/compact.ts';
import type { Emit } from './adapter.ts';
import type { ChunkBase, FinishReason, ToolResultChunk, ToolStartChunk } from './chunk.ts';

interface Call {
  readonly id: string;
  readonly name: string;
  by: 'client' | 'server';
  readonly base: ChunkBase;
  /** The arguments' text as it streamed, and what it came to. */
  args: string;
  whole?: unknown;
  state: 'streaming' | 'called' | 'broken' | 'answered';
}

/** By the call's id, in the order they began. */
export type Calls = Map<string, Call>;

export type NewCall = Omit<ToolStartChunk, 'type' | 'by'> & { readonly by: 'client' | 'server' };

/** A call that began before is left as it is: some servers name it again with every piece. */
export function startCall(calls: Calls, call: NewCall, emit: Emit): void {
  const { id, name, by, step, run } = call;
  if (calls.has(id)) return;
  calls.set(id, { id, name, by, base: compact({ step, run }), args: '', state: 'streaming' });
  emit(compact({ type: 'tool-start', ...call }));
}

export function addArgs(calls: Calls, id: string, delta: string, emit: Emit): void {
  const call = calls.get(id);
  if (delta === '' || call?.state !== 'streaming') return;
  call.args += delta;
  emit({ type: 'tool-args', id, delta, ...call.base });
}

/** The call is whole. Without `whole` its arguments are what streamed; nothing streamed means no arguments. */
export function endCall(calls: Calls, id: string, emit: Emit, whole?: Arguments): void {
  const call = calls.get(id);
  if (call?.state !== 'streaming') return;
  const parsed = whole ?? parseArgs(call.args);
  call.state = parsed.error === undefined ? 'called' : 'broken';
  call.whole = parsed.args;
  emit(compact({ type: 'tool-call', id, name: call.name, by: call.by, ...parsed, ...call.base }));
}

export function endCalls(calls: Calls, emit: Emit): void {
  for (const id of calls.keys()) endCall(calls, id, emit);
}

/** `error`: they do not parse, or do not fit the tool. */
export interface Arguments {
  readonly args: unknown;
  readonly error?: string;
}

/** Arguments that were sent as one JSON text. */
export function parseArgs(text: string): Arguments {
  if (text.trim() === '') return { args: {} };
  try {
    return { args: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { args: undefined, error: 'The arguments are not JSON.' };
    throw error;
  }
}

export function answerCall(calls: Calls, result: Omit<ToolResultChunk, 'type'>, emit: Emit): void {
  const call = calls.get(result.id);
  if (call !== undefined && result.preliminary !== true) call.state = 'answered';
  emit(compact({ type: 'tool-result', ...call?.base, ...result }));
}

/**
 * Where a format does not say whose calls are, those that nobody answered by the end of the turn are the client's:
 * servers answer their own.
 */
export function claimCalls(calls: Calls, isOpen: (id: string) => boolean, emit: Emit): void {
  for (const [id, call] of calls) {
    if (call.state !== 'called' || !isOpen(id)) continue;
    call.by = 'client';
    emit({ type: 'tool-call', id, name: call.name, args: call.whole, by: 'client', ...call.base });
  }
}

/** What some servers give as the reason of an end that is none: the model or its machine broke off. */
const failures = /^(error|insufficient_system_resource)$/;

/** A turn that ends on a client's call without a result waits for it, whatever the provider names that, unless it was given up. */
export function finishTurn(calls: Calls, reason: FinishReason, raw: string | undefined, emit: Emit): void {
  endCalls(calls, emit);
  if (failures.test(raw ?? '')) {
    emit(compact({ type: 'error', code: raw }));
    return;
  }
  const waits = [...calls.values()].some(({ by, state }) => by === 'client' && state === 'called');
  emit(compact({ type: 'finish', reason: waits && reason !== 'aborted' ? 'tool-calls' : reason, raw }));
}
