import { describe, expect, it } from 'vitest';
import { createWatchdog } from '../../src/connection/watchdog.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function setUp() {
  const clock = createFakeClock(0);
  const ran: number[] = [];
  return { clock, ran, watchdog: createWatchdog(clock, () => ran.push(clock.now())) };
}

describe('createWatchdog', () => {
  it('runs once when its time has passed', () => {
    const { clock, ran, watchdog } = setUp();
    watchdog.start(100);
    clock.advance(500);
    expect(ran).toEqual([100]);
  });

  it('is pushed back by a start, with one timer for any number of them', () => {
    const { clock, ran, watchdog } = setUp();
    for (let read = 0; read < 50; read += 1) {
      watchdog.start(100);
      clock.advance(10);
      expect(clock.timers).toBe(1);
    }
    clock.advance(1_000);
    expect(ran).toEqual([590]);
  });

  it('comes earlier when it is started with less', () => {
    const { clock, ran, watchdog } = setUp();
    watchdog.start(1_000);
    watchdog.start(10);
    clock.advance(2_000);
    expect(ran).toEqual([10]);
  });

  it('does not run while held', () => {
    const { clock, ran, watchdog } = setUp();
    watchdog.start(100);
    watchdog.hold();
    clock.advance(1_000);
    expect(ran).toEqual([]);
  });

  it('keeps what is left while paused', () => {
    const { clock, ran, watchdog } = setUp();
    watchdog.start(100);
    clock.advance(60);
    watchdog.pause();
    clock.advance(10_000);
    expect(ran).toEqual([]);
    watchdog.resume();
    clock.advance(1_000);
    expect(ran).toEqual([10_100]);
  });

  it('can be started while paused, and then counts from the resume', () => {
    const { clock, ran, watchdog } = setUp();
    watchdog.pause();
    watchdog.start(100);
    clock.advance(5_000);
    watchdog.resume();
    clock.advance(1_000);
    expect(ran).toEqual([5_100]);
  });

  it('runs when asked after a sleep that its timer did not see', () => {
    const { clock, ran, watchdog } = setUp();
    watchdog.start(100);
    clock.sleep(5_000);
    expect(ran).toEqual([]);
    watchdog.check();
    expect(ran).toEqual([5_000]);
    clock.advance(1_000);
    expect(ran).toEqual([5_000]);
  });

  it('runs when its timer waited its time, even if the wall clock was set back', () => {
    const { clock, ran, watchdog } = setUp();
    watchdog.start(100);
    clock.sleep(-50_000);
    clock.advance(100);
    expect(ran).toHaveLength(1);
  });

  it('leaves no timer behind when it is cancelled', () => {
    const { clock, ran, watchdog } = setUp();
    watchdog.start(100);
    watchdog.cancel();
    expect(clock.timers).toBe(0);
    clock.advance(1_000);
    expect(ran).toEqual([]);
  });
});
