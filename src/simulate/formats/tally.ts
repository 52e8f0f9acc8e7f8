// Counts tokens the way a bill does, near enough: four characters of a question, one token of an answer.
import type { TokenStep } from '../script.ts';

export interface Tally {
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  count(step: TokenStep): void;
}

export function createTally(question: string): Tally {
  let output = 0;
  let reasoning = 0;
  return {
    input: Math.ceil(question.length / 4),
    /** Includes the reasoning. */
    get output() {
      return output;
    },
    get reasoning() {
      return reasoning;
    },
    count(step) {
      if (step.type !== 'text' && step.type !== 'reasoning') return;
      output += step.tokens.length;
      if (step.type === 'reasoning') reasoning += step.tokens.length;
    },
  };
}
