// Asks what the caller handed in for a part of a request. What it throws is the caller's to mend: trying again, as after
// a network fault, would call the same code again and hide the fault behind "reconnecting".
import { isStreamError, TransportError } from './errors.ts';

/**
 * What `ask` gives. A foreign throw becomes `option-failed`, which ends the stream; an error of the kit passes, so that
 * the caller can say with its code that trying again (`connect-failed`) or signing in (`unauthorized`) helps.
 */
export async function askOption<T>(option: string, ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (isStreamError(cause)) throw cause;
    throw new TransportError(
      'option-failed',
      `\`${option}\` threw, so the request was not sent. It is your code: see \`cause\`. Only a \`connect-failed\` error is tried again.`,
      { field: option, cause },
    );
  }
}
