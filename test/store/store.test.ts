import { describe, expect, it } from 'vitest';
import { createStore } from '../../src/store/store.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function setUp() {
  const clock = createFakeClock();
  const store = createStore(0, { clock });
  const seen: number[] = [];
  store.subscribe(() => seen.push(store.getSnapshot()));
  return { clock, store, seen };
}

describe('createStore', () => {
  it('publishes at most once a frame, and at once where told to', () => {
    const { clock, store, seen } = setUp();
    store.set(1, 'frame');
    store.set(2, 'frame');
    expect([store.current, store.getSnapshot(), store.getServerSnapshot()]).toEqual([2, 0, 0]);
    clock.frame();
    store.set(3, 'now');
    expect(seen).toEqual([2, 3]);
  });

  it('does not publish what did not change', () => {
    const { store, seen } = setUp();
    store.set(0, 'now');
    expect(seen).toEqual([]);
  });

  describe('a deferred change', () => {
    it('is made before the next paint, once', () => {
      const { clock, store, seen } = setUp();
      let made = 0;
      store.defer((value) => value + (made += 1));
      expect(made).toBe(0);
      clock.frame();
      clock.frame();
      expect([made, seen]).toEqual([1, [1]]);
    });

    it('is made earlier for whoever asks for the value, and is part of what is published at once', () => {
      const { clock, store, seen } = setUp();
      store.defer((value) => value + 10);
      expect(store.current).toBe(10);
      store.defer((value) => value + 10);
      store.set(store.current + 1, 'now');
      expect(seen).toEqual([21]);
      clock.frame();
      expect(seen).toEqual([21]);
    });
  });
});
