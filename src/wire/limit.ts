// The one error for a record that outgrows its bound.
import { WireError } from '../base/errors.ts';

export function bufferExceeded(limit: number): WireError {
  return new WireError(
    'buffer-exceeded',
    `A record is larger than ${limit} characters, so reading stopped. Raise \`maxFrameBytes\` if records may be larger.`,
  );
}
