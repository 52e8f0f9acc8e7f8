import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import { createEventStream } from '../../src/compose/create-event-stream.ts';
import { createOriginLimit } from '../../src/connection/origin-limit.ts';
import { createStreamRegistry } from '../../src/connection/registry.ts';
import { StreamRegistryContext } from '../../src/hooks/stream-registry.ts';
import { useConnectionStatus } from '../../src/hooks/use-connection-status.ts';
import { useCountdown } from '../../src/hooks/use-countdown.ts';
import { useEventStream } from '../../src/hooks/use-event-stream.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { createFakeEnvironment } from '../support/fake-environment.ts';
import { createPuppetTransport, frame } from '../support/puppet-transport.ts';

const url = 'https://example.test/feed';
const busy = () => new TransportError('http-status', 'x', { status: 503, retryAfterMs: 5_000 });

function setUp() {
  const clock = createFakeClock();
  const environment = createFakeEnvironment();
  const platform = { clock, environment, random: () => 0.5, originLimit: createOriginLimit(() => undefined) };
  const transports = [createPuppetTransport(), createPuppetTransport()] as const;
  const registry = createStreamRegistry();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <StreamRegistryContext.Provider value={registry}>{children}</StreamRegistryContext.Provider>
  );
  return { clock, environment, platform, transports, wrapper };
}

const happen = (run: () => void = () => undefined) =>
  act(async () => {
    run();
    await settle();
  });

describe('useConnectionStatus', () => {
  it('shows the worst of all live streams, and tries them all by hand', async () => {
    const { platform, transports, wrapper, clock } = setUp();
    const [good, bad] = transports;
    const { result } = renderHook(
      () => {
        useEventStream({ url, platform, transport: good });
        useEventStream({ url, platform, transport: bad });
        return useConnectionStatus(undefined, { platform });
      },
      { wrapper },
    );
    await happen();
    await happen(() => good.last.accept());
    expect(result.current.status).toBe('connecting');
    await happen(() => bad.last.refuse(busy()));
    expect(result.current).toMatchObject({
      status: 'waiting',
      attempt: 2,
      retryAt: clock.now() + 5_000,
      cause: { status: 503 },
      online: true,
    });
    await happen(() => result.current.retryNow());
    await happen(() => bad.last.accept());
    expect(result.current).toMatchObject({ status: 'open', retryAt: undefined, cause: undefined });
    expect(good.attempts).toHaveLength(1);
  });

  it('is idle where no stream lives, also after the last has left', async () => {
    const { platform, transports, wrapper } = setUp();
    const { result, rerender } = renderHook(
      ({ enabled }) => {
        useEventStream({ url, platform, transport: transports[0], enabled });
        return useConnectionStatus(undefined, { platform }).status;
      },
      { wrapper, initialProps: { enabled: true } },
    );
    await happen();
    expect(result.current).toBe('connecting');
    rerender({ enabled: false });
    await happen();
    expect(result.current).toBe('idle');
  });

  it('shows one stream, where it is given', async () => {
    const { platform, transports } = setUp();
    const stream = createEventStream({ url, platform, transport: transports[0] });
    const { result } = renderHook(() => useConnectionStatus(stream, { platform }));
    expect(result.current.status).toBe('idle');
    await happen(() => stream.open());
    await happen(() => transports[0].last.refuse(new TransportError('http-status', 'x', { status: 404 })));
    expect(result.current).toMatchObject({ status: 'closed', cause: { status: 404 } });
  });

  it('judges quality by thresholds of its own, at most once a second', async () => {
    const { platform, transports, clock } = setUp();
    const stream = createEventStream({ url, platform, transport: transports[0] });
    let renders = 0;
    const { result } = renderHook(() => {
      renders += 1;
      return useConnectionStatus(stream, { platform, thresholds: { firstChunkMs: [100, 200] } });
    });
    await happen(() => stream.open());
    await act(() => clock.pass(150));
    await happen(() => transports[0].last.accept());
    renders = 0;
    for (let event = 0; event < 100; event += 1) {
      await happen(() => transports[0].last.push(frame('1')));
      await act(() => clock.pass(16));
      act(() => clock.frame());
    }
    expect(renders).toBe(1);
    expect(result.current.quality).toMatchObject({ firstChunkMs: 150, level: 'degraded' });
    await happen(() => stream.close());
  });

  it('follows the network', async () => {
    const { platform, environment } = setUp();
    const { result, unmount } = renderHook(() => useConnectionStatus(undefined, { platform }).online);
    act(() => environment.tell('offline'));
    expect(result.current).toBe(false);
    act(() => environment.tell('online'));
    expect(result.current).toBe(true);
    unmount();
    expect(environment.subscribers).toBe(0);
  });
});

describe('useCountdown', () => {
  it('counts whole seconds down to 0, and renders only when the number changes', () => {
    const clock = createFakeClock();
    const until = clock.now() + 2_500;
    let renders = 0;
    const { result } = renderHook(() => {
      renders += 1;
      return useCountdown(until, clock);
    });
    const seen = [result.current];
    for (let step = 0; step < 10; step += 1) {
      act(() => clock.advance(500));
      if (seen.at(-1) !== result.current) seen.push(result.current);
    }
    expect(seen).toEqual([3, 2, 1, 0]);
    expect(renders).toBe(4);
    expect(clock.timers).toBe(0);
  });

  it('counts nothing without a moment', () => {
    const clock = createFakeClock();
    expect(renderHook(() => useCountdown(undefined, clock)).result.current).toBeUndefined();
    expect(clock.timers).toBe(0);
  });
});
