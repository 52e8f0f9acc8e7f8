import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSystemClock } from '../../src/base/system-clock.ts';

const setVisibility = (state: DocumentVisibilityState) =>
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('createSystemClock in a page', () => {
  it('waits for a frame while the page is visible', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] });
    setVisibility('visible');
    const asked = vi.spyOn(globalThis, 'requestAnimationFrame');
    let ran = 0;
    createSystemClock().nextFrame(() => void (ran += 1));
    expect(asked).toHaveBeenCalledOnce();
    vi.advanceTimersToNextFrame();
    expect(ran).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(ran).toBe(1);
  });

  it('uses a timer while the page is hidden, where frames stand still', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    setVisibility('hidden');
    const asked = vi.spyOn(globalThis, 'requestAnimationFrame');
    let ran = 0;
    createSystemClock().nextFrame(() => void (ran += 1));
    vi.advanceTimersByTime(16);
    expect(ran).toBe(1);
    expect(asked).not.toHaveBeenCalled();
  });

  it('does not wait for ever for a frame that never comes, as when the page is hidden meanwhile', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    setVisibility('visible');
    vi.spyOn(globalThis, 'requestAnimationFrame').mockReturnValue(1);
    let ran = 0;
    createSystemClock().nextFrame(() => void (ran += 1));
    vi.advanceTimersByTime(250);
    expect(ran).toBe(1);
  });

  it('forgets a frame that was cancelled', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] });
    setVisibility('visible');
    let ran = 0;
    createSystemClock().nextFrame(() => void (ran += 1))();
    vi.advanceTimersByTime(1_000);
    expect(ran).toBe(0);
  });
});
