// Faults that strike at a position of the body: cut, stall and drip. Positions count the bytes of this reply.
import type { Piece } from './bytes.ts';
import { type Fault, type FaultOf, strikingFaults } from './faults.ts';

/** A body's next event: bytes to send, or its early end. */
export type BodyStep = Piece | { readonly cut: FaultOf<'cut'> };

export function* strikeBytes(pieces: Iterable<Piece>, faults: readonly Fault[], attempt: number): Iterable<BodyStep> {
  const [cut] = strikingFaults(faults, 'cut', attempt).toSorted((one, other) => one.at - other.at);
  const stalls = strikingFaults(faults, 'stall', attempt).toSorted((one, other) => one.at - other.at);
  const drips = strikingFaults(faults, 'drip', attempt);
  let sent = 0;
  let nextStall = 0;
  let stalledMs = 0;
  for (const piece of pieces) {
    let rest = piece.bytes;
    let afterMs = piece.afterMs;
    while (rest.length > 0) {
      if (cut && sent >= cut.at) {
        yield { cut };
        return;
      }
      for (let stall = stalls[nextStall]; stall && stall.at <= sent; stall = stalls[++nextStall]) stalledMs += stall.ms;
      const drip = drips.find((fault) => sent >= fault.at && sent < fault.at + fault.length);
      const stops = [
        cut?.at,
        stalls[nextStall]?.at,
        ...drips.flatMap((fault) => [fault.at, fault.at + fault.length]),
        drip && sent + drip.bytes,
      ];
      const size = Math.min(rest.length, ...stops.flatMap((at) => (at !== undefined && at > sent ? [at - sent] : [])));
      const whole = size === rest.length;
      yield {
        afterMs: afterMs + stalledMs + (drip?.ms ?? 0),
        bytes: whole ? rest : rest.subarray(0, size),
        // A record is out only when its last byte is.
        upTo: whole ? piece.upTo : undefined,
      };
      rest = rest.subarray(size);
      sent += size;
      afterMs = 0;
      stalledMs = 0;
    }
  }
  if (cut && sent >= cut.at) yield { cut };
}
