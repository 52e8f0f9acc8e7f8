import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../src/simulate/handler.ts';
import { createSimulatedFetch } from '../../src/simulate/page-fetch.ts';
import { settle } from '../support/fake-clock.ts';
import { askRequest, readRecords, readReply } from './client.ts';

const base = 'https://page.example';

describe('createSimulatedFetch', () => {
  it('streams, and unpacks gzip as a browser would', async () => {
    const simulated = createSimulatedFetch(createSimulator());
    const plain = await readReply(await simulated(askRequest(base, { script: 'markdown', ids: false })));
    const packed = await readReply(await simulated(askRequest(base, { script: 'markdown', ids: false, gzip: true })));
    expect(readRecords(plain.text).answer).toContain('# An answer in markdown');
    expect(packed.text).toBe(plain.text);
  });

  it('fails as a network does where the connection is cut or refused', async () => {
    const simulated = createSimulatedFetch(createSimulator());
    const cut = await readReply(await simulated(askRequest(base, { faults: [{ type: 'cut', at: 40, end: 'reset' }] })));
    expect(cut.text).toHaveLength(40);
    expect(cut.error).toBeInstanceOf(TypeError);
    const refused = simulated(askRequest(base, { faults: [{ type: 'refuse', end: 'reset' }] }));
    await expect(refused).rejects.toBeInstanceOf(TypeError);
  });

  it('ends with the abort’s reason, before and after the head', async () => {
    const simulator = createSimulator();
    const simulated = createSimulatedFetch(simulator);
    const early = new AbortController();
    const pending = simulated(askRequest(base, { latencyMs: 60_000, turn: 'early', signal: early.signal }));
    early.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    const late = new AbortController();
    const faults = [{ type: 'cut', at: 90, end: 'hang' }] as const;
    const reply = readReply(await simulated(askRequest(base, { faults, turn: 'late', signal: late.signal })));
    await expect.poll(() => simulator.turnStats('late').open).toBe(1);
    late.abort();
    expect((await reply).error).toMatchObject({ name: 'AbortError' });
    expect(simulator.turnStats('early')).toMatchObject({ open: 0, aborts: 1, generations: 0 });
    expect(simulator.turnStats('late')).toMatchObject({ open: 0, aborts: 1, generations: 1 });
  });

  it('hears an abort after nobody but the server remembers the request', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const simulator = createSimulator();
    const stop = new AbortController();
    const faults = [{ type: 'cut', at: 90, end: 'hang' }] as const;
    const reply = readReply(
      await createSimulatedFetch(simulator)(askRequest(base, { faults, turn: 'forgotten', signal: stop.signal })),
    );
    await settle();
    collectGarbage();
    await settle();
    stop.abort();
    expect((await reply).error).toMatchObject({ name: 'AbortError' });
    expect(simulator.turnStats('forgotten')).toMatchObject({ open: 0, aborts: 1 });
  });
});
