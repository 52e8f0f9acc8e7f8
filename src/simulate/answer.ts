// Writes an answer's records again from its seed, numbered and dated.
import type { Cursor, WireRecord } from './formats/format.ts';
import type { Answer } from './ledger.ts';
import { createRandom } from './random.ts';
import type { TimedRecord } from './record-faults.ts';
import { type Script, timeSteps } from './script.ts';

/** The records from number `from` on. What was generated before is due at once. */
export function* answerRecords(answer: Answer, script: Script, from: number): Iterable<TimedRecord> {
  const { format, question, simulation, seed } = answer;
  const { produced } = answer;
  const encode = format.createEncoder({ question, answerId: answer.id });
  const steps = script({ question: question.text, random: createRandom(seed), length: simulation.length });
  // Timing has its own chance, so that pacing never changes a text.
  const timed = timeSteps(steps, simulation, createRandom(seed ^ 0x7157));
  let index = 0;
  let afterMs = 0;
  for (const { afterMs: waitMs, step } of timed) {
    afterMs += waitMs;
    for (const draft of encode(step)) {
      if (index >= from) {
        const body = simulation.numbered ? format.number(draft.body, index) : draft.body;
        const record: WireRecord = {
          event: draft.event,
          data: typeof body === 'string' ? body : JSON.stringify(body),
          id: simulation.ids ? formatCursor(answer.id, index) : undefined,
        };
        yield { index, afterMs: index < produced ? 0 : afterMs, record };
      }
      afterMs = 0;
      index += 1;
    }
  }
  answer.total = index;
}

/** A cursor of the server's own, as records carry it. */
function formatCursor(answer: string, index: number): string {
  return `${answer}-${index}`;
}

/** A bare number is a place in the newest answer of its turn. `null`: not one of ours. */
export function parseCursor(text: string): Cursor | null {
  const match = /^(?:([0-9a-f]{8})-)?(\d+)$/.exec(text);
  return match && { answer: match[1], index: Number(match[2]) };
}
