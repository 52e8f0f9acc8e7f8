// What Dify's agents think and do: records that are sent again and again, each time with more of their fields.
import { isStreamError } from '../base/errors.ts';
import type { Emit } from './adapter.ts';
import { asObject, type Fields, invalid, parse, stringField } from './read-json.ts';

export interface ThoughtState {
  /** All text so far, and how much of it an agent's thought was told about: both repeat what was streamed. */
  readonly text: string;
  thoughtAt: number;
  /** Calls, results and files already told. */
  readonly told: Set<string>;
}

/**
 * One thought is sent again and again with more of its fields. What the model said may have been streamed as the
 * answer already; then it is no news.
 */
export function readThought(state: ThoughtState, fields: Fields, emit: Emit): void {
  const id = stringField(fields, 'id', 'agent_thought');
  if (id === undefined) throw invalid('agent_thought', 'id', 'a string');
  const thought = stringField(fields, 'thought', 'agent_thought') ?? '';
  const streamed = state.text.slice(state.thoughtAt);
  if (thought !== '' && thought.trim() !== streamed.trim()) emit({ type: 'reasoning', part: id, set: thought });
  if (streamed !== '') state.thoughtAt = state.text.length;
  const tools = (stringField(fields, 'tool', 'agent_thought') ?? '').split(';').filter((name) => name !== '');
  const inputs = looseJson(stringField(fields, 'tool_input', 'agent_thought') ?? '');
  const observed = stringField(fields, 'observation', 'agent_thought') ?? '';
  const results = looseJson(observed);
  tools.forEach((name, index) => {
    const call = tools.length === 1 ? id : `${id}-${index}`;
    if (isNew(state.told, `call:${call}`)) {
      emit({ type: 'tool-call', id: call, name, args: byName(inputs, name) ?? inputs ?? {}, by: 'server' });
    }
    const result = byName(results, name) ?? (tools.length === 1 ? (results ?? observed) : undefined);
    if (observed !== '' && result !== undefined && isNew(state.told, `result:${call}`)) {
      emit({ type: 'tool-result', id: call, name, result });
    }
  });
}

/** Text that is mostly, but need not be, JSON. */
function looseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return parse(text, 'agent_thought');
  } catch (error) {
    if (isStreamError(error)) return text;
    throw error;
  }
}

function byName(values: unknown, name: string): unknown {
  const fields = asObject(values);
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Whether this is told for the first time. */
export function isNew(told: Set<string>, key: string): boolean {
  if (told.has(key)) return false;
  told.add(key);
  return true;
}
