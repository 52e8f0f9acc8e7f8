import { describe, expect, it } from 'vitest';
import { autoProtocol } from '../../src/protocol/auto.ts';
import { fuzz } from '../support/fuzz.ts';
import { protocols } from '../support/protocols.ts';

/** 6714, 7258: a run named by half of a pair of surrogates, which no address can hold. */
const failedOnce = [
  { seed: 6714, adapter: 'langgraph' },
  { seed: 7258, adapter: 'langgraph' },
];

describe('streams that were bent, cut, mixed or made up', () => {
  it('never throw, never look whole, and never grow', async () => {
    const { failures, tallies } = await fuzz({ runs: 600, seed: 1 });
    expect(failures).toEqual([]);
    const auto = autoProtocol([], { request: () => ({ method: 'POST' }) });
    expect([...tallies.keys()]).toEqual([...protocols.map(({ adapter }) => adapter.name), auto.name]);
  });

  it('that made an adapter throw once do so no more', async () => {
    for (const { seed, adapter } of failedOnce) {
      const { failures } = await fuzz({ runs: 1, seed, only: adapter });
      expect(failures).toEqual([]);
    }
  });

  it('are the same for the same seed', async () => {
    const runs = [await fuzz({ runs: 50, seed: 7 }), await fuzz({ runs: 50, seed: 7 })];
    expect(runs[0]?.tallies).toEqual(runs[1]?.tallies);
  });
});
