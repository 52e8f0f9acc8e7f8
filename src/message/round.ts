// An answer that is continued, with tool results or approvals, gets further replies: rounds of one message.
import type { Chunk } from '../protocol/chunk.ts';
import type { Message } from './message.ts';

/** The message ready for more of the same answer, after tool results or approvals: what it holds stays. */
export function continueMessage(message: Message): Message {
  const { finishReason: _reason, error: _error, ...rest } = message;
  return { ...rest, status: 'pending', round: (message.round ?? 0) + 1 };
}

/**
 * Servers count parts and steps from the start in every reply, so that those of an earlier reply to the same message
 * would be taken for the same. Calls, sources and data are meant to be.
 */
export function inRound(chunk: Chunk, round: number | undefined): Chunk {
  if (round === undefined) return chunk;
  const mark = <T extends string | undefined>(name: T) => (name === undefined ? name : (`${round}~${name}` as T));
  const step = mark(chunk.step);
  switch (chunk.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
    case 'part-end':
      return { ...chunk, step, part: mark(chunk.part) } as Chunk;
    case 'step':
      return { ...chunk, id: mark(chunk.id) };
    case 'usage':
      return { ...chunk, step: mark(chunk.step ?? '') };
    case 'source':
      return { ...chunk, step, ...(chunk.at && { at: { ...chunk.at, part: mark(chunk.at.part) } }) };
    default:
      return step === undefined ? chunk : { ...chunk, step };
  }
}
