// What a connection says to a second reader, whichever layer it is read at.
import { UsageError } from './errors.ts';

export function readTwice(): UsageError {
  return new UsageError(
    'invalid-option',
    'A connection can be read once: a second reader would take frames from the first. Make another connection.',
  );
}
