import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/base/system-clock.ts';

describe('createSystemClock', () => {
  it('tells wall-clock time', () => {
    const before = Date.now();
    const now = createSystemClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('runs a timer once and none that was cancelled', async () => {
    const clock = createSystemClock();
    const ran: string[] = [];
    clock.after(0, () => ran.push('cancelled'))();
    await new Promise<void>((resolve) => clock.after(1, resolve));
    expect(ran).toEqual([]);
  });

  it('does not fire a delay beyond what host timers hold at once', async () => {
    const clock = createSystemClock();
    let fired = false;
    const cancel = clock.after(1e13, () => (fired = true));
    await new Promise<void>((resolve) => clock.after(5, resolve));
    cancel();
    expect(fired).toBe(false);
  });

  it('falls back to a timer where no frames are painted', async () => {
    await new Promise<void>((resolve) => createSystemClock().nextFrame(resolve));
  });
});
