import { describe, expect, it } from 'vitest';
import { parseFaults, withFault, withoutFault } from '../../stories/support/lab/faults.ts';
import {
  decodeLabState,
  defaultLabState,
  encodeLabState,
  encodeOver,
  labStateOf,
  type LabState,
  streamKey,
} from '../../stories/support/lab/lab-state.ts';

const everything: LabState = {
  at: 12,
  speed: 0.25,
  pace: 40,
  chunks: 'split-utf8',
  jitter: 30,
  firstMs: 800,
  server: 'busy',
  protocol: 'ai-sdk',
  seed: 7,
  faults: [
    { kind: 'drop', at: 9 },
    { kind: 'stall', at: 11, ms: 50_000 },
    { kind: 'offline', at: 20, ms: 1_500 },
  ],
};

describe('encodeLabState', () => {
  it('writes nothing where nothing was set', () => {
    expect(encodeLabState(defaultLabState)).toEqual({});
  });

  it('writes only what Storybook lets through in an address', () => {
    for (const value of Object.values(encodeLabState(everything))) {
      expect(String(value)).toMatch(/^[a-zA-Z0-9 _-]*$|^-?[0-9]+(\.[0-9]+)?$/);
    }
  });

  it('is undone by decodeLabState', () => {
    expect(decodeLabState(encodeLabState(everything))).toEqual(everything);
    expect(decodeLabState(encodeLabState({ ...everything, at: 'end' })).at).toBe('end');
  });
});

describe('decodeLabState', () => {
  it('reads numbers that came as text', () => {
    expect(decodeLabState({ at: '3', speed: '2', seed: '5' })).toMatchObject({ at: 3, speed: 2, seed: 5 });
  });

  it('takes what it cannot read for not said', () => {
    for (const global of [undefined, null, 'lab', 7, {}, { at: 'soon', speed: 'fast', chunks: 'loaf', faults: 3 }]) {
      expect(decodeLabState(global)).toEqual(defaultLabState);
    }
    expect(decodeLabState({ at: -4, speed: -1, pace: -5, jitter: 900 })).toMatchObject({
      at: 0,
      speed: 1,
      jitter: 100,
    });
  });
});

describe('labStateOf', () => {
  const story = { at: 15, faults: 'drop-12' };

  it('takes what a story says where the address says nothing', () => {
    expect(labStateOf({}, story)).toEqual(decodeLabState(story));
    expect(labStateOf({ at: 3 }, story)).toEqual(decodeLabState({ at: 3 }));
    expect(labStateOf({}, undefined)).toEqual(defaultLabState);
  });

  it('lets an address give a story back that says where it stands', () => {
    expect(labStateOf(encodeOver(story, defaultLabState), story)).toEqual(defaultLabState);
    expect(encodeOver(undefined, defaultLabState)).toEqual({});
  });
});

describe('streamKey', () => {
  it('is the same wherever the story stands and however fast it plays', () => {
    expect(streamKey({ ...everything, at: 3, speed: 4 })).toBe(streamKey(everything));
  });

  it('differs where something else happens, or where the lab lets go', () => {
    const others: readonly Partial<LabState>[] = [{ seed: 8 }, { faults: [] }, { protocol: 'dify' }, { at: undefined }];
    for (const other of others) expect(streamKey({ ...everything, ...other })).not.toBe(streamKey(everything));
  });
});

describe('parseFaults', () => {
  it('gives what lasts its usual time where none is said', () => {
    expect(parseFaults('stall-3_offline-4-250_drop-5')).toEqual([
      { kind: 'stall', at: 3, ms: 50_000 },
      { kind: 'offline', at: 4, ms: 250 },
      { kind: 'drop', at: 5 },
    ]);
  });

  it('leaves out what it does not know', () => {
    expect(parseFaults('explode-3_drop-x_drop_-_drop-5')).toEqual([{ kind: 'drop', at: 5 }]);
  });
});

describe('withFault', () => {
  it('keeps faults in order, each kind once an event', () => {
    const faults = withFault(parseFaults('drop-9_stop-2'), { kind: 'stall', at: 4, ms: 100 });
    expect(faults.map(({ at }) => at)).toEqual([2, 4, 9]);
    expect(withFault(faults, { kind: 'stall', at: 4, ms: 900 })).toHaveLength(3);
    expect(withoutFault(faults, { kind: 'drop', at: 9 }).map(({ kind }) => kind)).toEqual(['stop', 'stall']);
  });
});
