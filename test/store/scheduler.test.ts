import { describe, expect, it } from 'vitest';
import { createScheduler } from '../../src/store/scheduler.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function setUp(throttleMs?: number) {
  const clock = createFakeClock();
  const notified: number[] = [];
  const scheduler = createScheduler({ clock, throttleMs, notify: () => notified.push(clock.now()) });
  return { clock, notified, scheduler };
}

describe('createScheduler', () => {
  it('notifies once a frame, however many changes there were', () => {
    const { clock, notified, scheduler } = setUp();
    for (let change = 0; change < 10_000; change += 1) scheduler.schedule();
    expect(notified).toHaveLength(0);
    clock.frame();
    expect(notified).toHaveLength(1);
    clock.frame();
    expect(notified).toHaveLength(1);
  });

  it('notifies in the next frame for a change made while it notifies', () => {
    const clock = createFakeClock();
    let notified = 0;
    const scheduler = createScheduler({
      clock,
      notify: () => {
        notified += 1;
        if (notified === 1) scheduler.schedule();
      },
    });
    scheduler.schedule();
    clock.frame();
    expect(notified).toBe(1);
    clock.frame();
    expect(notified).toBe(2);
  });

  it('notifies at once at a terminal state, and not again for what was pending', () => {
    const { clock, notified, scheduler } = setUp();
    scheduler.schedule();
    scheduler.now();
    expect(notified).toHaveLength(1);
    clock.frame();
    expect(notified).toHaveLength(1);
  });

  it('flushes only what is pending', () => {
    const { notified, scheduler } = setUp();
    scheduler.flush();
    expect(notified).toHaveLength(0);
    scheduler.schedule();
    scheduler.flush();
    expect(notified).toHaveLength(1);
  });

  it('forgets what is pending when it is cancelled, and can be used again', () => {
    const { clock, notified, scheduler } = setUp();
    scheduler.schedule();
    scheduler.cancel();
    clock.frame();
    expect(notified).toHaveLength(0);
    scheduler.schedule();
    clock.frame();
    expect(notified).toHaveLength(1);
  });

  describe('with a throttle', () => {
    it('leaves at least that time between two scheduled notifications', () => {
      const { clock, notified, scheduler } = setUp(50);
      scheduler.schedule();
      clock.frame();
      clock.advance(16);
      scheduler.schedule();
      clock.frame();
      expect(notified).toHaveLength(1);
      clock.advance(34);
      clock.frame();
      expect(notified).toHaveLength(2);
    });

    it('does not hold back a terminal state', () => {
      const { clock, notified, scheduler } = setUp(50);
      scheduler.schedule();
      clock.frame();
      scheduler.schedule();
      scheduler.now();
      expect(notified).toHaveLength(2);
      clock.advance(1000);
      clock.frame();
      expect(notified).toHaveLength(2);
    });

    it('does not wait for ever when the wall clock is set back', () => {
      const { clock, notified, scheduler } = setUp(50);
      scheduler.schedule();
      clock.frame();
      clock.sleep(-3_600_000);
      scheduler.schedule();
      clock.advance(50);
      clock.frame();
      expect(notified).toHaveLength(2);
    });
  });
});
