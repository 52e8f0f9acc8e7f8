import { describe, expect, it } from 'vitest';
import type { FrameBatch } from '../../src/core.ts';
import { deliver, type DeliveryPort, parseFaults } from '../../stories/support/lab/faults.ts';

function batch(data: string): FrameBatch {
  return { frames: [{ kind: 'message', event: 'message', data, id: undefined }], bytes: data.length };
}

const end: FrameBatch = { frames: [], bytes: 0, end: { kind: 'eof' } };

/** What a reader gets of `a b c d` and the end, and what the world was asked for, faults given as text. */
async function play(faults: string): Promise<{ readonly got: string; readonly asked: readonly string[] }> {
  let index = 2;
  const asked: string[] = [];
  const port: DeliveryPort = {
    admit: async () => (index += 1),
    leaveOut: async () => (index += 1),
    async wait(ms) {
      asked.push(`wait ${ms}`);
    },
    lose() {
      throw new Error('lost');
    },
    async goOffline(ms) {
      asked.push(`offline ${ms}`);
    },
  };
  async function* source() {
    for (const letter of ['a', 'b', 'c', 'd']) yield batch(letter);
    yield end;
  }
  const got: string[] = [];
  try {
    for await (const { frames, end: ended } of deliver(source(), parseFaults(faults), 2, port)) {
      const [frame] = frames;
      got.push(ended ? '.' : frame?.kind === 'message' ? (frame.data ?? '') : '');
    }
  } catch (error) {
    got.push(error instanceof Error ? `!${error.message}` : '!');
  }
  return { got: got.join(''), asked };
}

describe('deliver', () => {
  it('hands on what comes', async () => {
    expect(await play('')).toEqual({ got: 'abcd.', asked: [] });
  });

  it('strikes after the event with the number, the head of the reply included', async () => {
    expect((await play('drop-2')).got).toBe('!lost');
    expect((await play('drop-4')).got).toBe('ab!lost');
    expect((await play('stall-3-700')).asked).toEqual(['wait 700']);
    expect(await play('offline-4-900')).toEqual({ got: 'ab!lost', asked: ['offline 900'] });
    expect((await play('stop-5')).got).toBe('abcd.');
  });

  it('repeats once what came', async () => {
    expect((await play('duplicate-4')).got).toBe('abbcd.');
    expect((await play('duplicate-2')).got).toBe('abcd.');
  });

  it('lets the next two reads change places, but nothing overtake the end', async () => {
    expect((await play('reorder-3')).got).toBe('acbd.');
    expect((await play('reorder-5')).got).toBe('abcd.');
  });

  it('leaves out the next read', async () => {
    expect((await play('missing-3')).got).toBe('acd.');
  });

  it('counts what it repeats or leaves out as events, so that later faults strike where they are seen to', async () => {
    expect((await play('duplicate-3_drop-5')).got).toBe('aab!lost');
    expect((await play('missing-3_drop-4')).got).toBe('a!lost');
  });
});
