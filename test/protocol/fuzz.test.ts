import { describe, expect, it } from 'vitest';
import { autoProtocol } from '../../src/protocol/auto.ts';
import { fuzz } from '../support/fuzz.ts';
import { protocols } from '../support/protocols.ts';

describe('streams that were bent, cut, mixed or made up', () => {
  it('never throw, never look whole, and never grow', async () => {
    const { failures, tallies } = await fuzz({ runs: 600, seed: 1 });
    expect(failures).toEqual([]);
    const auto = autoProtocol([], { request: () => ({ method: 'POST' }) });
    expect([...tallies.keys()]).toEqual([...protocols.map(({ adapter }) => adapter.name), auto.name]);
  });

  it('are the same for the same seed', async () => {
    const runs = [await fuzz({ runs: 50, seed: 7 }), await fuzz({ runs: 50, seed: 7 })];
    expect(runs[0]?.tallies).toEqual(runs[1]?.tallies);
  });
});
