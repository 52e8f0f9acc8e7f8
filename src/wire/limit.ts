// The one error for a record that outgrows its bound.
import { WireError } from '../base/errors.ts';

export function bufferExceeded(limit: number): WireError {
  return new WireError(
    'buffer-exceeded',
    `One record of the stream is larger than ${limit} characters, so reading stopped. Raise \`maxFrameBytes\` if the server may send such records.`,
  );
}
