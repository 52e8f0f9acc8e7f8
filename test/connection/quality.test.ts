import { describe, expect, it } from 'vitest';
import type { ConnectionState } from '../../src/connection/connection-state.ts';
import { createListeners } from '../../src/base/listeners.ts';
import { TransportError } from '../../src/base/errors.ts';
import { createMeter, qualityLevel } from '../../src/connection/quality.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const cause = new TransportError('connect-failed', 'x');
const waiting: ConnectionState = { status: 'waiting', attempt: 2, retryAt: 0, cause };

function setUp() {
  const clock = createFakeClock();
  const meter = createMeter(clock);
  const listeners = createListeners();
  const connection = { state: { status: 'idle' } as ConnectionState, subscribe: listeners.add };
  const become = (state: ConnectionState) => {
    connection.state = state;
    listeners.notify();
  };
  const leave = meter.follow(connection);
  return { clock, meter, become, leave, listeners };
}

describe('createMeter', () => {
  it('knows nothing at first, and calls that good', () => {
    expect(setUp().meter.read()).toEqual({
      firstChunkMs: undefined,
      meanGapMs: undefined,
      p95GapMs: undefined,
      bytes: 0,
      chunks: 0,
      reconnects: 0,
      successRate: undefined,
      level: 'good',
    });
  });

  it('measures the time to the first chunk from the request, whatever bytes came before it', () => {
    const { clock, meter, become } = setUp();
    become({ status: 'connecting', attempt: 1 });
    clock.advance(300);
    become({ status: 'open', attempt: 1 });
    meter.arrival(0, 20);
    clock.advance(400);
    meter.arrival(2, 50);
    clock.advance(100);
    meter.arrival(1, 50);
    expect(meter.read()).toMatchObject({ firstChunkMs: 700, bytes: 120, chunks: 3, level: 'degraded' });
  });

  it('measures the gaps between arrivals', () => {
    const { clock, meter } = setUp();
    for (let arrival = 0; arrival < 100; arrival += 1) {
      meter.arrival(5, 1);
      clock.advance(arrival % 10 === 0 ? 300 : 10);
    }
    const { meanGapMs, p95GapMs } = meter.read();
    expect(meanGapMs).toBeCloseTo(39.3, 1);
    expect(p95GapMs).toBe(300);
  });

  it('does not count the time between two attempts as a gap', () => {
    const { clock, meter, become } = setUp();
    become({ status: 'connecting', attempt: 1 });
    meter.arrival(1, 1);
    become(waiting);
    clock.advance(60_000);
    become({ status: 'connecting', attempt: 2 });
    meter.arrival(1, 1);
    expect(meter.read().meanGapMs).toBeUndefined();
  });

  it('counts attempts that failed and attempts that came again', () => {
    const { meter, become } = setUp();
    become({ status: 'connecting', attempt: 1 });
    become(waiting);
    become({ status: 'offline' });
    become({ status: 'connecting', attempt: 2 });
    become({ status: 'open', attempt: 2 });
    become({ status: 'stalled', attempt: 2, lastByteAt: 0 });
    become({ status: 'open', attempt: 2 });
    become(waiting);
    become({ status: 'interrupted', cause });
    expect(meter.read()).toMatchObject({ reconnects: 1, successRate: 0, level: 'poor' });
  });

  it('stops following when it is told', () => {
    const { meter, become, leave, listeners } = setUp();
    leave();
    become({ status: 'connecting', attempt: 1 });
    expect(meter.read().successRate).toBeUndefined();
    expect(listeners.size).toBe(0);
  });
});

describe('qualityLevel', () => {
  it.each([
    [{ firstChunkMs: 500, meanGapMs: 100, successRate: 0.99 }, 'good'],
    [{ firstChunkMs: 501, meanGapMs: 0, successRate: 1 }, 'degraded'],
    [{ firstChunkMs: 0, meanGapMs: 101, successRate: 1 }, 'degraded'],
    [{ firstChunkMs: 0, meanGapMs: 0, successRate: 0.98 }, 'degraded'],
    [{ firstChunkMs: 1_001, meanGapMs: 0, successRate: 1 }, 'poor'],
    [{ firstChunkMs: 0, meanGapMs: 201, successRate: 1 }, 'poor'],
    [{ firstChunkMs: 0, meanGapMs: 0, successRate: 0.94 }, 'poor'],
  ] as const)('calls %o %s', (figures, level) => {
    expect(qualityLevel(figures)).toBe(level);
  });
});
