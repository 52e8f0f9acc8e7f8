import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createListeners } from '../../src/base/listeners.ts';

describe('createListeners', () => {
  it('tells everyone, with what is told', () => {
    const listeners = createListeners<[number, string]>();
    const told: unknown[] = [];
    listeners.add((count, name) => told.push([count, name]));
    listeners.add((count) => told.push(count));
    listeners.notify(1, 'a');
    expect(told).toEqual([[1, 'a'], 1]);
  });

  it('counts each join on its own', () => {
    const listeners = createListeners();
    const listener = vi.fn();
    const leave = listeners.add(listener);
    listeners.add(listener);
    leave();
    leave();
    listeners.notify();
    expect([listener.mock.calls.length, listeners.size]).toEqual([1, 1]);
  });

  it('does not tell one that left, nor one that joined, while it tells', () => {
    const listeners = createListeners();
    const late = vi.fn();
    const gone = vi.fn();
    listeners.add(() => {
      leave();
      listeners.add(late);
    });
    const leave = listeners.add(gone);
    listeners.notify();
    expect([late.mock.calls.length, gone.mock.calls.length]).toEqual([0, 0]);
  });

  describe('when one throws', () => {
    const raised = vi.fn();
    beforeEach(() => void process.on('uncaughtException', raised));
    afterEach(() => void process.off('uncaughtException', raised));

    it('tells the others, returns to the teller, and leaves the error to the process', async () => {
      const listeners = createListeners();
      const other = vi.fn();
      listeners.add(() => {
        throw new Error('mine');
      });
      listeners.add(other);
      listeners.notify();
      expect(other).toHaveBeenCalledOnce();
      await Promise.resolve();
      expect(raised).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'mine' }), 'uncaughtException');
    });
  });
});
