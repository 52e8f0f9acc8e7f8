// Reading a transport to its end.
import type { FrameBatch, TransportConnection } from '../../src/transport/transport.ts';
import type { Frame } from '../../src/wire/frame.ts';

export async function batchesOf(connection: TransportConnection): Promise<FrameBatch[]> {
  const batches: FrameBatch[] = [];
  for await (const batch of connection.batches) batches.push(batch);
  return batches;
}

export function dataOf(frames: readonly Frame[]): (string | null)[] {
  return frames.flatMap((frame) => (frame.kind === 'message' ? [frame.data] : []));
}

/** What came, and what was thrown after it. */
export async function readOut(
  connection: TransportConnection,
): Promise<{ readonly data: (string | null)[]; readonly batches: FrameBatch[]; readonly thrown: unknown }> {
  const batches: FrameBatch[] = [];
  let thrown: unknown;
  try {
    for await (const batch of connection.batches) batches.push(batch);
  } catch (error) {
    thrown = error;
  }
  return { data: dataOf(batches.flatMap((batch) => batch.frames)), batches, thrown };
}

/** Reads on until the given number of messages is there. */
export async function readMessages(batches: AsyncIterator<FrameBatch>, count: number): Promise<(string | null)[]> {
  const data: (string | null)[] = [];
  while (data.length < count) {
    const { done, value } = await batches.next();
    if (done) break;
    data.push(...dataOf(value.frames));
  }
  return data;
}
