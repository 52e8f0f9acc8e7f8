// What a Dify workflow does while it answers: its nodes, loops and agents as phases, its thoughts, its questions.
import { compact } from '../base/compact.ts';
import type { Emit } from './adapter.ts';
import { booleanField, type Fields, firstString, invalid, stringField } from './read-json.ts';

/** Whether the event is one of these. */
export function readDifyStep(event: string, data: Fields, emit: Emit): boolean {
  switch (event) {
    case 'node_started':
    case 'iteration_started':
    case 'loop_started':
      emitPhase(event, data, 'start', emit);
      return true;
    case 'iteration_next':
    case 'loop_next':
      emitPhase(event, data, 'update', emit);
      return true;
    case 'node_finished':
    case 'iteration_completed':
    case 'loop_completed':
      emitPhase(event, data, 'end', emit);
      return true;
    case 'agent_log':
      emitPhase(event, data, data['status'] === 'start' ? 'start' : 'end', emit);
      return true;
    case 'reasoning_chunk': {
      const part = stringField(data, 'node_id', event) ?? 'reasoning';
      const delta = stringField(data, 'reasoning', event) ?? '';
      if (delta !== '') emit({ type: 'reasoning', part, delta });
      if (booleanField(data, 'is_final', event) === true) emit({ type: 'part-end', part });
      return true;
    }
    case 'human_input_required': {
      const id = firstString(data, 'form_token', 'form_id');
      if (id === undefined) throw invalid(event, 'data.form_token', 'a string');
      emit(compact({ type: 'approval', id, message: firstString(data, 'form_content'), data }));
      return true;
    }
    default:
      return false;
  }
}

function emitPhase(event: string, data: Fields, phase: 'start' | 'update' | 'end', emit: Emit): void {
  const id = stringField(data, 'id', event) ?? stringField(data, 'node_id', event);
  const state = firstString(data, 'node_type') ?? event.split('_')[0] ?? event;
  const status = stringField(data, 'status', event);
  const ok = phase !== 'end' || status === undefined ? undefined : status === 'succeeded' || status === 'success';
  emit(compact({ type: 'status', id, state, label: firstString(data, 'title', 'label'), phase, ok }));
}
