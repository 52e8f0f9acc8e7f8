import { act, render, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, it } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import { useEventStream } from '../../src/hooks/use-event-stream.ts';
import { createOriginLimit } from '../../src/connection/origin-limit.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { createFakeEnvironment } from '../support/fake-environment.ts';
import { createPuppetTransport, frame } from '../support/puppet-transport.ts';

const url = 'https://example.test/feed';

function setUp() {
  const clock = createFakeClock();
  const environment = createFakeEnvironment();
  const transport = createPuppetTransport();
  const platform = { clock, environment, random: () => 0.5, originLimit: createOriginLimit(() => undefined) };
  return { clock, environment, transport, options: { url, transport, platform, resume: true } as const };
}

/** Lets what waits on promises happen, inside React. */
const happen = (run: () => void = () => undefined) =>
  act(async () => {
    run();
    await settle();
  });

describe('useEventStream', () => {
  it('connects while it is mounted, and renders the newest events once a frame', async () => {
    const { clock, transport, options } = setUp();
    let renders = 0;
    const { result, unmount } = renderHook(() => {
      renders += 1;
      return useEventStream(options);
    });
    await happen();
    expect(result.current.connection.status).toBe('connecting');
    await happen(() => transport.last.accept());
    expect(result.current.connection.status).toBe('open');
    renders = 0;
    await happen(() => transport.last.push(...Array.from({ length: 500 }, (_, index) => frame(String(index)))));
    act(() => clock.frame());
    expect(renders).toBe(1);
    expect(result.current.latest).toEqual({ type: 'message', data: 499 });
    expect(result.current.events).toHaveLength(100);
    unmount();
    await settle();
    expect(transport.last.closed).toBe(true);
    expect(clock.timers).toBe(0);
  });

  it('makes one request under StrictMode', async () => {
    const { transport, options } = setUp();
    const Feed = () => <p>{useEventStream(options).connection.status}</p>;
    const { container, unmount } = render(
      <StrictMode>
        <Feed />
      </StrictMode>,
    );
    await happen();
    expect(transport.attempts).toHaveLength(1);
    expect(container.textContent).toBe('connecting');
    unmount();
    await settle();
    expect(transport.live).toBe(0);
  });

  it('is typed by its schemas', async () => {
    const { clock, transport, options } = setUp();
    const price = (value: unknown) => ({ amount: Number(value) });
    const { result } = renderHook(() => useEventStream({ ...options, events: { price, note: String } }));
    await happen();
    await happen(() => transport.last.accept());
    await happen(() => transport.last.push({ ...frame('4'), event: 'price' }, { ...frame('"n"'), event: 'note' }));
    act(() => clock.frame());
    const amounts: number[] = [];
    const notes: string[] = [];
    for (const event of result.current.events) {
      if (event.type === 'price') amounts.push(event.data.amount);
      else notes.push(event.data);
    }
    expect([amounts, notes]).toEqual([[4], ['n']]);
  });

  it('calls the newest onEvent, and renders for no event', async () => {
    const { clock, transport, options } = setUp();
    const seen: string[] = [];
    let renders = 0;
    const { rerender } = renderHook(
      ({ name }) => {
        renders += 1;
        return useEventStream({ ...options, onEvent: (event) => seen.push(`${name} ${String(event.data)}`) });
      },
      { initialProps: { name: 'old' } },
    );
    await happen();
    await happen(() => transport.last.accept());
    rerender({ name: 'new' });
    renders = 0;
    await happen(() => transport.last.push(frame('1')));
    act(() => clock.frame());
    expect(seen).toEqual(['new 1']);
    expect(renders).toBe(0);
    expect(transport.attempts).toHaveLength(1);
  });

  it('calls the newest headers for each attempt', async () => {
    const { clock, transport, options } = setUp();
    const { rerender } = renderHook(
      ({ token }) => useEventStream({ ...options, headers: () => ({ authorization: token }) }),
      { initialProps: { token: 'a' } },
    );
    await happen();
    rerender({ token: 'b' });
    await happen(() => transport.last.refuse(new TransportError('connect-failed', 'x')));
    await act(() => clock.pass(1_000));
    expect(transport.attempts.map(({ request }) => request.headers?.authorization)).toEqual(['a', 'b']);
  });

  it('connects anew when the url or the body changes, and not for an equal body', async () => {
    const { transport, options } = setUp();
    const { rerender } = renderHook(
      ({ q, at }: { q: number; at: string }) => useEventStream({ ...options, url: at, method: 'POST', body: { q } }),
      { initialProps: { q: 1, at: url } },
    );
    await happen();
    rerender({ q: 1, at: url });
    await happen();
    expect(transport.attempts).toHaveLength(1);
    rerender({ q: 2, at: url });
    await happen();
    rerender({ q: 2, at: `${url}/other` });
    await happen();
    expect(transport.attempts.map(({ request }) => [request.url, request.body])).toEqual([
      [url, '{"q":1}'],
      [url, '{"q":2}'],
      [`${url}/other`, '{"q":2}'],
    ]);
    expect(transport.live).toBe(1);
  });

  it('is connected only while it is enabled, and goes on after the last id', async () => {
    const { transport, options } = setUp();
    const { result, rerender } = renderHook(({ enabled }) => useEventStream({ ...options, enabled }), {
      initialProps: { enabled: false },
    });
    await happen();
    expect(transport.attempts).toHaveLength(0);
    rerender({ enabled: true });
    await happen();
    await happen(() => transport.last.accept());
    await happen(() => transport.last.push(frame('1', 'a')));
    rerender({ enabled: false });
    await happen();
    expect(transport.live).toBe(0);
    expect(result.current.connection.status).toBe('closed');
    rerender({ enabled: true });
    await happen();
    expect(transport.last.request.headers).toEqual({ 'last-event-id': 'a' });
  });

  it('closes and reconnects by hand, with functions that stay the same', async () => {
    const { transport, options } = setUp();
    const { result } = renderHook(() => useEventStream(options));
    const { close, reconnect } = result.current;
    await happen();
    await happen(() => close());
    expect(result.current.connection.status).toBe('closed');
    await happen(() => reconnect());
    expect(result.current.connection.status).toBe('connecting');
    expect(transport.attempts).toHaveLength(2);
    expect(result.current).toMatchObject({ close, reconnect });
  });

  it('tells why it failed', async () => {
    const { transport, options } = setUp();
    const { result } = renderHook(() => useEventStream(options));
    await happen();
    await happen(() => transport.last.refuse(new TransportError('http-status', 'x', { status: 403 })));
    expect(result.current.error).toMatchObject({ code: 'http-status', status: 403 });
  });

  it('takes options written in place for the same as long as they say the same', async () => {
    const { transport, options } = setUp();
    const { rerender } = renderHook(() =>
      useEventStream({ ...options, retry: { giveUp: false }, headers: { a: 'b' }, framings: ['sse'] }),
    );
    await happen();
    rerender();
    await happen();
    expect(transport.attempts).toHaveLength(1);
  });
});
