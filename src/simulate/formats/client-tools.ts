// Tools of the client's: an answer stops at a call, and the request that brings its result gets what comes after. For
// formats whose server runs no tools of its own.
import { type Fields, objectsOf } from './ask.ts';
import type { Encoder, Question } from './format.ts';

/** Leaves out what the client has had before, and ends the answer at the next call. */
export function withClientTools({ toolResults = 0 }: Question, encode: Encoder): Encoder {
  let calls = 0;
  return (step) => {
    const before = calls;
    if (step.type === 'tool') calls += 1;
    if (before > toolResults || calls < toolResults || (step.type === 'tool' && calls === toolResults)) return [];
    return step.type === 'tool' ? [...encode(step), ...encode({ type: 'finish', reason: 'tool-calls' })] : encode(step);
  };
}

/** What a list of messages asks: the newest question, and how many results of `isResult` came after it. */
export function readMessages(
  messages: unknown,
  textOfMessage: (message: Fields) => string | undefined,
  countResults: (message: Fields) => number,
): { readonly text: string; readonly toolResults: number } | null {
  let text: string | undefined;
  let toolResults = 0;
  for (const message of objectsOf(messages)) {
    const results = countResults(message);
    toolResults += results;
    const asked = message['role'] === 'user' && results === 0 ? textOfMessage(message) : undefined;
    if (asked === undefined) continue;
    text = asked;
    toolResults = 0;
  }
  return text === undefined ? null : { text, toolResults };
}
